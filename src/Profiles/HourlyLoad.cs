// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles;

/// <summary>A load as hourly means with the site's local calendar beside it; a missing hour is <see cref="float.NaN"/>.</summary>
/// <remarks>Hours are whole UTC hours. On days of 23 and 25 local hours no hour is lost: the calendar says which local hour each is.</remarks>
public sealed class HourlyLoad
{
    /// <summary>Hours in a week.</summary>
    public const int WeekHours = 168;

    /// <summary>Values that are not the load: excluded from the hourly means.</summary>
    public const QualityFlags Unusable = QualityFlagSets.NotTheLoad;

    internal HourlyLoad(DateTimeOffset start, float[] kilowatts, LocalHours local, TimeSpan nativeCadence)
    {
        Start = start;
        Kilowatts = kilowatts;
        Local = local;
        NativeCadence = nativeCadence;
    }

    /// <summary>Start of the first hour, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Mean power of each hour in kW.</summary>
    public float[] Kilowatts { get; }

    /// <summary>The local calendar of each hour.</summary>
    public LocalHours Local { get; }

    /// <summary>Interval of the readings the hours were made of.</summary>
    public TimeSpan NativeCadence { get; }

    /// <summary>Number of hours.</summary>
    public int Count => Kilowatts.Length;

    /// <summary>The time covered.</summary>
    public TimeRange Range => new(Start, Start + TimeSpan.FromHours(Count));

    /// <summary>Share of hours that are known, 0 to 1; 0 where there are none.</summary>
    public double Coverage => Count == 0 ? 0 : (double)Kilowatts.Count(v => !float.IsNaN(v)) / Count;

    /// <summary>Hours of a whole series.</summary>
    /// <param name="series">The load at its native cadence, up to an hour.</param>
    /// <param name="timeZone">IANA name of the site's zone; an unknown name is read as UTC.</param>
    public static HourlyLoad From(LoadSeries series, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(series);
        var hours = new HourlyAccumulator(series.Cadence, (int)Math.Ceiling(series.Range.Length.TotalHours) + 1);
        for (var i = 0; i < series.Count; i++)
        {
            var value = (series.Quality[i] & Unusable) == 0 ? series.PowerKilowatts[i] : float.NaN;
            hours.Add(series.TimeOf(i), value);
        }

        return hours.ToLoad(timeZone);
    }

    /// <summary>Hours that are kept of readings that have expired; what lies between them is unknown.</summary>
    /// <param name="hours">At least one, in order of time, each a whole UTC hour.</param>
    /// <param name="timeZone">IANA name of the site's zone; an unknown name is read as UTC.</param>
    public static HourlyLoad Of(IReadOnlyList<LoadAggregate> hours, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentOutOfRangeException.ThrowIfZero(hours.Count);
        var start = hours[0].Start;
        var values = new float[HoursBetween(start, hours[^1].Start) + 1];
        Array.Fill(values, float.NaN);
        foreach (var hour in hours)
        {
            if (HourlyAccumulator.IsKnown(hour.Covered.Ticks / hour.Cadence.Ticks, hour.Cadence))
            {
                values[HoursBetween(start, hour.Start)] = (float)hour.PowerKilowatts;
            }
        }

        return new HourlyLoad(start, values, LocalHours.Of(start, values.Length, timeZone), hours[^1].Cadence);
    }

    /// <summary>These hours with older ones put before them; where both have an hour, the older load's stands.</summary>
    /// <param name="older">Hours kept of expired readings.</param>
    /// <param name="within">Of the older load only what starts in this range, of whole hours, is taken.</param>
    /// <param name="timeZone">IANA name of the site's zone; an unknown name is read as UTC.</param>
    public HourlyLoad After(HourlyLoad older, TimeRange within, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(older);
        var from = older.Start > within.From ? older.Start : within.From;
        var to = older.Range.To < within.To ? older.Range.To : within.To;
        if (from >= to)
        {
            return this;
        }

        var start = Count == 0 || from < Start ? from : Start;
        var end = Count == 0 || to > Range.To ? to : Range.To;
        var values = new float[HoursBetween(start, end)];
        Array.Fill(values, float.NaN);
        Kilowatts.CopyTo(values, Count == 0 ? 0 : HoursBetween(start, Start));
        older.Kilowatts.AsSpan(HoursBetween(older.Start, from), HoursBetween(from, to)).CopyTo(values.AsSpan(HoursBetween(start, from)));
        return new HourlyLoad(start, values, LocalHours.Of(start, values.Length, timeZone), NativeCadence);
    }

    private static int HoursBetween(DateTimeOffset from, DateTimeOffset to) => (int)((to - from).Ticks / TimeSpan.TicksPerHour);

    /// <summary>The hours from <paramref name="first"/>, <paramref name="count"/> of them.</summary>
    public HourlyLoad Slice(int first, int count) =>
        new(Start + TimeSpan.FromHours(first), Kilowatts[first..(first + count)], Local.Slice(first, count), NativeCadence);

    /// <summary>The same hours with other values, such as what was added at a change.</summary>
    public HourlyLoad With(float[] kilowatts)
    {
        ArgumentNullException.ThrowIfNull(kilowatts);
        ArgumentOutOfRangeException.ThrowIfNotEqual(kilowatts.Length, Count);
        return new HourlyLoad(Start, kilowatts, Local, NativeCadence);
    }
}
