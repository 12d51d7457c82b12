// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Desk;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>When evidence has changed enough that people who decided on the old must look again.</summary>
/// <remarks>A sliding window moves every figure a little each day; if each of those were a new version, no two people could ever decide on the same one.</remarks>
internal sealed class Evidence(CasesOptions options)
{
    /// <summary>Whether a finding joins a case that has <paramref name="known"/> of the same meter.</summary>
    /// <param name="known">The case's present finding of this meter; null where it has none.</param>
    /// <param name="finding">The new one.</param>
    /// <returns>An insufficient finding never joins: it says nothing. One that exonerates does, as one that accuses.</returns>
    public bool Joins(Finding? known, Finding finding)
    {
        if (finding.Verdict == Verdict.Insufficient)
        {
            return false;
        }

        return known is null ? finding.Verdict == Verdict.Case : IsMaterial(known, finding);
    }

    /// <summary>Evidence that counts now: after a relapse reopened the case, what has joined since; and of a site that was split off, none from before that.</summary>
    public static IReadOnlyList<CaseEvidence> OfThisTime(IReadOnlyList<CaseEvidence> evidence, IReadOnlyList<CaseEvent> events)
    {
        var since = events.LastOrDefault(e => e.Kind == CaseEventKind.Reopened)?.EvidenceVersion ?? 0;
        var split = Merging.SplitOffSites(events);
        return [.. evidence.Where(e => e.EvidenceVersion >= since && !(split.TryGetValue(e.Finding.Site, out var left) && e.EvidenceVersion < left))];
    }

    /// <summary>The finding that leads a case: highest verdict, then probability, then the later window.</summary>
    public static T Lead<T>(IEnumerable<T> evidence, Func<T, Finding> finding) => evidence
        .GroupBy(e => finding(e).Meter).Select(ofMeter => ofMeter.Last())
        .OrderByDescending(e => finding(e).Verdict)
        .ThenByDescending(e => finding(e).Probability ?? 0)
        .ThenByDescending(e => finding(e).Window.To)
        .First();

    /// <summary>Whether a finding of a meter says something so different from one before that people must look again.</summary>
    public bool IsMaterial(Finding known, Finding finding) =>
        known.Verdict != finding.Verdict
        || !string.Equals(known.Model, finding.Model, StringComparison.Ordinal)
        || Moved(known.Probability, finding.Probability, options.MaterialProbability)
        || Moved(known.Share?.Likely, finding.Share?.Likely, options.MaterialShare)
        || Moved(known.Onset?.Likely, finding.Onset?.Likely, options.MaterialOnset);

    private static bool Moved(double? from, double? to, double limit) =>
        from is null || to is null ? from is null != to is null : Math.Abs(to.Value - from.Value) >= limit;

    private static bool Moved(DateTimeOffset? from, DateTimeOffset? to, TimeSpan limit) =>
        from is null || to is null ? from is null != to is null : (to.Value - from.Value).Duration() >= limit;
}
