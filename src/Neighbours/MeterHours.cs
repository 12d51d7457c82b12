// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Neighbours;

/// <summary>Hourly means of one meter over the window: what a feeder's balance is made of. Some 9 KB for 91 days.</summary>
/// <remarks>Hours are counted from 0001-01-01 UTC, so that meters line up whatever their own cadence and start.</remarks>
public sealed class MeterHours
{
    private readonly float[] _kilowatts;

    private MeterHours(MeterId meter, long first, float[] kilowatts)
    {
        Meter = meter;
        First = first;
        _kilowatts = kilowatts;
    }

    /// <summary>The meter.</summary>
    public MeterId Meter { get; }

    /// <summary>First hour.</summary>
    public long First { get; }

    /// <summary>The hour after the last.</summary>
    public long End => First + _kilowatts.Length;

    /// <summary>Hours of the last days of a series.</summary>
    /// <param name="series">The load as validated, at any cadence up to an hour; a coarser one has no hours and so no balance.</param>
    /// <param name="days">Days looked back over.</param>
    /// <param name="asOf">The end of the window; the end of the data where null.</param>
    public static MeterHours Of(LoadSeries series, int days, DateTimeOffset? asOf)
    {
        ArgumentNullException.ThrowIfNull(series);
        var end = asOf ?? series.Range.To;
        var window = series.Slice(new TimeRange(end - TimeSpan.FromDays(days), end));
        var hours = new HourlyAccumulator(series.Cadence, (int)Math.Ceiling(window.Range.Length.TotalHours) + 1);
        for (var i = 0; i < window.Count; i++)
        {
            var value = window.PowerKilowatts[i];

            // A vacant tenant's meter that stands at zero is as good as any; one that stands elsewhere is not.
            var unusable = value == 0 ? HourlyLoad.Unusable & ~QualityFlags.Stuck : HourlyLoad.Unusable;
            hours.Add(window.TimeOf(i), (window.Quality[i] & unusable) == 0 ? value : float.NaN);
        }

        var load = hours.ToLoad("Etc/UTC");
        return new MeterHours(series.Meter, load.Start.UtcTicks / TimeSpan.TicksPerHour, load.Kilowatts);
    }

    /// <summary>Mean power in an hour; NaN where unknown or outside.</summary>
    public float At(long hour) => hour >= First && hour < End ? _kilowatts[hour - First] : float.NaN;
}
