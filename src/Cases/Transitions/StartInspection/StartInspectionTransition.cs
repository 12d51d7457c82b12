// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.StartInspection;

/// <summary>An inspection is ordered; an inconclusive case may be inspected again.</summary>
internal sealed class StartInspectionTransition : Transition
{
    public override string Verb => "start-inspection";

    public override IReadOnlyList<string> Aliases => ["inspect"];

    public override CaseState To => CaseState.Inspecting;

    public override IReadOnlyDictionary<CaseState, IReadOnlyList<Role>> From { get; } = new Dictionary<CaseState, IReadOnlyList<Role>>
    {
        [CaseState.Triaged] = [Role.Operator],
        [CaseState.Inconclusive] = [Role.Operator],
    };
}
