// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Measures;

/// <summary>A kind of measure as a person may propose it now, or why not.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Rule">The legal basis in force for the site's region, with its terms; null where there is none.</param>
/// <param name="Refusal">Why it cannot be proposed now, in English; null where it can.</param>
/// <param name="RefusalZh">The same in Chinese.</param>
public sealed record MeasureOffer(MeasureKind Kind, MeasureRule? Rule, string? Refusal, string? RefusalZh);

/// <summary>Why a proposal is refused. Pure; asked the same way before a person fills it in and when it is sent.</summary>
internal static class MeasureProposals
{
    /// <summary>Why a case takes no measure of a kind now; null where it does.</summary>
    /// <param name="summary">The case.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="evidenceVersion">The evidence that the proposer decided on.</param>
    /// <param name="region">The site's region; null where unknown.</param>
    /// <param name="rule">The legal basis in force; null where there is none.</param>
    /// <param name="measures">Measures of the case.</param>
    public static (MoveOutcome Outcome, BothTexts Text)? Refusal(
        CaseSummary summary, MeasureKind kind, long evidenceVersion, string? region, MeasureRule? rule, IReadOnlyList<Measure> measures)
    {
        if (!MeasureSteps.Stands(summary))
        {
            return (MoveOutcome.NotLegal, MeasureText.CaseDoesNotStand(summary.State));
        }

        if (evidenceVersion != summary.EvidenceVersion)
        {
            return (MoveOutcome.Conflict, MoveText.Stale(evidenceVersion, summary.EvidenceVersion));
        }

        if (rule is null)
        {
            return (MoveOutcome.NotLegal, MeasureText.NoBasis(kind, region));
        }

        return measures.FirstOrDefault(m => m.Kind == kind && m.State != MeasureState.Ended) is { } there
            ? (MoveOutcome.NotLegal, MeasureText.AlreadyThere(there))
            : null;
    }
}
