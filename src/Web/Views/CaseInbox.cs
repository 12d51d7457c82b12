// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;

namespace Detector.Web.Views;

/// <summary>The order in which cases want a person: what a second person must decide or is beyond its deadline first, then the most certain, then the oldest; what was put off comes last.</summary>
internal static class CaseInbox
{
    /// <summary>The rank of a case, 1 to 3, 1 first.</summary>
    internal static int Priority(CaseSummary found) => found switch
    {
        { State: CaseState.Closed or CaseState.Refuted or CaseState.Merged } => 3,
        { SnoozedUntil: not null } => 3,
        { Proposal: not null } or { Escalations: > 0 } => 1,
        { Probability: >= 0.9 } => 1, // nine of ten of such sites mine: worth the first inspector
        { Probability: >= 0.6 } => 2,
        _ => 3,
    };

    /// <summary>Cases in that order.</summary>
    internal static IReadOnlyList<CaseSummary> Order(IEnumerable<CaseSummary> cases) =>
        [.. cases.OrderBy(c => c.SnoozedUntil is not null).ThenBy(Priority).ThenBy(c => c.Proposal is null).ThenByDescending(c => c.Probability ?? 0).ThenBy(c => c.Opened)];

    /// <summary>Whether a case waits for the approval of somebody else than this person; the desk decides whether their role may.</summary>
    internal static bool Waits(CaseSummary found, Actor? actor) =>
        found.Proposal is { } proposal && (actor is null || !string.Equals(proposal.Person, actor.Name, StringComparison.OrdinalIgnoreCase));
}
