// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>What each hour usually is, by the same hour of four weeks: before it, or from it on.</summary>
/// <remarks>
/// With four weeks either way, the profiles by hour of week before and after a moment t are 168 consecutive values from t
/// on: one pass over the hours serves every t (detection-change research, section 6).
/// </remarks>
internal static class WeekMedians
{
    /// <summary>Weeks either way.</summary>
    public const int Weeks = 4;

    /// <summary>Median of the same hour of the four weeks before; NaN where none is known.</summary>
    public static float Back(ReadOnlySpan<float> hours, int index) => Of(hours, index - HourlyLoad.WeekHours, -HourlyLoad.WeekHours);

    /// <summary>Median of this hour and the same of the three weeks after; NaN where none is known.</summary>
    public static float Ahead(ReadOnlySpan<float> hours, int index) => Of(hours, index, HourlyLoad.WeekHours);

    private static float Of(ReadOnlySpan<float> hours, int first, int stride)
    {
        Span<float> known = stackalloc float[Weeks];
        var n = 0;
        for (var week = 0; week < Weeks; week++)
        {
            var at = first + (week * stride);
            if ((uint)at >= (uint)hours.Length || float.IsNaN(hours[at]))
            {
                continue;
            }

            var value = hours[at];
            var place = n++;
            for (; place > 0 && known[place - 1] > value; place--)
            {
                known[place] = known[place - 1];
            }

            known[place] = value;
        }

        return n == 0 ? float.NaN : (known[(n - 1) / 2] + known[n / 2]) / 2;
    }
}
