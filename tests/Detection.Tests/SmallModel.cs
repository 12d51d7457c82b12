// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Tests;

/// <summary>A model fitted once on a few hundred windows by formula.</summary>
internal static class SmallModel
{
    private static readonly Lazy<IReadOnlyList<TrainingSample>> Made = new(() => [.. Make()]);

    private static readonly Lazy<DetectorModel> Fitted = new(() => Fit(Made.Value));

    public static ProfileBuilder Profiles { get; } = new(FeatureCatalog.Default());

    public static IReadOnlyList<TrainingSample> Samples => Made.Value;

    public static TrainingOptions Options => new()
    {
        Folds = 3,
        Dealings = 1,
        WatchRate = 0.05, // of so few windows one in a hundred is none, and a watch then asks for as much as a case
        Pure = new BoostingOptions { Trees = 40, Leaves = 4, MinimumLeafSamples = 5 },
        Mixed = new BoostingOptions { Trees = 30, Leaves = 8, MinimumLeafSamples = 5 },
    };

    public static DetectorModel Model => Fitted.Value;

    public static DetectorModel Fit(IReadOnlyList<TrainingSample> samples) => Trainer.Fit(samples, Options, null, CancellationToken.None);

    private static IEnumerable<TrainingSample> Make()
    {
        for (var i = 0; i < 80; i++)
        {
            var days = i % 4 == 0 ? 28 : 91;
            var source = i % 2 == 0 ? "town" : "campus";
            var site = $"building-{i}";
            yield return new(Of(Loads.Honest(days, i)), SampleClass.Honest, 0, source, site, null, 1);
            yield return new(Of(Loads.Mining(days, 1000 + i)), SampleClass.PureMining, 1, "formula", $"mine-{i}", "steady", 1);
            yield return new(Of(Loads.Mixture(days, i, 0.5)), SampleClass.Mixture, 0.5, source, site, "steady", 0.5);
        }
    }

    private static LoadProfile Of(Metering.LoadSeries series) => Profiles.Build(series, Loads.Unregistered);
}
