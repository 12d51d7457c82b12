// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Evaluation;

/// <summary>Lays figures out as the tables of the report.</summary>
internal sealed class Tables(EvaluationRunOptions options, IReadOnlyList<string> sources, FigureIndex figures)
{
    /// <summary>Scope of everything pooled.</summary>
    public const string All = "all";

    private static readonly (string Head, Func<Figure, string> Cell) Percent = (string.Empty, f => Cells.Percent(f.Value));

    /// <summary>Every table, in reading order.</summary>
    public IEnumerable<ReportTable> Make(IReadOnlyList<Method> comparedMethods) =>
    [
        FalseCases(), Pure(), Unseen(), Mixtures(MiningSince.Onset), Mixtures(MiningSince.FirstDay), Brief(),
        .. options.NominalRates.Select(rate => Compared(rate, comparedMethods)), Carried(comparedMethods), Ranking(comparedMethods), Onsets(), Insufficient(),
    ];

    private IEnumerable<string> Scopes => [.. sources, All];

    private ReportTable FalseCases()
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var scope in Scopes)
        {
            foreach (var population in new[] { Population.Honest, Population.HonestShort })
            {
                var years = Cell(FigureNames.HonestSiteYears, FigureBook.Case, null, scope, population, f => Cells.Number(f.Value.Value, "0.0"));
                rows.Add([
                    scope, population.Name, Cell(FigureNames.FalseRate, FigureBook.Case, null, scope, population, f => f.Windows.ToString(CultureInfo.InvariantCulture)),
                    years, FalseCount(FigureBook.Case, scope, population), PerThousand(FigureBook.Case, scope, population),
                    Cell(FigureNames.OpenedCases, FigureBook.Case, null, scope, population, f => Cells.Number(f.Value, "0.0")),
                    FalseCount(FigureBook.CaseOrWatch, scope, population), PerThousand(FigureBook.CaseOrWatch, scope, population),
                    Cell(FigureNames.CalibrationError, FigureBook.Case, null, scope, Population.PureAndLarge, f => Cells.Number(f.Value, "0.000")),
                ]);
            }
        }

        return new ReportTable(
            "False cases on honest recordings of sources never trained on",
            ["source held out", "windows of", "windows", "site-years", "cases", "cases / 1,000 site-years", "opened / 1,000", "case or watch", "case or watch / 1,000", "calibration error"],
            rows,
            "Every honest window counts by itself; 'opened' counts as in service, where what follows at a site within a year joins its case. A rate of 0 has the interval 0 to 0: "
                + "read it with the site-years behind it. Calibration error at the prevalence the model assumes.");
    }

    private ReportTable Pure() => Detection(
        "Pure mining found, % of windows of 91 days, by the product's verdict", [.. MiningLoads.Trained.Select(s => Population.PureOf(s, PlanSizes.LongDays))],
        "Windows judged insufficient count as not found.");

    private ReportTable Unseen() => Detection(
        "Pure mining in styles that no model was trained on, % of windows found, by the product's verdict",
        [.. MiningLoads.Unseen.SelectMany(s => new[] { Population.PureOf(s, PlanSizes.LongDays), Population.PureOf(s, PlanSizes.ShortDays) })],
        "91 days unless said otherwise. They count in no other figure.");

    private ReportTable Brief() => Detection(
        "Pure mining found, % of windows of 28 days, by the product's verdict", [.. MiningLoads.Trained.Select(s => Population.PureOf(s, PlanSizes.ShortDays))], null);

    private ReportTable Mixtures(MiningSince since) => Detection(
        since == MiningSince.Onset
            ? "Mining added to an honest load with its onset in the window, % found, by share of the total"
            : "Mining under an honest load from the first day, % found, by share of the total",
        [.. Population.Shares.Select(s => Population.MixtureOf(s, since))],
        since == MiningSince.Onset ? "Judged on 91 days alone; with thirteen months of history in a table of its own." : null);

    private ReportTable Detection(string title, IReadOnlyList<Population> populations, string? note)
    {
        (string Figure, Method Method, string Name)[] decisions =
        [
            (FigureNames.Detection, FigureBook.Case, FigureBook.Case.Name), (FigureNames.DetectionOfJudged, FigureBook.Case, "the same, of windows judged"),
            (FigureNames.Detection, FigureBook.CaseOrWatch, FigureBook.CaseOrWatch.Name),
        ];
        var rows = Scopes.SelectMany(scope => decisions.Select(d => (IReadOnlyList<string>)
            [scope, d.Name, .. populations.Select(p => Cell(d.Figure, d.Method, null, scope, p, Percent.Cell))]));
        return new ReportTable(title, ["source held out", "decision", .. populations.Select(p => p.Name)], [.. rows], note);
    }

    private ReportTable Compared(double rate, IReadOnlyList<Method> methods)
    {
        Population[] populations = [.. FigureBook.Columns()];
        var rows = methods.Select(method => (IReadOnlyList<string>)
        [
            method.Name, Cell(FigureNames.FalseRate, method, rate, All, Population.Honest, Percent.Cell),
            .. populations.Select(p => Cell(FigureNames.Detection, method, rate, All, p, f => Cells.Percent(f.Value.Value))),
            .. new[] { FigureNames.Precision, FigureNames.Recall, FigureNames.F1 }
                .Select(name => Cell(name, method, rate, All, Population.PureAndLarge, f => Cells.Number(f.Value, "0.00"))),
        ]);
        return new ReportTable(
            $"The product and the baselines at the same nominal false rate, {Nominal(rate)} of honest windows of 91 days",
            ["method", "false, %", .. populations.Select(p => p.Name), "precision", "recall", "F1"], [.. rows],
            "Thresholds come from the training sources, the strictest of them, and are carried to the source held out. "
                + $"Precision, recall and F1: pure mining and mixtures of 20 % and more at a prevalence of {Nominal(options.Prevalence)}. "
                + "Windows that the product calls insufficient are left unflagged for every method.");
    }

    private ReportTable Carried(IReadOnlyList<Method> methods)
    {
        var rows = methods.SelectMany(method => options.NominalRates.Select(rate => (IReadOnlyList<string>)
            [method.Name, Nominal(rate), .. Scopes.Select(s => Cell(FigureNames.FalseRate, method, rate, s, Population.Honest, Percent.Cell))]));
        return new ReportTable("A threshold carried to a source never seen: share of honest windows flagged, %", ["method", "nominal", .. Scopes], [.. rows], null);
    }

    private ReportTable Ranking(IReadOnlyList<Method> methods)
    {
        string[] names = [FigureNames.AveragePrecision, .. FigureBook.First.Select(k => FigureNames.PrecisionAmongFirst + k)];
        var rows = methods.SelectMany(method => new[] { Population.Pure, Population.PureAndLarge }.Select(population => (IReadOnlyList<string>)
            [method.Name, population.Name, .. names.Select(n => Cell(n, method, null, All, population, f => Cells.Number(f.Value, "0.00")))]));
        return new ReportTable(
            $"Ranking of a fleet of {options.FleetSites} sites of which {Nominal(options.Prevalence)} mine",
            ["method", "mining sites are", "average precision", "first 10", "first 25", "first 50"], [.. rows],
            "Share that truly mines among the first k; each source is scored by the model that never saw it.");
    }

    private ReportTable Onsets()
    {
        var rows = Population.Shares.Select(share => Population.MixtureOf(share, MiningSince.Onset)).Select(p => (IReadOnlyList<string>)
        [
            p.Name, Cell(FigureNames.OnsetError, FigureBook.CaseOrWatch, null, All, p, f => f.Windows.ToString(CultureInfo.InvariantCulture)),
            Cell(FigureNames.OnsetError, FigureBook.CaseOrWatch, null, All, p, f => Cells.Number(f.Value, "0.0")),
            Cell(FigureNames.OnsetCoverage, FigureBook.CaseOrWatch, null, All, p, Percent.Cell),
        ]);
        return new ReportTable(
            "Onset, where one is stated", ["mixture", "windows with an onset", "median absolute error, h", "stated interval holds the truth, %"], [.. rows], null);
    }

    private ReportTable Insufficient()
    {
        Population[] populations = [Population.Honest, Population.HonestShort, Population.Pure, Population.LargeMixtures];
        var rows = Scopes.Select(scope => (IReadOnlyList<string>)
            [scope, .. populations.Select(p => Cell(FigureNames.Insufficient, FigureBook.Case, null, scope, p, Percent.Cell))]);
        return new ReportTable("Judged insufficient, % of windows", ["source held out", .. populations.Select(p => p.Name)], [.. rows], null);
    }

    private string FalseCount(Method method, string scope, Population population) => Cell(
        FigureNames.FalseRate, method, null, scope, population, f => Cells.Number(Math.Round(f.Value.Value * f.Windows), "0"));

    private string PerThousand(Method method, string scope, Population population) =>
        Cell(FigureNames.FalseCases, method, null, scope, population, f => Cells.Number(f.Value, "0.0"));

    private string Cell(string name, Method method, double? rate, string scope, Population population, Func<Figure, string> text) =>
        figures.Find(name, method.Name, rate, scope, population.Name) is { } figure ? text(figure) : Cells.Nothing;

    private static string Nominal(double rate) => (rate * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
