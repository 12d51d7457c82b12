// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.StartExitMonitoring;

/// <summary>The site has begun its orderly exit; from here on its readings are held against the exit plan.</summary>
internal sealed class StartExitMonitoringTransition : Transition
{
    public override string Verb => "start-exit-monitoring";

    public override IReadOnlyList<string> Aliases => ["monitor-exit"];

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Measures, CaseState.ExitMonitoring, [Role.Supervisor]),
    ];
}
