// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.UpholdObjection;

/// <summary>The subject is right: the case is refuted, and the cool-down protects the site.</summary>
internal sealed class UpholdObjectionTransition : Transition
{
    public override string Verb => "uphold-objection";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Objection, CaseState.Refuted, [Role.Supervisor]),
    ];
}
