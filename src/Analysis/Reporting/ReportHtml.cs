// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Changes;
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
                plot.Add(method.Name, Curve(report, method, Population.Shares.Order().Select(share => (share * 100, Population.MixtureOf(share, since).Name))));
            }

            page.Figure(plot.Draw(), since == MiningSince.Onset
                ? "Mining added with its onset in the window: found by share, all sources. Bars are 90 % intervals."
                : "Mining from the first day under an honest load: found by share, all sources.");
        }

        page.Figure(SinceOnset(report), "Mining of 5 kW and more with thirteen months of history: found as case or watch by days since its onset, all sources.");
        page.Figure(ByCadence(report), "Found by how often the meter is read, all sources, 91 days: once a day (0), each six hours, each hour, each quarter, each minute.");
        var reliability = new LinePlot("stated probability, %", "truly mining, %", 100, 100);
        reliability.Add("as stated", [(0, 0, 0, 0), (100, 100, 100, 100)]);
        reliability.Add("observed", [.. report.Reliability.Select(b => (b.Stated * 100, b.Observed * 100, b.Observed * 100, b.Observed * 100))]);
        page.Figure(reliability.Draw(), "What happens where the model states a probability, at the prevalence it assumes.");
    }

    private static string SinceOnset(EvaluationReport report)
    {
        var plot = new LinePlot("days since the onset", "found, %", 60, 100);
        foreach (var share in new[] { 0.5, 0.3, 0.2 })
        {
            plot.Add(
                share.ToString("0 %", CultureInfo.InvariantCulture),
                Curve(report, FigureBook.CaseOrWatch, ChangeJudge.LookDays.Order().Select(days => ((double)days, ChangePopulation.Of(share, history: true, large: true, days).Name))));
        }

        return plot.Draw();
    }

    private static string ByCadence(EvaluationReport report)
    {
        var plot = new LinePlot("readings a day, as a power of ten", "found, %", 3.5, 100);
        foreach (var (name, method, population) in new[]
        {
            ("pure: case", FigureBook.Case, Population.Pure), ("pure: case or watch", FigureBook.CaseOrWatch, Population.Pure),
            ("onset 50 %: case or watch", FigureBook.CaseOrWatch, Population.MixtureOf(0.5, MiningSince.Onset)),
        })
        {
            plot.Add(name, Curve(report, method, CadenceRun.Cadences.Reverse().Select(c => (Math.Log10(TimeSpan.FromDays(1) / c.Interval), CadenceRun.At(c.Name, population).Name))));
        }

        return plot.Draw();
    }

    /// <summary>What a method finds of populations that stand at places across, in rising order; a population that was not judged is left out.</summary>
    private static (double X, double Y, double Low, double High)[] Curve(EvaluationReport report, Method method, IEnumerable<(double At, string Population)> places) =>
    [
        .. places
            .Select(p => (p.At, Found: report.Figures.FirstOrDefault(f => f.Name == FigureNames.Detection && f.Method == method.Name
                && f.Rate is null && f.Source == Tables.All && f.Population == p.Population)))
            .Where(p => p.Found is not null && !double.IsNaN(p.Found.Value.Value))
            .Select(p => (p.At, p.Found!.Value.Value * 100, p.Found.Value.Low * 100, p.Found.Value.High * 100)),
    ];

    private static ReportTable Hardest(EvaluationReport report) => new(
        "The honest windows that rank highest",
        ["window", "source held out", "verdict", "probability", "p-value"],
        [.. report.Hardest.Select(h => (IReadOnlyList<string>)[h.Name, h.Source, h.Verdict, Cells.Number(h.Probability, "0.0000"), Cells.Number(h.PValue, "0.0000")])],
        null);
}
