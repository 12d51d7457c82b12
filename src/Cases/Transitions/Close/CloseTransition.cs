// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Close;

/// <summary>Nothing is left to do. A confirmed case and one in exit monitoring are a supervisor's to close.</summary>
internal sealed class CloseTransition : Transition
{
    public override string Verb => "close";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Confirmed, CaseState.Closed, [Role.Supervisor]),
        new(CaseState.Refuted, CaseState.Closed, [Role.Operator, Role.Supervisor]),
        new(CaseState.Inconclusive, CaseState.Closed, [Role.Operator, Role.Supervisor]),
        new(CaseState.ExitMonitoring, CaseState.Closed, [Role.Supervisor]),
    ];
}
