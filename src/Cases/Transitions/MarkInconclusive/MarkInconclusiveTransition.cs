// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.MarkInconclusive;

/// <summary>An inspection could not decide. The case stays open and may be inspected again.</summary>
internal sealed class MarkInconclusiveTransition : Transition
{
    public override string Verb => "mark-inconclusive";

    public override IReadOnlyList<string> Aliases => ["inconclusive"];

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Inspecting, CaseState.Inconclusive, [Role.Operator, Role.Supervisor]),
    ];
}
