// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.StartInspection;

/// <summary>An inspection is ordered; an inconclusive case may be inspected again.</summary>
internal sealed class StartInspectionTransition : Transition
{
    public override string Verb => "start-inspection";

    public override IReadOnlyList<string> Aliases => ["inspect"];

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Triaged, CaseState.Inspecting, [Role.Operator]),
        new(CaseState.Inconclusive, CaseState.Inspecting, [Role.Operator]),
    ];
}
