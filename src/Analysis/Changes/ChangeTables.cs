// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Changes;

/// <summary>Lays the figures of change evidence out as tables.</summary>
internal sealed class ChangeTables(IReadOnlyList<string> sources, FigureIndex figures)
{
    private static readonly bool[] Histories = [true, false];
    private static readonly Method[] Decisions = [FigureBook.Case, FigureBook.CaseOrWatch];

    /// <summary>The tables, in reading order.</summary>
    public IEnumerable<ReportTable> Make() => [Detection(history: true), Detection(history: false), Days(), Onsets(), Looks(), Additions()];

    private ReportTable Detection(bool history)
    {
        var rows = sources.Append(Tables.All).SelectMany(scope => Histories.SelectMany(large =>
            Decisions.Select(method => (IReadOnlyList<string>)
            [
                scope, large ? "5 kW and more" : "all", method.Name,
                .. Population.Shares.Select(s => Cell(FigureNames.Detection, method, scope, ChangePopulation.Of(s, history, large), f => Cells.Percent(f.Value))),
            ])));
        return new ReportTable(
            $"Mining added 14 to 77 days before the end, {(history ? "thirteen months of history given" : "the window of 91 days alone")}, % found, by share of the total",
            ["source held out", "added load", "decision", .. Population.Shares.Select(Percent)], [.. rows],
            "Every style, a fifth phased in over one to seven days, an eighth with frequent outages.");
    }

    private ReportTable Days()
    {
        var rows = Histories.SelectMany(history => Decisions.SelectMany(method =>
            ChangeJudge.LookDays.Select(days => (IReadOnlyList<string>)
            [
                history ? "with history" : "window alone", method.Name, days.ToString(CultureInfo.InvariantCulture),
                .. Population.Shares.Select(s => Cell(FigureNames.Detection, method, Tables.All, ChangePopulation.Of(s, history, large: true, days), f => Cells.Percent(f.Value.Value))),
            ])));
        return new ReportTable(
            "Found so many days since the onset, %, added load of 5 kW and more", ["history", "decision", "days", .. Population.Shares.Select(Percent)], [.. rows],
            "Earlier looks are taken at a fifth of the load and more.");
    }

    private ReportTable Onsets()
    {
        var rows = Histories.SelectMany(history => Population.Shares.Select(share => ChangePopulation.Of(share, history, large: false)).Select(p => (IReadOnlyList<string>)
        [
            p.Name, Cell(FigureNames.OnsetError, FigureBook.CaseOrWatch, Tables.All, p, f => f.Windows.ToString(CultureInfo.InvariantCulture)),
            Cell(FigureNames.OnsetError, FigureBook.CaseOrWatch, Tables.All, p, f => Cells.Number(f.Value, "0.0")),
            Cell(FigureNames.OnsetCoverage, FigureBook.CaseOrWatch, Tables.All, p, f => Cells.Percent(f.Value)),
            Cell(ChangeFigures.OnsetWidth, FigureBook.CaseOrWatch, Tables.All, p, f => Cells.Number(f.Value, "0")),
        ]));
        return new ReportTable(
            "Onset of added loads, where one is stated",
            ["onsets", "stated", "median absolute error, h", "90 % interval holds the truth, %", "its median width, h"], [.. rows], null);
    }

    private ReportTable Looks()
    {
        var rows = sources.Append(Tables.All).SelectMany(scope => Histories.Select(history => (IReadOnlyList<string>)
        [
            scope, history ? "with history" : "window alone",
            .. Decisions.SelectMany(method => new[]
            {
                Cell(ChangeFigures.FalseOverLooks, method, scope, ChangeFigures.Looks(history), f => Math.Round(f.Value.Value * f.Windows).ToString(CultureInfo.InvariantCulture)),
                Cell(ChangeFigures.FalseOverLooks, method, scope, ChangeFigures.Looks(history), f => Cells.Percent(f.Value)),
            }),
            Cell(ChangeFigures.FalseOverLooks, FigureBook.Case, scope, ChangeFigures.Looks(history), f => f.Windows.ToString(CultureInfo.InvariantCulture)),
        ]));
        return new ReportTable(
            "Honest windows that the product would flag for a change at any of five looks, 18 days apart",
            ["source held out", "history", "cases", "%", "case or watch", "%", "windows"], [.. rows],
            "0.12 % of windows is 5 per 1,000 site-years. Thresholds come from the training sources, over the same looks.");
    }

    private ReportTable Additions()
    {
        var populations = AdditionJudge.Shares.Select(s => (Name: $"all, {Percent(s)} of the total", Of: (Func<bool, Population>)(h => ChangePopulation.Honest(s, h))))
            .Concat(SimulatedHonest.Classes.Select(k => (Name: k, Of: (Func<bool, Population>)(h => ChangePopulation.Honest(null, h, k)))));
        var rows = populations.Select(p => (IReadOnlyList<string>)
        [
            p.Name,
            .. Histories.SelectMany(history => Decisions.Select(method => Cell(ChangeFigures.FalseOfAdditions, method, Tables.All, p.Of(history), f => Cells.Percent(f.Value)))
                .Append(Cell(ChangeFigures.FalseOfAdditions, FigureBook.Case, Tables.All, p.Of(history), f => f.Windows.ToString(CultureInfo.InvariantCulture)))),
        ]);
        return new ReportTable(
            "Honest load added 14 to 77 days before the end, % flagged, 5 kW and more",
            ["simulated class", "case, with history", "case or watch", "additions", "case, window alone", "case or watch", "additions"], [.. rows],
            "A half or three tenths of the total, in recordings of the source held out. Recordings hold hardly any such addition; these are simulated, and so are those that train.");
    }

    private string Cell(string name, Method method, string scope, Population population, Func<Figure, string> text) =>
        figures.Find(name, method.Name, null, scope, population.Name) is { } figure ? text(figure) : Cells.Nothing;

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
