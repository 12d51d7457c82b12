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
