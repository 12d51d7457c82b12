// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Daily;
using Detector.Metering;
using Detector.Profiles;
using Detector.Profiles.Daily;
using Detector.Testing;

namespace Detector.Detection.Tests.Daily;

/// <summary>Evidence of daily energy fitted once on a few hundred windows by formula, and a model folder that holds it.</summary>
internal static class SmallDaily
{
    private static readonly Lazy<IReadOnlyList<TrainingSample>> Made = new(() => [.. Make()]);

    private static readonly Lazy<DailyModel> Fitted = new(() => DailyTrainer.Fit(Made.Value, Options, null, CancellationToken.None));

    private static readonly Lazy<DetectorModel> Beside = new(() =>
    {
        using var folder = new TemporaryFolder();
        SmallModel.Model.Save(folder.Path);
        Fitted.Value.Save(folder.Path);
        return DetectorModel.Load(folder.Path);
    });

    public static TrainingOptions Options => new() { Folds = 3, Daily = new BoostingOptions { Trees = 60, Leaves = 4, MinimumLeafSamples = 5 } };

    public static IReadOnlyList<TrainingSample> Samples => Made.Value;

    public static DailyModel Model => Fitted.Value;

    public static Judge Judge => new(Beside.Value, SmallModel.Profiles, new JudgeOptions());

    public static LoadProfile Profile(LoadSeries series) => DailyCatalog.Default().Build(series, "Etc/UTC");

    /// <summary>A building: week, season, noise with memory.</summary>
    public static LoadSeries Honest(int days, int seed)
    {
        var chance = new Random(seed);
        var (weekend, season, noise, level) = (0.3 + (0.65 * chance.NextDouble()), 0.3 * chance.NextDouble(), 0.01 + (0.05 * chance.NextDouble()), 20 + (300 * chance.NextDouble()));
        if (seed % 3 == 0)
        {
            (weekend, season, noise) = (0.99, 0.02, 0.006); // as even as machines: evenness must not be all there is to learn
        }

        var memory = 0.0;
        return Loads.Series(
            days,
            d =>
            {
                memory = (0.7 * memory) + (noise * (chance.NextDouble() - 0.5));
                return level * (d % 7 < 5 ? 1 : weekend) * (1 + memory + (season * Math.Sin(d / 58.0)));
            },
            TimeSpan.FromDays(1));
    }

    /// <summary>Machines at a fixed point with outages of hours; what was there before stays beside them.</summary>
    public static LoadSeries Mining(int days, int seed, int fromDay = 0, double kilowatts = 200)
    {
        var chance = new Random(seed);
        var (noise, outages) = (0.002 + (0.008 * chance.NextDouble()), 0.02 + (0.1 * chance.NextDouble()));
        return Loads.Series(
            days,
            d => (d < fromDay ? 0.05 : 1) * kilowatts * (1 + (noise * (chance.NextDouble() - 0.5))) * (chance.NextDouble() < outages ? 1 - (0.3 * chance.NextDouble()) : 1),
            TimeSpan.FromDays(1));
    }

    private static IEnumerable<TrainingSample> Make()
    {
        int[] lengths = [28, 91, 182, 365];
        for (var i = 0; i < 160; i++)
        {
            var days = lengths[i % 4];
            yield return new(Profile(Honest(days, i)), SampleClass.Honest, 0, i % 8 < 4 ? "town" : "campus", $"building-{i}", null, 1);
            yield return new(Profile(Mining(days, 1000 + i, i % 3 == 0 ? days / 2 : 0)), SampleClass.PureMining, 1, "formula", $"mine-{i}", "steady", 1);
        }
    }
}
