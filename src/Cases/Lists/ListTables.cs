// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Lists;

/// <summary>The lists that the notice asks for as tables.</summary>
public static class ListTables
{
    /// <summary>The list of projects.</summary>
    public static ListTable Of(IEnumerable<ProjectRow> rows) => new(
        "projects",
        ["case", "site", "name", "region", "feeder", "owner", "declared_use", "state", "opened_utc", "since_utc", "assignee", "category", "verdict", "probability", "share_low", "share_likely", "share_high", "onset_earliest_utc", "onset_likely_utc", "onset_latest_utc", "model", "measures", "further_sites"],
        rows.Select(r => new object?[]
        {
            r.CaseId, r.Site.Site, r.Site.Name, r.Site.Region, r.Site.Feeder, r.Site.Owner, r.Site.DeclaredUse.Name(), r.State.Name(), r.Opened, r.Since, r.Assignee, r.Category.ToString().ToLowerInvariant(), r.Finding.Verdict.Name(), r.Finding.Probability, r.Finding.Share?.Low, r.Finding.Share?.Likely, r.Finding.Share?.High, r.Finding.Onset?.Earliest, r.Finding.Onset?.Likely, r.Finding.Onset?.Latest, r.Finding.Model, string.Join(' ', r.Measures.Select(m => $"{m.Kind.Name()}:{m.State.Name()}")), string.Join(' ', r.FurtherSites),
        }));

    /// <summary>The coverage report: what was screened, what could not be, and why.</summary>
    public static ListTable Of(IEnumerable<CoverageRow> rows) => new(
        "coverage",
        ["site", "meter", "name", "region", "feeder", "owner", "declared_use", "verdict", "judged_utc", "window_from_utc", "window_to_utc", "coverage", "missing", "missing_text", "missing_text_zh", "model"],
        rows.Select(r =>
        {
            var missing = r.Finding?.Missing ?? [];
            return new object?[]
            {
                r.Site.Site, r.Meter.Value, r.Site.Name, r.Site.Region, r.Site.Feeder, r.Site.Owner, r.Site.DeclaredUse.Name(), r.Verdict, r.Judged, r.Finding?.Window.From, r.Finding?.Window.To, r.Finding?.Coverage, string.Join(' ', missing.Select(m => m.Code)), string.Join(' ', missing.Select(m => m.Text)), string.Join(' ', missing.Select(m => m.TextZh)), r.Finding?.Model,
            };
        }));
}
