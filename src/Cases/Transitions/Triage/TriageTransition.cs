// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Transitions.Triage;

/// <summary>A person looked and found the case worth work.</summary>
internal sealed class TriageTransition : Transition
{
    public override string Verb => "triage";

    public override CaseState To => CaseState.Triaged;

    public override IReadOnlyDictionary<CaseState, IReadOnlyList<Role>> From { get; } =
        new Dictionary<CaseState, IReadOnlyList<Role>> { [CaseState.Screened] = [Role.Operator] };
}
