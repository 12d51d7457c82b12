// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Reporting;
using Detector.Analysis.Statistics;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Profiles;

namespace Detector.Analysis.Evaluation;

/// <summary>What is lost without a group of features: smaller models of the load as a whole, each lacking one group, on sources held out.</summary>
/// <remarks>Of the training windows of the source held out, with its own threshold, so that it compares groups and promises no rate. Change evidence is not part of it.</remarks>
internal static class Ablation
{
    /// <summary>Share of the source's honest windows that may pass where found shares are compared.</summary>
    public const double FalseShare = 0.01;

    /// <summary>Found at that share.</summary>
    public const string Found = "ablation_found_at_1_percent";

    /// <summary>Area under the curve.</summary>
    public const string Auc = "ablation_auc";

    private const string Nothing = "no group left out";

    private static readonly (string Name, SampleClass Class)[] Kinds = [("pure", SampleClass.PureMining), ("mixtures of 20 to 70 %", SampleClass.Mixture)];

    /// <summary>The figures of every group and source, and the table over them.</summary>
    public static ReportSection Of(
        IReadOnlyList<TrainingMaterial> material, IReadOnlyList<string> sources, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var catalog = FeatureCatalog.Default();
        string[] groups = [Nothing, .. catalog.Groups.Select(g => g.Group)];
        var tasks = groups.SelectMany(_ => sources, (group, source) => (group, source)).ToArray();
        var done = 0;
        var figures = tasks.AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).WithCancellation(cancel).SelectMany(task =>
        {
            var made = Figures(material, task.source, task.group, catalog, options, cancel).ToArray();
            progress?.Report(new AnalysisProgress("leave groups of features out", Interlocked.Increment(ref done), tasks.Length));
            return made;
        }).ToArray();
        return new ReportSection(figures, [Table(figures, groups, sources)]);
    }

    private static IEnumerable<Figure> Figures(
        IReadOnlyList<TrainingMaterial> material, string source, string group, FeatureCatalog catalog, EvaluationRunOptions options, CancellationToken cancel)
    {
        var training = ProfiledWindow.ToSamples([.. material.Where(m => m.Source != source).SelectMany(m => m.Windows)]);
        var heads = UncalibratedHeads.Fit([.. training.Select(s => s with { Profile = s.Profile.Without(group, catalog) })], Small(options), cancel);
        var windows = material.Where(m => m.Source == source).SelectMany(m => m.Windows).ToArray();
        var siteOf = SiteIndex.Of(windows.Select(w => w.Recipe.Site));
        var bootstrap = new SiteBootstrap(siteOf.Count, options.BootstrapRepeats, options.Seed);
        var scored = windows.Select(w => (Window: w, Scores: heads.Score(w.Profile.Without(group, catalog)))).ToArray();
        foreach (var (name, kind) in Kinds)
        {
            var chosen = scored.Where(s => s.Window.Recipe.Class == kind || s.Window.Recipe is { Class: SampleClass.Honest, Real: true, IsSum: false }).ToArray();
            var ranking = new Ranking(chosen.Select(s => new Ranked(
                kind == SampleClass.PureMining ? s.Scores.Pure : s.Scores.Mixed, s.Window.Recipe.Class == kind, 1, siteOf[s.Window.Recipe.Site])));
            Figure Figure(string figure, Func<IReadOnlyList<int>, double> statistic) =>
                new(figure, group, null, source, name, bootstrap.Of(statistic), chosen.Length, chosen.Select(s => s.Window.Recipe.Site).Distinct(StringComparer.Ordinal).Count());
            yield return Figure(Auc, times => ranking.Auc(times));
            yield return Figure(Found, times => ranking.FoundAt(FalseShare, times)) with { Rate = FalseShare };
        }
    }

    /// <summary>One ensemble instead of three and half the trees: enough to compare groups.</summary>
    private static TrainingOptions Small(EvaluationRunOptions options)
    {
        static BoostingOptions Half(BoostingOptions of) => new()
        {
            Trees = Math.Max(1, of.Trees / 2),
            Leaves = of.Leaves,
            LearningRate = of.LearningRate,
            MinimumLeafSamples = of.MinimumLeafSamples,
            FeatureShare = of.FeatureShare,
            SampleShare = of.SampleShare,
        };
        return new TrainingOptions { Seed = options.Seed, Pure = Half(options.Training.Pure), Mixed = Half(options.Training.Mixed) };
    }

    private static ReportTable Table(Figure[] figures, string[] groups, IReadOnlyList<string> sources)
    {
        var columns = sources.SelectMany(_ => Kinds, (source, kind) => (source, kind.Name)).ToArray();
        string Cell(string group, string source, string kind)
        {
            Figure Of(string name) => figures.First(f => f.Name == name && f.Method == group && f.Source == source && f.Population == kind);
            return $"{Cells.Percent(Of(Found).Value)} ({Cells.Number(Of(Auc).Value.Value, "0.000")})";
        }

        return new ReportTable(
            string.Create(CultureInfo.InvariantCulture, $"Without a group of features: mining found where {FalseShare * 100:0} % of the source's honest windows pass, % (area under the curve)"),
            ["left out", .. columns.Select(c => $"{c.source}: {c.Name}")],
            [.. groups.Select(g => (IReadOnlyList<string>)[g, .. columns.Select(c => Cell(g, c.source, c.Name))])],
            "Models of one ensemble with half the trees, trained without the source, on windows of 91 and 28 days. It compares groups; it says nothing of a threshold carried from elsewhere.");
    }
}
