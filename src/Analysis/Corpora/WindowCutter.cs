// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>Cuts a load into disjoint windows that are present enough to be judged.</summary>
/// <remarks>
/// Goes through the load from its first value; a window that is present enough is taken and the next starts at its end,
/// otherwise the start moves on by a day, so that gaps are stepped over rather than filled.
/// </remarks>
internal static class WindowCutter
{
    /// <summary>Least share of slots with a value; the least that the decision ladder accepts as well.</summary>
    public const double LeastCoverage = 0.9;

    /// <summary>Disjoint windows of <paramref name="days"/> days, in order of time.</summary>
    public static IReadOnlyList<HonestWindow> Cut(RecordedLoad load, int days)
    {
        var series = load.Load;
        var day = (int)Math.Round(TimeSpan.FromDays(1) / series.Cadence);
        var length = day * days;
        var present = Present(series.PowerKilowatts);
        var windows = new List<HonestWindow>();
        var start = Array.FindIndex(series.PowerKilowatts, v => !float.IsNaN(v));
        while (start >= 0 && start + length <= series.Count)
        {
            if (present[start + length] - present[start] < LeastCoverage * length)
            {
                start += day;
                continue;
            }

            var range = new TimeRange(series.TimeOf(start), series.TimeOf(start + length));
            windows.Add(new HonestWindow(load, series.Slice(range), days));
            start += length;
        }

        return windows;
    }

    /// <summary>At most <paramref name="most"/> of the windows, evenly spread over time; the stated rule of sub-sampling.</summary>
    public static IReadOnlyList<HonestWindow> Spread(IReadOnlyList<HonestWindow> windows, int most) =>
        windows.Count <= most ? windows : [.. Enumerable.Range(0, most).Select(i => windows[(int)((i + 0.5) * windows.Count / most)])];

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
