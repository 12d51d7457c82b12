// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Reopen;

/// <summary>A closed case is taken up again by a person. A relapse seen at the meter reopens a confirmed case without one, at its first state.</summary>
internal sealed class ReopenTransition : Transition
{
    public override string Verb => "reopen";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Closed, CaseState.Triaged, [Role.Supervisor]),
    ];
}
