// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Triage;

/// <summary>A person looked and found the case worth work.</summary>
internal sealed class TriageTransition : Transition
{
    public override string Verb => "triage";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Screened, CaseState.Triaged, [Role.Operator]),
    ];
}
