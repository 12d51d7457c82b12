// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Inspections;

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
    public static string Of(IEnumerable<ProjectRow> rows) => Of(ListTables.Of(rows));

    /// <summary>The coverage report: what was screened, what could not be, and why.</summary>
    public static string Of(IEnumerable<CoverageRow> rows) => Of(ListTables.Of(rows));

    /// <summary>Any list.</summary>
    public static string Of(ListTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var csv = new StringBuilder(CsvText.Line([.. table.Heads]));
        foreach (var row in table.Rows)
        {
            csv.Append(CsvText.Line(row));
        }

        return csv.ToString();
    }
}
