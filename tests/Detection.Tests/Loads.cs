// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Tests;

/// <summary>Small honest and mining loads by formula: enough to fit and exercise a model, not to judge one.</summary>
internal static class Loads
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static readonly MeterRegistration Unregistered = MeterRegistration.Unregistered(MeterId.Of("m-1"));

    public static LoadSeries Series(int days, Func<int, double> kilowatts, TimeSpan? cadence = null)
    {
        var step = cadence ?? TimeSpan.FromHours(1);
        var count = (int)(TimeSpan.FromDays(days) / step);
        return new LoadSeries(
            MeterId.Of("m-1"), Monday, step, [.. Enumerable.Range(0, count).Select(i => (float)kilowatts(i))], new QualityFlags[count]);
    }

    /// <summary>A building: rhythm of day and week, noise with memory, a wandering level.</summary>
    public static LoadSeries Honest(int days, int seed)
    {
        var chance = new Random(seed);
        var (night, day, weekend, noise) = (20 + (60 * chance.NextDouble()), 10 + (80 * chance.NextDouble()), chance.NextDouble(), 0.02 + (0.06 * chance.NextDouble()));
        double memory = 0, level = 1;
        return Series(days, hour =>
        {
            memory = (0.8 * memory) + (noise * (chance.NextDouble() - 0.5));
            level += 0.0015 * (chance.NextDouble() - 0.5);
            var busy = hour / 24 % 7 < 5 ? 1 : weekend;
            var rhythm = night + (day * busy * Math.Max(0, Math.Sin(Math.PI * ((hour % 24) - 6) / 13)));
            return level * rhythm * (1 + memory);
        });
    }

    /// <summary>Machines at a fixed operating point, with short outages in common.</summary>
    public static LoadSeries Mining(int days, int seed, double kilowatts = 200)
    {
        var chance = new Random(seed);
        var (noise, outages) = (0.002 + (0.006 * chance.NextDouble()), 0.001 + (0.004 * chance.NextDouble()));
        return Series(days, _ => kilowatts * (1 + (noise * (chance.NextDouble() - 0.5))) * (chance.NextDouble() < outages ? 0.1 : 1));
    }

    /// <summary>Part mining, from an hour on.</summary>
    public static LoadSeries Mixture(int days, int seed, double share, int fromHour = 0)
    {
        var honest = Honest(days, seed);
        var mean = honest.PowerKilowatts.Average();
        var mining = Mining(days, seed + 1, mean * share / (1 - share));
        var sum = honest.PowerKilowatts.Select((v, i) => i < fromHour ? v : v + mining.PowerKilowatts[i]);
        return new LoadSeries(honest.Meter, honest.Start, honest.Cadence, [.. sum], honest.Quality);
    }
}
