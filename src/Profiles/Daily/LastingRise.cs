// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>The largest rise of the daily level that lasted to the end of the window.</summary>
/// <param name="Day">Index of the first day after it.</param>
/// <param name="Before">Level of the weeks before in kW, week taken out.</param>
/// <param name="After">Level of the weeks after in kW.</param>
public readonly record struct LastingRise(int Day, float Before, float After)
{
    /// <summary>Fewest days on either side.</summary>
    public const int LeastDays = 14;

    internal const int Reach = 28; // days whose median is the level on either side
    private const int LeastKnown = 10;

    /// <summary>What was added in kW; over zero.</summary>
    public float Added => After - Before;

    /// <summary>Finds it in a weekless load; null where none rose and stayed.</summary>
    /// <remarks>
    /// Of every day with two weeks on either side, the one where the median of the four weeks after, or of all days after
    /// where that is lower, is highest above the median of the four weeks before; then the sharpest day within a week of it.
    /// </remarks>
    public static LastingRise? Find(float[] weekless)
    {
        ArgumentNullException.ThrowIfNull(weekless);
        LastingRise? best = null;
        var known = new float[weekless.Length];
        for (var day = LeastDays; day <= weekless.Length - LeastDays; day++)
        {
            var before = Median(weekless, day - Reach, day, known);
            var after = Math.Min(Median(weekless, day, day + Reach, known), Median(weekless, day, weekless.Length, known));
            if (after - before > (best?.Added ?? 0))
            {
                best = new LastingRise(day, before, after);
            }
        }

        return best is { } found ? found with { Day = Sharpest(weekless, found.Day) } : null;
    }

    private static float Median(float[] values, int from, int to, float[] known)
    {
        var n = 0;
        for (var i = Math.Max(0, from); i < Math.Min(values.Length, to); i++)
        {
            if (!float.IsNaN(values[i]))
            {
                known[n++] = values[i];
            }
        }

        return n >= LeastKnown ? Quantiles.Median(known.AsSpan(0, n)) : float.NaN;
    }

    private static int Sharpest(float[] values, int around)
    {
        var (sharpest, most) = (around, double.NegativeInfinity);
        for (var day = Math.Max(3, around - 7); day <= Math.Min(values.Length - 3, around + 7); day++)
        {
            var rise = Moments.Mean(values.AsSpan(day, 3)) - Moments.Mean(values.AsSpan(day - 3, 3));
            if (rise > most)
            {
                (sharpest, most) = (day, rise);
            }
        }

        return sharpest;
    }
}
