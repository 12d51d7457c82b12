// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>Median load by local hour of week over a stretch of hours; an hour of the week never seen is filled by its hour of day.</summary>
internal static class WeekProfile
{
    public static float[] Of(HourlyLoad load, int first, int end)
    {
        var weeks = ((end - first) / HourlyLoad.WeekHours) + 2;
        var buffer = new float[HourlyLoad.WeekHours * weeks];
        var counts = new int[HourlyLoad.WeekHours];
        for (var i = first; i < end; i++)
        {
            var hour = load.Local.HourOfWeek[i];
            if (!float.IsNaN(load.Kilowatts[i]) && counts[hour] < weeks)
            {
                buffer[(hour * weeks) + counts[hour]++] = load.Kilowatts[i];
            }
        }

        var profile = new float[HourlyLoad.WeekHours];
        for (var h = 0; h < profile.Length; h++)
        {
            profile[h] = Median(buffer.AsSpan(h * weeks, counts[h]));
        }

        Fill(profile);
        return profile;
    }

    /// <summary>The middle value; NaN for none. The span is reordered.</summary>
    public static float Median(Span<float> values) => At(values, 0.5);

    /// <summary>A quantile by linear interpolation; NaN for none. The span is reordered.</summary>
    public static float At(Span<float> values, double share)
    {
        if (values.IsEmpty)
        {
            return float.NaN;
        }

        values.Sort();
        var position = share * (values.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, values.Length - 1);
        return (float)(values[lower] + ((position - lower) * (values[upper] - values[lower])));
    }

    private static void Fill(float[] profile)
    {
        Span<float> same = stackalloc float[7];
        for (var h = 0; h < profile.Length; h++)
        {
            if (!float.IsNaN(profile[h]))
            {
                continue;
            }

            var n = 0;
            for (var other = h % 24; other < profile.Length; other += 24)
            {
                if (!float.IsNaN(profile[other]))
                {
                    same[n++] = profile[other];
                }
            }

            profile[h] = Median(same[..n]);
        }
    }
}
