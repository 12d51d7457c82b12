// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Confirm;

/// <summary>Mining is confirmed: one person proposes, another approves on the same evidence.</summary>
/// <remarks>Confirmation leads to measures against a tenant, so meter evidence and one opinion are not enough (docs/cases.md).</remarks>
internal sealed class ConfirmTransition : Transition
{
    public override string Verb => "confirm";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Inspecting, CaseState.Confirmed, [Role.Operator]),
    ];

    public override IReadOnlyList<Role> Approvers { get; } = [Role.Operator, Role.Supervisor];
}
