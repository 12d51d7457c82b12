// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>A load on the site's wall clock: hour 168 k + j is always the same hour of the week.</summary>
/// <remarks>The hour that the clock skips in spring is missing; of the two that it repeats in autumn the first stands.</remarks>
internal sealed class WallClock
{
    private readonly int[] _utcHour;
    private readonly int _firstHourOfWeek;

    private WallClock(float[] kilowatts, int[] utcHour, int firstHourOfWeek)
    {
        Kilowatts = kilowatts;
        _utcHour = utcHour;
        _firstHourOfWeek = firstHourOfWeek;
    }

    /// <summary>Mean kW of each local hour from the first day's midnight; NaN where unknown.</summary>
    public float[] Kilowatts { get; }

    /// <summary>Number of local hours.</summary>
    public int Count => Kilowatts.Length;

    public static WallClock Of(HourlyLoad load)
    {
        if (load.Count == 0)
        {
            return new WallClock([], [], 0);
        }

        var local = load.Local;
        int IndexOf(int hour) => ((local.Day[hour] - local.Day[0]) * 24) + (local.HourOfWeek[hour] % 24);
        var count = IndexOf(load.Count - 1) + 1;
        var kilowatts = new float[count];
        var utcHour = new int[count];
        Array.Fill(kilowatts, float.NaN);
        Array.Fill(utcHour, -1);
        for (var hour = 0; hour < load.Count; hour++)
        {
            var index = IndexOf(hour);
            if (index < count && utcHour[index] < 0)
            {
                kilowatts[index] = load.Kilowatts[hour];
                utcHour[index] = hour;
            }
        }

        return new WallClock(kilowatts, utcHour, local.HourOfWeek[0] / 24 * 24);
    }

    /// <summary>Hour of the week, 0 for Monday midnight.</summary>
    public int HourOfWeek(int index) => (_firstHourOfWeek + index) % HourlyLoad.WeekHours;

    /// <summary>The hour of the load that a local hour is; the next one where there is none.</summary>
    public int UtcHour(int index)
    {
        var at = Math.Clamp(index, 0, Count - 1);
        while (_utcHour[at] < 0 && at < Count - 1)
        {
            at++;
        }

        return Math.Max(0, _utcHour[at]) + (index - Math.Clamp(index, 0, Count - 1));
    }

    /// <summary>The local hour in which an hour of the load falls, or the first after it.</summary>
    public int IndexOf(int utcHour)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = UtcHour(middle) < utcHour ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
