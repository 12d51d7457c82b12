// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests.Change;

/// <summary>Change evidence fitted once on a few hundred candidates by formula.</summary>
internal static class SmallChange
{
    private const int Window = 91 * 24;
    private const int History = 427 * 24;

    private static readonly Lazy<IReadOnlyList<ChangeSample>> Made = new(() => [.. Make()]);

    private static readonly Lazy<ChangeModel> Fitted = new(Fit);

    public static IReadOnlyList<ChangeSample> Samples => Made.Value;

    public static ChangeModel Model => Fitted.Value;

    public static ChangeTrainingOptions Options => new()
    {
        Trees = new BoostingOptions { Trees = 30, Leaves = 6, MinimumLeafSamples = 5 },
        HistoryTrees = new BoostingOptions { Trees = 30, Leaves = 6, MinimumLeafSamples = 5 },
        Additive = new BoostingOptions { Trees = 60, Leaves = 2, MinimumLeafSamples = 5 },
        CaseRate = 0.01,
        WatchRate = 0.05,
    };

    public static ChangeModel Fit() => ChangeTrainer.Fit(Samples, Options, 1, null, CancellationToken.None)!;

    /// <summary>A building over thirteen months and a window, with something added at an hour before the end.</summary>
    public static LoadSeries Long(int seed, Func<int, double> added)
    {
        var load = Loads.Honest((History + Window) / 24, seed);
        return new LoadSeries(load.Meter, load.Start, load.Cadence, [.. load.PowerKilowatts.Select((v, i) => (float)(v + added(i - History - Window)))], load.Quality);
    }

    /// <summary>What was added over the last hours, at a level, with an outage now and then.</summary>
    public static Func<int, double> Mining(double kilowatts, int hours) => i => i < -hours ? 0 : kilowatts * (i % 301 == 0 ? 0.1 : 1 + (0.002 * Math.Sin(i)));

    private static IEnumerable<ChangeSample> Make()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var age = (10 + seed) * 24;
            foreach (var share in new[] { 0, 0.3, 0.5 })
            {
                var honest = Long(seed, _ => 0);
                var level = share / (1 - share) * honest.PowerKilowatts.Average();
                var load = HourlyLoad.From(Long(seed, share > 0 ? Mining(level, age) : Busy(seed, age)), "Etc/UTC");
                foreach (var history in new[] { true, false })
                {
                    var seen = history ? load : load.Slice(History, Window);
                    var reader = new ChangeReader(seen);
                    var candidates = reader.Candidates(history ? History : 0, seen.Count);
                    foreach (var c in candidates.Where(c => share == 0 || Math.Abs(c.Hour - (seen.Count - age)) < 48))
                    {
                        yield return Sample(c, seed, share, history, share > 0.4 && history ? reader.Trial(c, seen.Count - age, share) : null);
                    }
                }
            }
        }
    }

    /// <summary>An honest addition: more in working hours.</summary>
    private static Func<int, double> Busy(int seed, int hours) => i => i < -hours ? 0 : (10 + seed) * Math.Max(0, Math.Sin(i % 24 * Math.PI / 12));

    private static ChangeSample Sample(ChangeCandidate candidate, int seed, double share, bool history, OnsetTrial? trial) => new()
    {
        Values = candidate.Values,
        IsMining = share > 0,
        WithHistory = history,
        LevelKilowatts = candidate.LevelKilowatts,
        Share = share,
        Source = seed % 2 == 0 ? "town" : "campus",
        Site = $"building-{seed}",
        Window = $"building-{seed} {candidate.Hour / Window}",
        Trial = trial,
    };
}
