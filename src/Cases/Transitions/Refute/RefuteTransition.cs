// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Refute;

/// <summary>An inspection found no mining. One person is enough: it burdens nobody, and the cool-down protects the site.</summary>
internal sealed class RefuteTransition : Transition
{
    public override string Verb => "refute";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Inspecting, CaseState.Refuted, [Role.Operator, Role.Supervisor]),
    ];
}
