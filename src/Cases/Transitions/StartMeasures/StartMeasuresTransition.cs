// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.StartMeasures;

/// <summary>Measures of the notice begin, or begin again after a relapse during the exit: proposed by one person, approved by a supervisor.</summary>
/// <remarks>Each measure needs a proposal and an approval of its own besides.</remarks>
internal sealed class StartMeasuresTransition : Transition
{
    public override string Verb => "start-measures";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Confirmed, CaseState.Measures, [Role.Operator, Role.Supervisor]),
        new(CaseState.ExitMonitoring, CaseState.Measures, [Role.Operator, Role.Supervisor]),
    ];

    public override IReadOnlyList<Role> Approvers { get; } = [Role.Supervisor];
}
