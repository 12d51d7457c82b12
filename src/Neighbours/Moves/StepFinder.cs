// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Neighbours;

/// <summary>Finds lasting steps of a load: the median by hour of day of two weeks after against two weeks before.</summary>
/// <remarks>
/// Whole weeks, so that weekends weigh the same on either side. A step counts where it exceeds six percent of the level and
/// five times what such medians usually change by, and is the largest within ten days. Cannot tell apart: a load that moved,
/// and one that was switched off while another was switched on; hence the match of size and date, and its chance.
/// </remarks>
internal static class StepFinder
{
    private const int Day = 24;
    private const int Reach = 14; // days before and after
    private const int Least = 7; // days on either side
    private const int Apart = 10; // days
    private const double LeastShare = 0.06;
    private const double UsualShare = 0.3; // of the days: a step is seen from two weeks off on either side, so not the median
    private const double Multiple = 5;
    private const int MostSteps = 8;

    public static LevelStep[] Find(HourlyLoad load, long first, NeighbourOptions options)
    {
        var days = load.Count / Day;
        var daily = Enumerable.Range(0, days).Select(d => Numbers.Median(load.Kilowatts.Skip(d * Day).Take(Day).Select(v => (double)v))).ToArray();
        var sizes = new double[days];
        for (var d = Least; d <= days - Least; d++)
        {
            var reach = ReachAt(d, days);
            var size = Numbers.Median(daily.Skip(d).Take(reach)) - Numbers.Median(daily.Skip(d - reach).Take(reach));
            sizes[d] = double.IsFinite(size) ? size : 0;
        }

        var usual = Numbers.Quantile(sizes.Skip(Least).SkipLast(Least - 1).Select(Math.Abs), UsualShare);
        return [.. Enumerable.Range(0, days)
            .Where(d => Stands(sizes, d, usual, options))
            .Select(d => (Day: d, Step: At(load, d, ReachAt(d, days))))
            .Where(s => Math.Abs(s.Step.Kilowatts) >= Math.Max(options.LeastMovedKilowatts, LeastShare * s.Step.Level))
            .Select(s => new LevelStep(first + ((long)s.Day * Day), s.Step.Kilowatts, s.Step.Constancy))
            .OrderByDescending(s => Math.Abs(s.Kilowatts))
            .Take(MostSteps)
            .OrderBy(s => s.Hour)];
    }

    private static int ReachAt(int day, int days) => Math.Min(Reach, Math.Min(day, days - day)) / 7 * 7;

    private static bool Stands(double[] sizes, int day, double usual, NeighbourOptions options)
    {
        var size = Math.Abs(sizes[day]);
        if (size < options.LeastMovedKilowatts / 2 || size < Multiple * usual)
        {
            return false;
        }

        for (var d = Math.Max(0, day - Apart); d <= Math.Min(sizes.Length - 1, day + Apart); d++)
        {
            if (Math.Abs(sizes[d]) > size || (d < day && Math.Abs(sizes[d]) == size))
            {
                return false;
            }
        }

        return true;
    }

    private static (float Kilowatts, float Constancy, float Level) At(HourlyLoad load, int day, int reach)
    {
        Span<double> differences = stackalloc double[Day];
        var known = 0;
        double level = 0;
        for (var hour = 0; hour < Day; hour++)
        {
            var before = Median(load, day - reach, day, hour);
            var after = Median(load, day, day + reach, hour);
            if (double.IsFinite(after - before))
            {
                differences[known++] = after - before;
                level = Math.Max(level, Math.Max(before, after));
            }
        }

        if (known < Day / 2)
        {
            return default;
        }

        var sorted = differences[..known].ToArray();
        Array.Sort(sorted);
        var median = sorted[known / 2];
        var (low, high) = median < 0 ? (-sorted[known * 9 / 10], -sorted[known / 10]) : (sorted[known / 10], sorted[known * 9 / 10]);
        var size = Math.Abs(median);
        return ((float)median, size > 0 ? (float)(Math.Min(low, (2 * size) - high) / size) : 0, (float)level);
    }

    private static double Median(HourlyLoad load, int from, int to, int hour)
    {
        Span<float> values = stackalloc float[Reach];
        var n = 0;
        for (var d = from; d < to; d++)
        {
            var v = load.Kilowatts[(d * Day) + hour];
            if (!float.IsNaN(v))
            {
                values[n++] = v;
            }
        }

        if (n < 3)
        {
            return double.NaN;
        }

        values[..n].Sort();
        return n % 2 == 1 ? values[n / 2] : (values[(n / 2) - 1] + values[n / 2]) / 2;
    }
}
