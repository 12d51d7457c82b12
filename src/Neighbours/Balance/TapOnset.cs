// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Finds the hour from which something is drawn past the sub-meters, where before it nothing was.</summary>
/// <remarks>
/// Each hour is either nothing or the level after. The day is that of the best split by absolute deviations; the interval
/// holds 90 % of a Laplace likelihood that is divided by four for the memory of the remainder, as for any load
/// (docs/decisions/0005). What draws on a clock or grows from nothing has an indication only.
/// </remarks>
internal static class TapOnset
{
    private const int Day = 24;
    private const int Least = 3 * Day; // hours on either side
    private const double Temperature = 4;
    private const double Content = 0.9;

    /// <summary>First, likeliest and last hour, or null where the remainder was there from the start or never came.</summary>
    public static (int Earliest, int Likely, int Latest)? Find(double[] left, double error)
    {
        var level = Level(left, error, out var from);
        if (!(level >= error) || from < Least || left.Length - from < Least)
        {
            return null;
        }

        var before = left[..from].Where(double.IsFinite).ToArray();
        if (before.Length < Least / 2 || Numbers.Quantile(before, 0.9) >= error)
        {
            return null;
        }

        var first = Math.Max(1, from - (4 * Day));
        var last = Math.Min(left.Length - 1, from + (4 * Day));
        var spread = Math.Max(Numbers.Median(before.Select(Math.Abs)), 0.01 * level);
        return Interval(left, level, spread, first, last);
    }

    // The first day from which on the median of each following week stays over half the level of the end.
    private static double Level(double[] left, double error, out int from)
    {
        const int Week = 7 * Day;
        from = 0;
        var level = Numbers.Median(left.TakeLast(28 * Day));
        if (!(level >= error))
        {
            level = Numbers.Median(left.TakeLast(Week));
        }

        for (var day = 0; level >= error && (day * Day) + Day <= left.Length; day++)
        {
            if (Numbers.Median(left.Skip(day * Day).Take(Day)) >= level / 2)
            {
                from = day * Day;
                level = Numbers.Median(left.Skip(from));
                break;
            }
        }

        return level;
    }

    private static (int Earliest, int Likely, int Latest) Interval(double[] left, double level, double spread, int first, int last)
    {
        var gains = new double[last - first + 1];
        for (var i = last - 1; i >= first; i--)
        {
            var gain = double.IsFinite(left[i]) ? (Math.Abs(left[i]) - Math.Abs(left[i] - level)) / spread : 0;
            gains[i - first] = gains[i - first + 1] + gain;
        }

        var best = gains.Max();
        var likely = Array.IndexOf(gains, best);
        var weights = Array.ConvertAll(gains, g => Math.Exp((g - best) / Temperature));
        var (low, high, held, total) = (likely, likely, weights[likely], weights.Sum());
        while (held < Content * total && (low > 0 || high < weights.Length - 1))
        {
            var below = low > 0 ? weights[low - 1] : -1;
            var above = high < weights.Length - 1 ? weights[high + 1] : -1;
            held += Math.Max(below, above);
            (low, high) = below >= above ? (low - 1, high) : (low, high + 1);
        }

        return (first + low, first + likely, first + high + 1); // it began before the end of its hour
    }
}
