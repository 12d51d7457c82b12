// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Calendar;

/// <summary>Mean load by hour of day over chosen local days.</summary>
internal static class MeanDays
{
    /// <summary>The mean of each hour over the rows that <paramref name="take"/> admits; NaN where none is known.</summary>
    public static float[] Of(DayGrid days, Func<int, bool> take)
    {
        Span<double> sums = stackalloc double[24];
        Span<int> counts = stackalloc int[24];
        sums.Clear();
        counts.Clear();
        for (var row = 0; row < days.Count; row++)
        {
            if (!take(row))
            {
                continue;
            }

            var hours = days.Row(row);
            for (var h = 0; h < 24; h++)
            {
                if (!float.IsNaN(hours[h]))
                {
                    sums[h] += hours[h];
                    counts[h]++;
                }
            }
        }

        var mean = new float[24];
        for (var h = 0; h < 24; h++)
        {
            mean[h] = counts[h] == 0 ? float.NaN : (float)(sums[h] / counts[h]);
        }

        return mean;
    }

    /// <summary>Highest minus lowest hour; NaN where an hour is unknown.</summary>
    public static float Range(ReadOnlySpan<float> day)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (var v in day)
        {
            low = Math.Min(low, v); // NaN stays NaN
            high = Math.Max(high, v);
        }

        return high - low;
    }

    /// <summary>Amplitude of the k-th harmonic of the day.</summary>
    public static double Harmonic(ReadOnlySpan<float> day, int k)
    {
        double re = 0, im = 0;
        for (var h = 0; h < 24; h++)
        {
            var angle = 2 * Math.PI * k * h / 24;
            re += day[h] * Math.Cos(angle);
            im += day[h] * Math.Sin(angle);
        }

        return Math.Sqrt((re * re) + (im * im)) / 12;
    }
}
