// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Bursts;
using Detector.Analysis.Changes;
using Detector.Analysis.Corpora;
using Detector.Analysis.Daily;
using Detector.Analysis.Injection;
using Detector.Analysis.References;
using Detector.Detection;

namespace Detector.Analysis.Training;

/// <summary>Fits a model on recordings and simulation and writes it with its card: what <c>detector train</c> does.</summary>
/// <remarks>
/// The same recordings, options and seed give the same <c>model.json</c>, byte for byte. Without recordings it trains on
/// simulated sites alone and says so on the card: such a model is for trying things out, not for sending inspectors.
/// </remarks>
public static class TrainingRun
{
    /// <summary>Simulated sites where nothing was recorded: they are then all there is.</summary>
    private const int SitesWithoutRecordings = 240;

    private const int QuickSitesWithoutRecordings = 90;

    /// <summary>File in the models folder that names the model in use, as <c>name/version</c>.</summary>
    public const string CurrentFile = "current";

    /// <summary>Runs a training.</summary>
    /// <exception cref="AnalysisException">An option is out of range, a folder is not there, or the version exists.</exception>
    public static Task<TrainingOutcome> RunAsync(TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(() => Run(Corpus(options, progress, cancel), options.Quick ? PlanSizes.Quick : PlanSizes.Full, options, progress, cancel), cancel);
    }

    internal static TrainingOutcome Run(
        HonestCorpus corpus, PlanSizes sizes, TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var mining = new MiningLoads(options.Seed);
        var inspected = options.Inspected is { } sites ? InspectedLoads.Of(sites, sizes, cancel) : InspectedLoads.None;
        corpus = corpus.With(inspected.Honest);
        TrainingMaterial[] material =
        [
            .. TrainingMaterial.Of(corpus, mining, sizes, options.Threads, progress, cancel),
            .. TrainingMaterial.Of(inspected, options.Threads, progress, cancel),
        ];
        var samples = ProfiledWindow.ToSamples([.. material.SelectMany(m => m.Windows)]);
        options.Training.Seed = options.Seed;
        options.Training.Threads = options.Training.Change.Threads = options.Threads;
        var lines = progress is null ? null : new Lines(progress);
        var changes = ChangeMaterial.Of(corpus.Loads, mining, sizes.Changes, options.Threads, progress, cancel);
        var model = Trainer.Fit(samples, options.Training, lines, cancel)
            .With(ChangeTrainer.Fit(changes, options.Training.Change, options.Seed, lines, cancel));
        model.Save(options.VersionFolder);
        ReferenceRun.Save(model, [.. material.SelectMany(m => m.Windows)], sizes, options, progress, cancel);
        WeekRun.Save(corpus, sizes, options, progress, cancel);
        DailyTraining.Save(corpus, options, progress, cancel);
        var card = new ModelCard(model, corpus.Sets, inspected, SimulationOnly(corpus), options);
        File.WriteAllText(Path.Combine(options.VersionFolder, ModelCard.FileName), card.Write());
        BurstTrainingRun.Run(options, progress, cancel);
        if (options.MakeCurrent)
        {
            File.WriteAllText(Path.Combine(options.ModelsFolder, CurrentFile), model.Id + "\n");
        }

        return new TrainingOutcome(model, options.VersionFolder, samples.Length, SimulationOnly(corpus), inspected.Summary);
    }

    private static bool SimulationOnly(HonestCorpus corpus) => !corpus.Loads.Any(l => l.Real);

    private static HonestCorpus Corpus(TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var sizes = options.Quick ? PlanSizes.Quick : PlanSizes.Full;
        var recorded = options.RecordingsFolder is null
            ? HonestCorpus.Empty
            : HonestCorpus.Read(options.RecordingsFolder, RecordingSets.Default(), options.Threads, progress, cancel);
        var sites = recorded.Loads.Count > 0 ? sizes.SimulatedHonestSites : options.Quick ? QuickSitesWithoutRecordings : SitesWithoutRecordings;
        progress?.Report(new AnalysisProgress("simulate honest sites", 0, sites));
        return recorded.With(SimulatedHonest.Of(sites, [SimulatedHonest.Source], options.Seed));
    }

    private sealed class Lines(IProgress<AnalysisProgress> progress) : IProgress<string>
    {
        public void Report(string value) => progress.Report(new AnalysisProgress("train: " + value, 0, 0));
    }
}
