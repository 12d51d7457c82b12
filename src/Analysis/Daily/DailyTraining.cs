// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Detection.Daily;

namespace Detector.Analysis.Daily;

/// <summary>Makes the windows of daily energy and fits the evidence on them.</summary>
internal static class DailyTraining
{
    /// <summary>Role of training windows.</summary>
    public const string Role = "train";

    /// <summary>Fits the evidence on a corpus and writes it beside the model; a corpus of too few sites for the folds writes none.</summary>
    public static void Save(HonestCorpus corpus, TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var windows = Material(corpus, options.Seed, options.Quick, options.Threads, progress, cancel).SelectMany(m => m.Value).ToArray();
        if (windows.Where(w => w.Recipe.Class == SampleClass.Honest).Select(w => w.Recipe.Site).Distinct(StringComparer.Ordinal).Count() < options.Training.Folds)
        {
            progress?.Report(new AnalysisProgress("daily energy: too few sites, left out", 0, 0));
            return;
        }

        DailyTrainer.Fit(DailyWindow.ToSamples(windows), options.Training, progress is null ? null : new Lines(progress), cancel).Save(options.VersionFolder);
    }

    /// <summary>Training windows by source. Without recordings the simulated loads at hand are all there is.</summary>
    public static SortedDictionary<string, DailyWindow[]> Material(
        HonestCorpus corpus, int seed, bool quick, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var isReal = corpus.Loads.Any(l => l.Real);
        var plan = quick || !isReal ? DailyTrainingPlan.Quick : DailyTrainingPlan.Full;
        IReadOnlyList<RecordedLoad> loads = isReal
            ? [.. DailyCorpus.Recorded(corpus), .. DailyCorpus.Simulated(plan.SimulatedSites, [SimulatedHonest.Source], Role, seed, threads)]
            : [.. corpus.Loads.Select(DailyCorpus.ByDay)];
        var mining = new MiningLoads(seed);
        var mines = loads.Select(l => l.Source).Distinct(StringComparer.Ordinal).Count(s => !isReal || s != SimulatedHonest.Source);
        var bySource = new SortedDictionary<string, DailyWindow[]>(StringComparer.Ordinal);
        foreach (var source in loads.GroupBy(l => l.Source, StringComparer.Ordinal))
        {
            var share = isReal && source.Key == SimulatedHonest.Source ? 0 : 1.0 / mines;
            bySource[source.Key] = DailyWindow.Of(plan.Of([.. source], mining, Role, share), $"profile days, {source.Key}", threads, progress, cancel);
        }

        return bySource;
    }

    /// <summary>The trainer's own lines as progress.</summary>
    internal sealed class Lines(IProgress<AnalysisProgress> progress) : IProgress<string>
    {
        public void Report(string value) => progress.Report(new AnalysisProgress("train: " + value, 0, 0));
    }
}
