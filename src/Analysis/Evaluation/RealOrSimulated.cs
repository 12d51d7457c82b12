// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Reporting;
using Detector.Analysis.Statistics;
using Detector.Analysis.Training;
using Detector.Detection;

namespace Detector.Analysis.Evaluation;

/// <summary>Whether trees can tell simulated honest load from recorded honest load by the detector's own features.</summary>
/// <remarks>
/// An area under the curve of 0.5 means that they cannot; the further above, the more a model could learn the simulator instead of the load. Sites are dealt to
/// folds, so that no site is told by windows of its own. It cannot tell whether a class is wrong or only rare among the recordings: telecom and cold storage were never recorded.
/// </remarks>
internal static class RealOrSimulated
{
    /// <summary>Name of the figure.</summary>
    public const string Auc = "real_or_simulated_auc";

    private const int Folds = 4;
    private const string Method = "boosted trees on the detector's features";
    private const string AllClasses = "every class";

    /// <summary>The figures, all classes together and each by itself against every recording; none where only one side is there.</summary>
    public static ReportSection Of(IReadOnlyList<TrainingMaterial> material, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var windows = material.SelectMany(m => m.Windows)
            .Where(w => w.Recipe is { Class: SampleClass.Honest, IsSum: false, Days: PlanSizes.LongDays }).ToArray();
        if (windows.All(w => w.Recipe.Real) || !windows.Any(w => w.Recipe.Real))
        {
            return new ReportSection([], []);
        }

        progress?.Report(new AnalysisProgress("tell simulated honest load from recorded", 0, 0));
        var siteOf = SiteIndex.Of(windows.Select(w => w.Recipe.Site));
        var scores = Scores(windows, options, cancel);
        var bootstrap = new SiteBootstrap(siteOf.Count, options.BootstrapRepeats, options.Seed);
        Figure Figure(string kind)
        {
            var chosen = Enumerable.Range(0, windows.Length).Where(i => windows[i].Recipe.Real || kind == AllClasses || Kind(windows[i]) == kind).ToArray();
            var ranking = new Ranking(chosen.Select(i => new Ranked(scores[i], !windows[i].Recipe.Real, 1, siteOf[windows[i].Recipe.Site])));
            var simulated = chosen.Where(i => !windows[i].Recipe.Real).ToArray();
            return new Figure(
                Auc, Method, null, Tables.All, kind, bootstrap.Of(times => ranking.Auc(times)), simulated.Length,
                simulated.Select(i => windows[i].Recipe.Site).Distinct(StringComparer.Ordinal).Count());
        }

        string[] kinds = [AllClasses, .. windows.Where(w => !w.Recipe.Real).Select(Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var figures = kinds.Select(Figure).ToArray();
        return new ReportSection(figures, [Table(figures, windows.Count(w => w.Recipe.Real))]);
    }

    private static double[] Scores(ProfiledWindow[] windows, EvaluationRunOptions options, CancellationToken cancel)
    {
        var real = windows.Count(w => w.Recipe.Real);
        var simulatedWeight = (double)real / (windows.Length - real); // both sides weigh the same
        var samples = windows.Select(w => new BaselineSample(
            new WindowStatistics([.. w.Profile.Values.Select(v => (double)v)], 0, 0, 0), !w.Recipe.Real, w.Recipe.Real ? 1 : simulatedWeight)).ToArray();
        var fold = SiteIndex.Folds(windows.Select(w => w.Recipe.Site), Folds, options.Seed);
        var scores = new double[windows.Length];
        Parallel.For(0, Folds, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel }, k =>
        {
            var trees = new BoostedTrees();
            trees.Fit([.. samples.Where((_, i) => fold[windows[i].Recipe.Site] != k)], options.Seed);
            for (var i = 0; i < windows.Length; i++)
            {
                scores[i] = fold[windows[i].Recipe.Site] == k ? trees.Score(samples[i].Window) : scores[i];
            }
        });
        return scores;
    }

    // Simulated sites are named simulated-CLASS-NUMBER.
    private static string Kind(ProfiledWindow window) => window.Recipe.Site.Split('-')[1];

    private static ReportTable Table(Figure[] figures, int recorded) => new(
        "Can simulated honest load be told from recorded honest load?",
        ["simulated class", "windows", "sites", "area under the curve"],
        [.. figures.Select(f => (IReadOnlyList<string>)[
            f.Population, f.Windows.ToString(CultureInfo.InvariantCulture), f.Sites.ToString(CultureInfo.InvariantCulture), Cells.Number(f.Value, "0.00")])],
        string.Create(CultureInfo.InvariantCulture, $"Boosted trees on the detector's features, sites held out, against {recorded} recorded windows. 0.5: cannot be told; 1: always told. ")
            + "A class that was never recorded is told because it is another kind of load, as well as because it is simulated. Simulated sites train with three tenths of a weight and set no threshold.");
}
