// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Daily;

/// <summary>A load as mean power of each local day; a missing day is <see cref="float.NaN"/>.</summary>
/// <remarks>Daily energy and daily mean power are the same here: energy over the day's length. Every cadence up to a day comes to days the same way.</remarks>
public sealed class DailyLoad
{
    /// <summary>Share of a day's readings that must be known for the day to be known.</summary>
    /// <remarks>Three quarters: with a night or an afternoon missing, the mean of the rest is another load's.</remarks>
    public const double KnownShare = 0.75;

    /// <summary>Longest cadence that days can be made of.</summary>
    public static readonly TimeSpan LongestCadence = TimeSpan.FromDays(1);

    private DailyLoad(int firstDay, float[] kilowatts, TimeSpan nativeCadence)
    {
        FirstDay = firstDay;
        Kilowatts = kilowatts;
        NativeCadence = nativeCadence;
    }

    /// <summary>Local date of the first day as days since 0001-01-01.</summary>
    public int FirstDay { get; }

    /// <summary>Mean power of each day in kW.</summary>
    public float[] Kilowatts { get; }

    /// <summary>Interval of the readings the days were made of.</summary>
    public TimeSpan NativeCadence { get; }

    /// <summary>Number of days.</summary>
    public int Count => Kilowatts.Length;

    /// <summary>Share of days that are known, 0 to 1; 0 where there are none.</summary>
    public double Coverage => Count == 0 ? 0 : (double)Kilowatts.Count(v => !float.IsNaN(v)) / Count;

    /// <summary>Days of a whole series.</summary>
    /// <param name="series">The load at a cadence of up to a day; a longer one gives no days.</param>
    /// <param name="timeZone">IANA name of the site's zone; an unknown name is read as UTC.</param>
    public static DailyLoad From(LoadSeries series, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Cadence <= TimeSpan.FromHours(1))
        {
            return From(HourlyLoad.From(series, timeZone));
        }

        if (series.Cadence > LongestCadence)
        {
            return new DailyLoad(0, [], series.Cadence);
        }

        var zone = SiteZone.Of(timeZone);
        var days = new int[series.Count];
        var values = new float[series.Count];
        for (var i = 0; i < days.Length; i++)
        {
            // A slot belongs to the local day that holds its middle: one that starts at local midnight, or at UTC midnight, is one day.
            var middle = (series.TimeOf(i) + (series.Cadence / 2)).UtcDateTime;
            days[i] = (int)((middle + zone.GetUtcOffset(middle)).Ticks / TimeSpan.TicksPerDay);
            values[i] = (series.Quality[i] & HourlyLoad.Unusable) == 0 ? series.PowerKilowatts[i] : float.NaN;
        }

        return Gather(days, values, series.Cadence, series.Cadence);
    }

    /// <summary>Days of hours.</summary>
    public static DailyLoad From(HourlyLoad hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        return Gather(hours.Local.Day, hours.Kilowatts, TimeSpan.FromHours(1), hours.NativeCadence);
    }

    /// <summary>Day of the week of a day: 0 is Monday.</summary>
    public int DayOfWeek(int index) => (FirstDay + index) % 7; // 0001-01-01 was a Monday

    /// <summary>The days from <paramref name="first"/>, <paramref name="count"/> of them.</summary>
    public DailyLoad Slice(int first, int count) => new(FirstDay + first, Kilowatts[first..(first + count)], NativeCadence);

    private static DailyLoad Gather(int[] days, float[] values, TimeSpan step, TimeSpan nativeCadence)
    {
        if (days.Length == 0)
        {
            return new DailyLoad(0, [], nativeCadence);
        }

        var first = days[0];
        var sums = new double[days[^1] - first + 1];
        var known = new int[sums.Length];
        for (var i = 0; i < days.Length; i++)
        {
            if (float.IsFinite(values[i]))
            {
                sums[days[i] - first] += values[i];
                known[days[i] - first]++;
            }
        }

        var least = Math.Max(1, KnownShare * (LongestCadence / step));
        var means = new float[sums.Length];
        for (var d = 0; d < means.Length; d++)
        {
            means[d] = known[d] >= least ? (float)(sums[d] / known[d]) : float.NaN;
        }

        // The first and the last day are often there in part only: no gap, just not whole.
        var from = float.IsNaN(means[0]) && step < LongestCadence ? 1 : 0;
        var to = means.Length > from && float.IsNaN(means[^1]) && step < LongestCadence ? means.Length - 1 : means.Length;
        return new DailyLoad(first + from, means[from..to], nativeCadence);
    }
}
