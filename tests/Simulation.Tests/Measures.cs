// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests;

/// <summary>Plain statistics of a load, for tests.</summary>
internal static class Measures
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static double Mean(float[] load) => load.Average(v => (double)v);

    public static double Cv(float[] load)
    {
        var mean = Mean(load);
        return Math.Sqrt(load.Average(v => (v - mean) * (v - mean))) / mean;
    }

    public static double LoadFactor(float[] load) => Mean(load) / load.Max();

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Highest over lowest mean hour of the working day; hourly values in UTC+8.</summary>
    public static double WeekdayPeakToTrough(float[] hourly)
    {
        var byHour = Enumerable.Range(0, hourly.Length)
            .Where(i => Local(i).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .GroupBy(i => Local(i).Hour)
            .Select(g => g.Average(i => hourly[i]))
            .ToArray();
        return byHour.Max() / byHour.Min();
    }

    public static double MeanOfLocalHours(float[] hourly, int from, int to) =>
        Enumerable.Range(0, hourly.Length).Where(i => Local(i).Hour >= from && Local(i).Hour < to).Average(i => hourly[i]);

    public static double Correlation(float[] load, int lag)
    {
        var mean = Mean(load);
        var power = load.Average(v => (v - mean) * (v - mean));
        return Enumerable.Range(0, load.Length - lag).Average(i => (load[i] - mean) * (load[i + lag] - mean)) / power;
    }

    public static float[] Honest(string loadClass, long seed) =>
        HonestLoad.Generate(HonestLoad.Draw(loadClass, new Prng(seed)), Start, TimeSpan.FromHours(1), 24 * 91, seed);

    public static float[] Mining(string style, long seed) => MiningLoad.Generate(Plan(style, seed), Start, TimeSpan.FromHours(1), 24 * 91, seed);

    public static MiningPlan Plan(string style, long seed) => MiningPlan.Draw(style, 800, Region.All[1], new Prng(seed));

    private static DateTimeOffset Local(int hour) => Start.AddHours(hour + 8);
}
