// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;
using System.Text;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;

namespace Detector.Analysis.Reporting;

/// <summary>A report as one HTML file that needs nothing else: tables, curves, the hardest honest windows.</summary>
internal static class ReportHtml
{
    private const string Style =
        "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;color:#1c2430}"
        + "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;font-size:12px}"
        + "th,td{border:1px solid #d5dae1;padding:3px 6px;text-align:right;white-space:nowrap}th{background:#f0f3f7}"
        + "td:first-child,th:first-child,td:nth-child(2){text-align:left}.scroll{overflow-x:auto}p.note{color:#55606e;max-width:75ch}"
        + "figure{display:inline-block;margin:1rem 2rem 0 0;vertical-align:top}figcaption{max-width:420px;color:#55606e;font-size:12px}";

    public static string Write(EvaluationReport report)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Detector: evaluation</title><style>")
            .Append(Style).Append("</style></head><body>\n<h1>Detection judged on sources never trained on</h1>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p>Made by <code>{Text(report.Command)}</code>, seed {report.Seed}. ");
        html.Append("Brackets are 90 % bootstrap intervals over sites. ");
        html.Append(report.Quick ? "<strong>A quick run: intervals are wide.</strong></p>\n" : "</p>\n");
        Plots(html, report);
        foreach (var table in report.Tables.Append(Hardest(report)))
        {
            Table(html, table);
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static void Plots(StringBuilder html, EvaluationReport report)
    {
        foreach (var since in new[] { MiningSince.Onset, MiningSince.FirstDay })
        {
            var plot = new LinePlot("mining's share of the load, %", "found, %", 55, 100);
            foreach (var method in new[] { FigureBook.Case, FigureBook.CaseOrWatch })
            {
                plot.Add(method.Name, Curve(report, method.Name, since));
            }

            Figure(html, plot.Draw(), since == MiningSince.Onset
                ? "Mining added with its onset in the window: found by share, all sources. Bars are 90 % intervals."
                : "Mining from the first day under an honest load: found by share, all sources.");
        }

        var reliability = new LinePlot("stated probability, %", "truly mining, %", 100, 100);
        reliability.Add("as stated", [(0, 0, 0, 0), (100, 100, 100, 100)]);
        reliability.Add("observed", [.. report.Reliability.Select(b => (b.Stated * 100, b.Observed * 100, b.Observed * 100, b.Observed * 100))]);
        Figure(html, reliability.Draw(), "What happens where the model states a probability, at the prevalence it assumes.");
    }

    private static (double X, double Y, double Low, double High)[] Curve(EvaluationReport report, string method, MiningSince since) =>
    [
        .. Population.Shares
            .Select(share => (Share: share, Found: report.Figures.FirstOrDefault(f => f.Name == FigureNames.Detection && f.Method == method
                && f.Rate is null && f.Source == Tables.All && f.Population == Population.MixtureOf(share, since).Name)))
            .Where(p => p.Found is not null && !double.IsNaN(p.Found.Value.Value))
            .Select(p => (p.Share * 100, p.Found!.Value.Value * 100, p.Found.Value.Low * 100, p.Found.Value.High * 100))
            .Order(),
    ];

    private static ReportTable Hardest(EvaluationReport report) => new(
        "The honest windows that rank highest",
        ["window", "source held out", "verdict", "probability", "p-value"],
        [.. report.Hardest.Select(h => (IReadOnlyList<string>)[h.Name, h.Source, h.Verdict, Cells.Number(h.Probability, "0.0000"), Cells.Number(h.PValue, "0.0000")])],
        null);

    private static void Figure(StringBuilder html, string svg, string caption) =>
        html.Append("<figure>").Append(svg).Append("<figcaption>").Append(Text(caption)).Append("</figcaption></figure>\n");

    private static void Table(StringBuilder html, ReportTable table)
    {
        html.Append("<h2>").Append(Text(table.Title)).Append("</h2>\n<div class=\"scroll\"><table><thead><tr>");
        html.AppendJoin(string.Empty, table.Columns.Select(c => $"<th>{Text(c)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>").AppendJoin(string.Empty, row.Select(c => $"<td>{Text(c)}</td>")).Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        if (table.Note is not null)
        {
            html.Append("<p class=\"note\">").Append(Text(table.Note)).Append("</p>\n");
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
