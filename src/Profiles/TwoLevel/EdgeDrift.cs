// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.TwoLevel;

/// <summary>How far the hours of switching wander from week to week: the sun's do, a timer's do not.</summary>
/// <remarks>
/// Each hour becomes its place between the off level (0) and the on level (1); each hour of day has a median a week. The
/// wander of an hour is the range of its weekly medians, and the largest of 24 counts. Medians, so that an outage of a day
/// or two moves nothing.
/// </remarks>
internal static class EdgeDrift
{
    private const int LeastWeeks = 3;

    /// <summary>Largest wander of an hour of day, 0 to 1; NaN with fewer than three weeks or without two levels.</summary>
    public static float Of(DayGrid days, float off, float on)
    {
        var weeks = days.Count / 7;
        if (weeks < LeastWeeks || !(on > off))
        {
            return float.NaN;
        }

        var largest = float.NaN;
        for (var hour = 0; hour < 24; hour++)
        {
            var wander = Wander(days, weeks, hour, off, on);
            largest = wander > largest || float.IsNaN(largest) ? wander : largest;
        }

        return largest;
    }

    private static float Wander(DayGrid days, int weeks, int hour, float off, float on)
    {
        Span<float> week = stackalloc float[7];
        float low = float.NaN, high = float.NaN;
        for (var w = 0; w < weeks; w++)
        {
            var n = 0;
            for (var day = 0; day < 7; day++)
            {
                var value = days.Row((w * 7) + day)[hour];
                if (!float.IsNaN(value))
                {
                    week[n++] = Math.Clamp((value - off) / (on - off), 0, 1);
                }
            }

            var median = n < 4 ? float.NaN : Quantiles.Median(week[..n]);
            low = median < low || float.IsNaN(low) ? median : low;
            high = median > high || float.IsNaN(high) ? median : high;
        }

        return high - low;
    }
}
