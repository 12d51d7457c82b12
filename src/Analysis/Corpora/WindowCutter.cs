// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>Cuts a load into disjoint windows that are present enough to be judged.</summary>
/// <remarks>
/// Goes through the load from its first Monday; a window that is present enough is taken and the next starts at its end,
/// otherwise the start moves on by a week, so that gaps are stepped over rather than filled. Windows are whole weeks that
/// start on a Monday, so that windows of several buildings can be added up without two weekends in a week.
/// </remarks>
internal static class WindowCutter
{
    /// <summary>Least share of slots with a value; the least that the decision ladder accepts as well.</summary>
    public const double LeastCoverage = 0.9;

    /// <summary>Disjoint windows of <paramref name="days"/> days, in order of time.</summary>
    public static IReadOnlyList<LoadWindow> Cut(RecordedLoad load, int days)
    {
        var series = load.Load;
        var week = (int)Math.Round(TimeSpan.FromDays(7) / series.Cadence);
        var length = week / 7 * days;
        var present = Present(series.PowerKilowatts);
        var windows = new List<LoadWindow>();
        var start = FirstMonday(series);
        while (start + length <= series.Count)
        {
            if (present[start + length] - present[start] < LeastCoverage * length)
            {
                start += week;
                continue;
            }

            var range = new TimeRange(series.TimeOf(start), series.TimeOf(start + length));
            windows.Add(new LoadWindow(load, series.Slice(range), days));
            start += length;
        }

        return windows;
    }

    /// <summary>At most <paramref name="most"/> of the windows, evenly spread over time; the stated rule of sub-sampling.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> windows, int most) =>
        windows.Count <= most ? windows : [.. Enumerable.Range(0, most).Select(i => windows[(int)((i + 0.5) * windows.Count / most)])];

    private static int FirstMonday(LoadSeries series)
    {
        var first = Math.Max(0, Array.FindIndex(series.PowerKilowatts, v => !float.IsNaN(v)));
        while (first < series.Count && (series.TimeOf(first).DayOfWeek != DayOfWeek.Monday || series.TimeOf(first).Hour != 0))
        {
            first++;
        }

        return first;
    }

    private static int[] Present(float[] values)
    {
        var sums = new int[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + (float.IsNaN(values[i]) ? 0 : 1);
        }

        return sums;
    }
}
