// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;

namespace Detector.Analysis.Reporting;

/// <summary>A report as one HTML file that needs nothing else: tables, curves, the hardest honest windows.</summary>
internal static class ReportHtml
{
    public static string Write(EvaluationReport report)
    {
        var page = new HtmlPage(
            "Detector: evaluation",
            "Detection judged on sources never trained on",
            string.Create(CultureInfo.InvariantCulture, $"{report.Command} --seed {report.Seed}"),
            "Brackets are 90 % bootstrap intervals over sites." + (report.Quick ? " A quick run: intervals are wide." : string.Empty));
        Plots(page, report);
        foreach (var table in report.Tables.Append(Hardest(report)))
        {
            page.Table(table);
        }

        return page.ToString();
    }

    private static void Plots(HtmlPage page, EvaluationReport report)
    {
        foreach (var since in new[] { MiningSince.Onset, MiningSince.FirstDay })
        {
            var plot = new LinePlot("mining's share of the load, %", "found, %", 55, 100);
            foreach (var method in new[] { FigureBook.Case, FigureBook.CaseOrWatch })
            {
                plot.Add(method.Name, Curve(report, method.Name, since));
            }

            page.Figure(plot.Draw(), since == MiningSince.Onset
                ? "Mining added with its onset in the window: found by share, all sources. Bars are 90 % intervals."
                : "Mining from the first day under an honest load: found by share, all sources.");
        }

        var reliability = new LinePlot("stated probability, %", "truly mining, %", 100, 100);
        reliability.Add("as stated", [(0, 0, 0, 0), (100, 100, 100, 100)]);
        reliability.Add("observed", [.. report.Reliability.Select(b => (b.Stated * 100, b.Observed * 100, b.Observed * 100, b.Observed * 100))]);
        page.Figure(reliability.Draw(), "What happens where the model states a probability, at the prevalence it assumes.");
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
}
