// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Object;

/// <summary>The subject objects. The deadline of the state stops; the objection has one of its own.</summary>
/// <remarks>From every state that affects the subject: an inspection burdens it, a confirmation and what follows more so.</remarks>
internal sealed class ObjectTransition : Transition
{
    public override string Verb => "object";

    public override IReadOnlyList<string> Aliases => ["objection"];

    public override IReadOnlyList<Leg> Legs { get; } =
    [
        new(CaseState.Inspecting, CaseState.Objection, [Role.Operator, Role.Supervisor]),
        new(CaseState.Confirmed, CaseState.Objection, [Role.Operator, Role.Supervisor]),
        new(CaseState.Measures, CaseState.Objection, [Role.Operator, Role.Supervisor]),
        new(CaseState.ExitMonitoring, CaseState.Objection, [Role.Operator, Role.Supervisor]),
    ];
}
