// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Statistics;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Detection.Daily;

namespace Detector.Analysis.Evaluation;

/// <summary>One source held out: a model and baselines that saw nothing of it, and their thresholds.</summary>
internal sealed class Fold
{
    private const int ThresholdFolds = 3;

    private Fold(string source, DetectorModel model, IReadOnlyList<IBaseline> baselines, IReadOnlyDictionary<double, double[]> thresholds)
    {
        Source = source;
        Model = model;
        Baselines = baselines;
        Thresholds = thresholds;
    }

    /// <summary>The source held out.</summary>
    public string Source { get; }

    /// <summary>The product's model.</summary>
    public DetectorModel Model { get; }

    /// <summary>The baselines, trained.</summary>
    public IReadOnlyList<IBaseline> Baselines { get; }

    /// <summary>Thresholds of the baselines by nominal rate.</summary>
    public IReadOnlyDictionary<double, double[]> Thresholds { get; }

    /// <summary>The same with change evidence, trained on candidates of the other sources.</summary>
    public Fold With(IEnumerable<ChangeSample> changes, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var steps = progress is null ? null : new Steps(progress, $"train without {Source}");
        var change = ChangeTrainer.Fit([.. changes.Where(c => c.Source != Source)], options.Training.Change, options.Seed, steps, cancel);
        return new Fold(Source, Model.With(change), Baselines, Thresholds);
    }

    /// <summary>The product without the baselines.</summary>
    public Fold Alone() => new(Source, Model, [], Thresholds);

    /// <summary>The product alone, with evidence of daily energy that saw nothing of the source either.</summary>
    public Fold WithDaily(DailyModel daily) => new(Source, Model.WithDaily(daily), [], Thresholds);

    /// <summary>Trains everything on the material of the other sources.</summary>
    /// <exception cref="InvalidOperationException">A training window shares its source or site with what is held out: a fault of the corpus.</exception>
    public static Fold Train(
        string source, IReadOnlyList<TrainingMaterial> material, IReadOnlySet<string> heldOutSites, EvaluationRunOptions options,
        IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var training = material.Where(m => m.Source != source).SelectMany(m => m.Windows).ToArray();
        if (training.FirstOrDefault(w => w.Recipe.Source == source || heldOutSites.Contains(w.Recipe.Site)) is { } leak)
        {
            throw new InvalidOperationException($"'{leak.Recipe.Name}' is in training although {source} is held out.");
        }

        var steps = progress is null ? null : new Steps(progress, $"train without {source}");
        var model = Trainer.Fit(ProfiledWindow.ToSamples(training), options.Training, steps, cancel);
        var samples = training.Select(w => w.ToBaselineSample()).ToArray();
        var baselines = BaselineCatalog.Default().All;
        foreach (var baseline in baselines)
        {
            cancel.ThrowIfCancellationRequested();
            baseline.Fit(samples, options.Seed);
        }

        return new Fold(source, model, baselines, BaselineThresholds(training, options));
    }

    /// <summary>For each rate the score that at most that share of honest training windows reaches, in the strictest source.</summary>
    private static Dictionary<double, double[]> BaselineThresholds(ProfiledWindow[] training, EvaluationRunOptions options)
    {
        var scores = LeftOutScores(training, options.Seed);
        var bySource = Enumerable.Range(0, training.Length)
            .Where(i => training[i].Recipe is { Class: SampleClass.Honest, Days: PlanSizes.LongDays } && Counts(training, i))
            .GroupBy(i => training[i].Recipe.Source, StringComparer.Ordinal).ToArray();
        return options.NominalRates.ToDictionary(rate => rate, rate => Enumerable.Range(0, scores.Length).Select(b =>
            bySource.Select(windows => Quantile.Of(windows.Select(i => scores[b][i]), 1 - rate)).DefaultIfEmpty(double.MaxValue).Max()).ToArray());
    }

    /// <summary>Recorded windows set thresholds; simulated ones only where nothing was recorded.</summary>
    private static bool Counts(ProfiledWindow[] training, int index) =>
        training[index].Recipe.Real || !Array.Exists(training, w => w.Recipe.Real);

    /// <summary>Scores by baselines that did not see the window's site: a threshold on seen windows would be too low.</summary>
    private static double[][] LeftOutScores(ProfiledWindow[] training, int seed)
    {
        var foldOf = SiteIndex.Folds(training.Select(w => w.Recipe.Site), ThresholdFolds, seed);
        var count = BaselineCatalog.Default().All.Count;
        var scores = Enumerable.Range(0, count).Select(_ => new double[training.Length]).ToArray();
        for (var k = 0; k < ThresholdFolds; k++)
        {
            var rest = training.Where(w => foldOf[w.Recipe.Site] != k).Select(w => w.ToBaselineSample()).ToArray();
            var baselines = BaselineCatalog.Default().All;
            for (var b = 0; b < count; b++)
            {
                baselines[b].Fit(rest, seed);
                for (var i = 0; i < training.Length; i++)
                {
                    scores[b][i] = foldOf[training[i].Recipe.Site] == k ? baselines[b].Score(training[i].Statistics) : scores[b][i];
                }
            }
        }

        return scores;
    }

    /// <summary>Names the fold in front of the trainer's own lines.</summary>
    private sealed class Steps(IProgress<AnalysisProgress> progress, string step) : IProgress<string>
    {
        public void Report(string value) => progress.Report(new AnalysisProgress($"{step}: {value}", 0, 0));
    }
}
