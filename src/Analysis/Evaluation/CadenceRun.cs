// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Reporting;
using Detector.Analysis.Statistics;
using Detector.Detection;
using Detector.Detection.Daily;

namespace Detector.Analysis.Evaluation;

/// <summary>Detection by how often a meter is read: the same mines, mixtures and honest windows at several cadences.</summary>
/// <remarks>
/// Up to an hour a load is judged by its hours, above it by its days. Honest load and mixtures stand on recordings of hours, so they are there from an hour up only. It cannot tell what finer
/// readings could add: too few honest loads were recorded more often than hourly to train on them.
/// </remarks>
internal sealed class CadenceRun(HonestCorpus corpus, MiningLoads mining, PlanSizes sizes, EvaluationRunOptions options)
{
    /// <summary>The cadences that are judged, the shortest first.</summary>
    public static IReadOnlyList<(TimeSpan Interval, string Name)> Cadences { get; } =
    [
        (TimeSpan.FromMinutes(1), "minute"), (TimeSpan.FromMinutes(15), "15 minutes"), (TimeSpan.FromHours(1), "hour"), (TimeSpan.FromHours(6), "6 hours"), (TimeSpan.FromDays(1), "day"),
    ];

    private static readonly double[] Shares = [0.5, 0.3, 0.2];

    /// <summary>The figures and their table.</summary>
    /// <param name="folds">Models by the source held out.</param>
    /// <param name="daily">Evidence of daily energy by the source that it saw nothing of.</param>
    /// <param name="hourly">Windows that were judged at an hour.</param>
    /// <param name="progress">Told of windows judged.</param>
    /// <param name="cancel">Ends it.</param>
    public ReportSection Of(
        IReadOnlyList<Fold> folds, IReadOnlyDictionary<string, DailyModel> daily, IReadOnlyList<JudgedWindow> hourly, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var figures = new List<Figure>();
        foreach (var (interval, name) in Cadences)
        {
            List<JudgedWindow> windows = [.. folds.SelectMany(fold =>
                new WindowJudge(fold.WithDaily(daily[fold.Source]), options.Judging).Judge([.. Recipes(fold.Source, interval)], options.Threads, progress, cancel))];
            if (interval == TimeSpan.FromHours(1))
            {
                windows.AddRange(hourly.Where(w => w.Days == PlanSizes.LongDays && w.Class != SampleClass.PureMining));
            }

            var judged = new Judgements(Tables.All, windows, options.BootstrapRepeats, options.Seed);
            figures.AddRange(FigureBook.VerdictsOf(judged, Mixtures.Prepend(Population.Pure).Select(p => At(name, p)), At(name, Population.Honest)));
        }

        return new ReportSection(figures, [Table(new FigureIndex(figures))]);
    }

    /// <summary>A population where meters are read so often.</summary>
    public static Population At(string cadence, Population population) => population with { Name = $"{population.Name}, read every {cadence}" };

    private static IEnumerable<Population> Mixtures => Shares.Select(s => Population.MixtureOf(s, MiningSince.Onset));

    private IEnumerable<WindowRecipe> Recipes(string source, TimeSpan interval)
    {
        var plan = WindowPlan.Judged(source, corpus, mining, sizes);
        if (interval <= TimeSpan.FromHours(1))
        {
            return plan.PureEvery(interval, sizes.JudgedAtCadencePerStyle); // the rest of the hour is judged already
        }

        return plan.Honest(brief: false)
            .Concat(plan.PureEvery(TimeSpan.FromHours(1), sizes.JudgedAtCadencePerStyle))
            .Concat(plan.JudgedMixtures(sizes.JudgedHostsPerSite, Shares, MiningSince.Onset))
            .Select(recipe => recipe with { Make = () => Injector.Every(recipe.Make(), interval) });
    }

    private static ReportTable Table(FigureIndex figures)
    {
        var rows = Cadences.Select(c =>
        {
            string Cell(string name, Method method, Population population, Func<Figure, string> text) =>
                figures.Find(name, method.Name, null, Tables.All, At(c.Name, population).Name) is { } figure ? text(figure) : Cells.Nothing;
            string Percent(string name, Method method, Population population) => Cell(name, method, population, f => Cells.Percent(f.Value));
            string Opened(Method method) => Cell(FigureNames.OpenedCases, method, Population.Honest, f => Cells.Number(f.Value, "0.0"));
            return (IReadOnlyList<string>)
            [
                c.Name,
                Percent(FigureNames.Detection, FigureBook.Case, Population.Pure), Percent(FigureNames.Detection, FigureBook.CaseOrWatch, Population.Pure),
                Percent(FigureNames.Insufficient, FigureBook.Case, Population.Pure),
                .. Mixtures.SelectMany(p => new[] { Percent(FigureNames.Detection, FigureBook.Case, p), Percent(FigureNames.Detection, FigureBook.CaseOrWatch, p) }),
                Cell(FigureNames.OpenedCases, FigureBook.Case, Population.Honest, f => Cells.Number(Flagged.SiteYears(f.Windows, PlanSizes.LongDays), "0")),
                Opened(FigureBook.Case), Opened(FigureBook.CaseOrWatch),
            ];
        });
        return new ReportTable(
            "Detection by how often a meter is read, 91 days, % found",
            [
                "read every", "pure: case", "case or watch", "insufficient", .. Mixtures.SelectMany(p => new[] { $"{p.Name}: case", "case or watch" }),
                "honest site-years", "cases opened / 1,000", "case or watch / 1,000",
            ],
            [.. rows],
            "Every style that is trained on, the same mines at each cadence. Up to an hour a load is judged by its hours, above it by its days. Honest load and mixtures stand on recordings of hours: none are finer.");
    }
}
