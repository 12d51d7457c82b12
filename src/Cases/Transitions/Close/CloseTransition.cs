// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Close;

/// <summary>Nothing is left to do. A confirmed case and one in exit monitoring are a supervisor's to close.</summary>
internal sealed class CloseTransition : Transition
{
    public override string Verb => "close";

    public override CaseState To => CaseState.Closed;

    public override IReadOnlyDictionary<CaseState, IReadOnlyList<Role>> From { get; } = new Dictionary<CaseState, IReadOnlyList<Role>>
    {
        [CaseState.Confirmed] = [Role.Supervisor],
        [CaseState.Refuted] = [Role.Operator, Role.Supervisor],
        [CaseState.Inconclusive] = [Role.Operator, Role.Supervisor],
        [CaseState.ExitMonitoring] = [Role.Supervisor],
    };
}
