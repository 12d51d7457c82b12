// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Inspections;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Lists;

/// <summary>The lists as CSV files; the same list gives the same bytes.</summary>
public static class ListCsv
{
    /// <summary>Labels as a labels file, with the provenance of each.</summary>
    public static string Of(IEnumerable<InspectedLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var csv = new StringBuilder(CsvText.Line("site", "meter", "mines", "inspected_utc", "case", "state", "provenance"));
        foreach (var l in labels)
        {
            csv.Append(CsvText.Line(l.Site, l.Meter.Value, l.Mines ? "true" : "false", l.Inspected, l.CaseId, l.CaseState.Name(), l.Provenance));
        }

        return csv.ToString();
    }

    /// <summary>The list of projects.</summary>
    public static string Of(IEnumerable<ProjectRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var csv = new StringBuilder(CsvText.Line(
            "case", "site", "name", "region", "feeder", "owner", "declared_use", "state", "opened_utc", "since_utc", "assignee", "category", "verdict", "probability", "share_low", "share_likely", "share_high", "onset_earliest_utc", "onset_likely_utc", "onset_latest_utc", "model", "measures"));
        foreach (var r in rows)
        {
            csv.Append(CsvText.Line(
                r.CaseId, r.Site.Site, r.Site.Name, r.Site.Region, r.Site.Feeder, r.Site.Owner, r.Site.DeclaredUse.Name(), r.State.Name(), r.Opened, r.Since, r.Assignee, r.Category.ToString().ToLowerInvariant(), r.Finding.Verdict.Name(), r.Finding.Probability, r.Finding.Share?.Low, r.Finding.Share?.Likely, r.Finding.Share?.High, r.Finding.Onset?.Earliest, r.Finding.Onset?.Likely, r.Finding.Onset?.Latest, r.Finding.Model, string.Join(' ', r.Measures.Select(m => $"{m.Kind.Name()}:{m.State.Name()}"))));
        }

        return csv.ToString();
    }

    /// <summary>The coverage report: what was screened, what could not be, and why.</summary>
    public static string Of(IEnumerable<CoverageRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var csv = new StringBuilder(CsvText.Line(
            "site", "meter", "name", "region", "feeder", "owner", "declared_use", "verdict", "judged_utc", "window_from_utc", "window_to_utc", "coverage", "missing", "missing_text", "missing_text_zh", "model"));
        foreach (var r in rows)
        {
            var missing = r.Finding?.Missing ?? [];
            csv.Append(CsvText.Line(
                r.Site.Site, r.Meter.Value, r.Site.Name, r.Site.Region, r.Site.Feeder, r.Site.Owner, r.Site.DeclaredUse.Name(), r.Verdict, r.Judged, r.Finding?.Window.From, r.Finding?.Window.To, r.Finding?.Coverage, string.Join(' ', missing.Select(m => m.Code)), string.Join(' ', missing.Select(m => m.Text)), string.Join(' ', missing.Select(m => m.TextZh)), r.Finding?.Model));
        }

        return csv.ToString();
    }
}
