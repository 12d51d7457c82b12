// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.RejectObjection;

/// <summary>The objection is rejected: the case goes back to the state in which it was made. It burdens the subject, so it takes two people.</summary>
internal sealed class RejectObjectionTransition : Transition
{
    public override string Verb => "reject-objection";

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Objection, To: null, [Role.Operator, Role.Supervisor]),
    ];

    public override IReadOnlyList<Role> Approvers { get; } = [Role.Supervisor];
}
