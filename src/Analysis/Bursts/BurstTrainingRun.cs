// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Training;
using Detector.Detection.Bursts;

namespace Detector.Analysis.Bursts;

/// <summary>Fits the evidence of bursts on recordings of seconds and simulation and writes it beside a model with its card.</summary>
public static class BurstTrainingRun
{
    /// <summary>Fewest honest recordings of seconds for which it is fitted: simulation alone would only know the simulator.</summary>
    private const int LeastRecordings = 10;

    /// <summary>Trains into the version's folder; null where there are no recordings of seconds, which is said in a line of progress.</summary>
    /// <exception cref="AnalysisException">An option is out of range or a folder is not there.</exception>
    public static Task<BurstTraining?> RunAsync(TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => Run(options, progress, cancel), cancel);
    }

    internal static BurstTraining? Run(TrainingRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var recorded = options.RecordingsFolder is { } folder ? RecordedBursts.Read(folder, cancel) : [];
        if (recorded.Count(l => !l.Hashing) < LeastRecordings || !recorded.Any(l => l.Hashing))
        {
            progress?.Report(new AnalysisProgress("no recordings of seconds: bursts are not trained", 0, 0));
            return null;
        }

        progress?.Report(new AnalysisProgress("cut bursts", recorded.Count, recorded.Count));
        var samples = BurstMaterial.Of(recorded.Concat(SimulatedBursts.Of(options.Seed, options.Quick)));
        progress?.Report(new AnalysisProgress("fit bursts", samples.Count, samples.Count));
        var burst = new BurstOptions { Prior = options.Training.PurePrior + options.Training.MixedPrior };
        burst.NotForThresholds.Add(SimulatedBursts.Honest);
        var training = BurstTrainer.Fit(samples, burst, cancel);
        training.Model.Save(options.VersionFolder);
        File.WriteAllText(Path.Combine(options.VersionFolder, BurstCard.FileName), BurstCard.Write(training, burst, options.Seed));
        return training;
    }
}
