// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Reporting;
using Detector.Analysis.Statistics;
using Detector.Metering;

namespace Detector.Analysis.Evaluation;

/// <summary>What a year of readings adds: sites that mine all year, judged at its end with the year given and by its last 91 days alone.</summary>
/// <remarks>
/// Honest loads are judged at the end of each window of 91 days that has a year up to it. Mines, alone and under honest load, run all year on years of recordings, so a site is judged once.
/// </remarks>
internal sealed class YearRun(HonestCorpus corpus, MiningLoads mining, PlanSizes sizes, EvaluationRunOptions options)
{
    private const string Role = "judge/year";
    private const int YearDays = 4 * PlanSizes.LongDays;

    private static readonly double[] Shares = [0.5, 0.3, 0.2, 0.1];

    private static readonly (string Name, bool WholeYear)[] Given = [("a year given", true), ("its last 91 days given", false)];

    /// <summary>The figures and their table.</summary>
    public ReportSection Of(IReadOnlyList<Fold> folds, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var figures = new List<Figure>();
        foreach (var (name, wholeYear) in Given)
        {
            JudgedWindow[] windows = [.. folds.SelectMany(fold =>
                new WindowJudge(fold.Alone(), options.Judging).Judge([.. Recipes(fold.Source, wholeYear)], options.Threads, progress, cancel))];
            foreach (var scope in corpus.Sources.Append(Tables.All))
            {
                var judged = new Judgements(scope, [.. windows.Where(w => scope == Tables.All || w.Source == scope)], options.BootstrapRepeats, options.Seed);
                figures.AddRange(FigureBook.VerdictsOf(judged, Mining.Select(p => With(name, p)), With(name, Population.Honest)));
            }
        }

        return new ReportSection(figures, [Table(new FigureIndex(figures))]);
    }

    /// <summary>A population with so much of its year given.</summary>
    private static Population With(string given, Population population) => new(
        $"{population.Name}, {given}", w => population.Holds(w with { Days = PlanSizes.LongDays }));

    private static IEnumerable<Population> Mining =>
    [
        .. MiningLoads.Trained.Concat(MiningLoads.Unseen).Select(s => Population.PureOf(s, PlanSizes.LongDays)),
        .. Shares.Select(s => Population.MixtureOf(s, MiningSince.FirstDay)),
    ];

    private IEnumerable<WindowRecipe> Recipes(string source, bool wholeYear)
    {
        RecordedLoad[] loads = [.. corpus.Loads.Where(l => l.Source == source)];
        var plan = new WindowPlan(loads, mining, Role, sizes.JudgedHonestPerSite, 0, YearDays);
        var mines = plan.Pure(sizes.JudgedYearsPerStyle, brief: false, companyShare: 0).Concat(plan.Unseen(sizes.JudgedYearsPerStyle, brief: false))
            .Concat(plan.JudgedMixtures(sizes.JudgedHostsPerSite, Shares, MiningSince.FirstDay));
        return Honest(source).Concat(mines).Select(recipe => wholeYear ? recipe : recipe with { Make = () => LastWindow(recipe.Make()) });
    }

    /// <summary>Honest windows with what was recorded in the three quarters before them, where that is enough for a year.</summary>
    private IEnumerable<WindowRecipe> Honest(string source)
    {
        var before = TimeSpan.FromDays(YearDays - PlanSizes.LongDays);
        foreach (var load in corpus.Loads.Where(l => l.Source == source && l.Load.Cadence <= TimeSpan.FromHours(1)))
        {
            var plan = new WindowPlan([load], mining, Role, sizes.JudgedHonestPerSite, 0);
            foreach (var recipe in plan.Honest(brief: false))
            {
                var window = recipe.Make().Range;
                if (window.From - before >= load.Load.Start)
                {
                    yield return recipe with { Make = () => load.Load.Slice(new TimeRange(window.From - before, window.To)) };
                }
            }
        }
    }

    private static LoadSeries LastWindow(LoadSeries year) => year.Slice(new TimeRange(year.Range.To - TimeSpan.FromDays(PlanSizes.LongDays), year.Range.To));

    private ReportTable Table(FigureIndex figures)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var scope in corpus.Sources.Append(Tables.All))
        {
            foreach (var (given, _) in Given)
            {
                string Cell(string name, Method method, Population population, Func<Figure, string> text) =>
                    figures.Find(name, method.Name, null, scope, With(given, population).Name) is { } figure ? text(figure) : Cells.Nothing;
                foreach (var method in new[] { FigureBook.Case, FigureBook.CaseOrWatch })
                {
                    rows.Add(
                    [
                        scope, given, method.Name, .. Mining.Select(p => Cell(FigureNames.Detection, method, p, f => Cells.Percent(f.Value))),
                        Cell(FigureNames.OpenedCases, method, Population.Honest, f => Cells.Number(f.Value, "0.0")),
                        Cell(FigureNames.OpenedCases, method, Population.Honest, f => Cells.Number(Flagged.SiteYears(f.Windows, PlanSizes.LongDays), "0")),
                    ]);
                }
            }
        }

        return new ReportTable(
            "Mining all year, judged at its end, % found",
            ["source held out", "given", "decision", .. Mining.Select(p => p.Name), "honest: opened / 1,000 site-years", "honest site-years"],
            [.. rows],
            "The same years twice. Honest load is judged at the end of every window of 91 days that has a year up to it; 'opened' counts what follows at a site within a year as one.");
    }
}
