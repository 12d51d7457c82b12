// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.References;
using Detector.Metering;

namespace Detector.Detection.Tests.References;

/// <summary>References of two uses and of mining, by formula: buildings, and cold stores that cycle by the hour.</summary>
internal static class SmallReferences
{
    private static readonly Lazy<ReferenceBook> Made = new(() => Fit(Samples()));

    public static ReferenceBook Book => Made.Value;

    public static DetectorModel Model { get; } = SmallModel.Model.WithReferences(Made.Value);

    public static ReferenceBook Fit(IReadOnlyList<ReferenceSample> samples) => ReferenceTrainer.Fit(SmallModel.Model, samples);

    public static IReadOnlyList<ReferenceSample> Samples() =>
    [
        .. Enumerable.Range(0, 120).Select(i => Sample(Loads.Honest(91, 9000 + i), DeclaredUse.Commercial, "building", $"building-{i}")),
        .. Enumerable.Range(0, 110).Select(i => Sample(Cycling(91, 9500 + i), DeclaredUse.ColdStorage, "cold_store", $"cold-{i}")),
        .. Enumerable.Range(0, 4).Select(i => Sample(Cycling(91, 9900 + i), DeclaredUse.Water, "pump", $"pump-{i}")),
        .. Enumerable.Range(0, 60).Select(i => Sample(Loads.Mining(91, 8000 + i), DeclaredUse.Unknown, "simulated_mining_steady", $"mine-{i}", isMining: true)),
    ];

    /// <summary>A compressor that runs every other hour, harder in the afternoon.</summary>
    public static LoadSeries Cycling(int days, int seed)
    {
        var chance = new Random(seed);
        var (rest, run) = (10 + (10 * chance.NextDouble()), 30 + (30 * chance.NextDouble()));
        return Loads.Series(days, hour => rest + (run * (hour % 2) * (1 + (0.2 * Math.Sin(Math.PI * (hour % 24) / 24))) * (0.95 + (0.1 * chance.NextDouble()))));
    }

    private static ReferenceSample Sample(LoadSeries load, DeclaredUse use, string kind, string site, bool isMining = false) => new(
        SmallModel.Profiles.Build(load, Loads.Unregistered), isMining, use, kind, $"{kind} by formula, 91 days", $"公式生成的{kind}，91天", site, Recorded: false, TrainedOn: false);
}
