// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Ladder;

/// <summary>Cuts the window out of a series and says what is known of its readings.</summary>
internal static class JudgedWindow
{
    // What is taken out at the start of a window for one of these is a gap.
    private const QualityFlags Faults = (HourlyLoad.Unusable | QualityFlags.ScaleJump) & ~QualityFlags.Missing;

    // A meter that comes back sends more than one reading; two thirds of a window of silence leave too little of it to judge.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(60);

    /// <summary>The last days before a moment, from the first reading on: a meter not yet there is not a gap.</summary>
    public static LoadSeries Of(LoadSeries series, DateTimeOffset? asOf, int days)
    {
        var end = asOf ?? EndOf(series);
        var start = end - TimeSpan.FromDays(days);
        var window = series.Slice(new TimeRange(start, end));
        var first = Array.FindIndex(window.PowerKilowatts, v => !float.IsNaN(v));
        return first <= 0 || window.Quality.Take(first).Any(q => (q & Faults) != 0)
            ? window
            : window.Slice(new TimeRange(window.TimeOf(first), end));
    }

    /// <summary>The end of the readings; of a last one that stands alone after months of silence, as that of a clock that was set wrong does, the end of those before it.</summary>
    private static DateTimeOffset EndOf(LoadSeries series)
    {
        var last = LastBefore(series, series.Count);
        var before = LastBefore(series, last);
        return before >= 0 && (last - before) * series.Cadence > LongestSilence ? series.TimeOf(before + 1) : series.Range.To;
    }

    /// <summary>The last slot before another that has a reading, be it one that was taken out; -1 where there is none.</summary>
    private static int LastBefore(LoadSeries series, int slot)
    {
        do
        {
            slot--;
        }
        while (slot >= 0 && float.IsNaN(series.PowerKilowatts[slot]) && (series.Quality[slot] & Faults) == 0);
        return slot;
    }

    /// <summary>A series from the last change of its unit before the window on: what was before has another scale, and is no history to compare with. Null where there was none.</summary>
    public static LoadSeries? Settled(LoadSeries series, DateTimeOffset windowStart)
    {
        var before = (int)Math.Clamp(Math.Round((windowStart - series.Start) / series.Cadence), 0, series.Count);
        var last = before == 0 ? -1 : Array.FindLastIndex(series.Quality, before - 1, before, q => (q & QualityFlags.ScaleJump) != 0);
        return last < 0 ? null : series.Slice(new TimeRange(series.TimeOf(last + 1), series.Range.To));
    }

    /// <summary>Share of slots with a usable value, 0 to 1.</summary>
    public static double UsableShare(LoadSeries window)
    {
        var usable = 0;
        for (var i = 0; i < window.Count; i++)
        {
            usable += !float.IsNaN(window.PowerKilowatts[i]) && (window.Quality[i] & HourlyLoad.Unusable) == 0 ? 1 : 0;
        }

        return window.Count == 0 ? 0 : (double)usable / window.Count;
    }

    /// <summary>The finding of a window before anything is weighed: insufficient.</summary>
    public static Finding Unweighed(LoadSeries window, string site, string model) => new()
    {
        Meter = window.Meter,
        Site = site,
        Verdict = Verdict.Insufficient,
        Window = window.Range,
        CadenceSeconds = window.Cadence.TotalSeconds,
        Coverage = Math.Round(UsableShare(window), 6, MidpointRounding.AwayFromZero),
        Quality = Flags(window),
        Model = model,
    };

    /// <summary>Slots by flag, missing slots excepted: coverage counts those.</summary>
    public static IReadOnlyList<QualityCount> Flags(LoadSeries window)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var flags in window.Quality)
        {
            for (var rest = (int)(flags & ~QualityFlags.Missing); rest != 0; rest &= rest - 1)
            {
                var bit = rest & -rest;
                counts[bit] = counts.GetValueOrDefault(bit) + 1;
            }
        }

        return [.. counts.Select(c => new QualityCount(QualityFlagNames.Text((QualityFlags)c.Key), c.Value))];
    }
}
