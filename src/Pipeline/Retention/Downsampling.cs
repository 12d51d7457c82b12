// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline.Retention;

/// <summary>Makes hours and days of a validated load, as judging would.</summary>
/// <remarks>Hours are made of the slots of the series that validation gave, so what a rule excludes is not in them, and a burst weighs no more than the interval it lies in.</remarks>
internal static class Downsampling
{
    /// <summary>The hours of a load that start in a range of whole hours; an hour without readings has none.</summary>
    /// <param name="readings">The readings, in order of time.</param>
    /// <param name="series">The load that was made of them.</param>
    /// <param name="range">The hours wanted.</param>
    public static List<LoadAggregate> Hours(ReadingColumns readings, LoadSeries series, TimeRange range)
    {
        var hours = new List<LoadAggregate>();
        var part = series.Slice(range);
        var counted = readings.Between(range.From, range.To);
        var (slot, reading) = (0, 0);
        for (var start = Floor(Earliest(part, counted, range)); start < range.To && (slot < part.Count || reading < counted.Count); start = start.AddHours(1))
        {
            var end = start.AddHours(1);
            var hour = Known(part, ref slot, start, end);
            var first = reading;
            var register = double.NaN;
            for (; reading < counted.Count && Instants.FromUnixMicroseconds(counted.UnixMicroseconds[reading]) < end; reading++)
            {
                register = counted.RegisterKilowattHours.Length > 0 && !double.IsNaN(counted.RegisterKilowattHours[reading]) ? counted.RegisterKilowattHours[reading] : register;
            }

            if (reading > first || hour.Covered > TimeSpan.Zero)
            {
                hours.Add(hour with { Readings = reading - first, RegisterKilowattHours = register });
            }
        }

        return hours;
    }

    /// <summary>The UTC days of some hours.</summary>
    public static List<LoadAggregate> Days(List<LoadAggregate> hours)
    {
        var days = new List<LoadAggregate>();
        for (var from = 0; from < hours.Count;)
        {
            var day = hours[from].Start.UtcDateTime.Date;
            var to = from + 1;
            while (to < hours.Count && hours[to].Start.UtcDateTime.Date == day)
            {
                to++;
            }

            days.Add(LoadAggregate.Of(new DateTimeOffset(day, TimeSpan.Zero), [.. hours[from..to]]));
            from = to;
        }

        return days;
    }

    /// <summary>The known slots of one hour; moves past its slots.</summary>
    private static LoadAggregate Known(LoadSeries series, ref int slot, DateTimeOffset start, DateTimeOffset end)
    {
        var (sum, known, low, high, quality) = (0.0, 0, double.NaN, double.NaN, QualityFlags.None);
        for (; slot < series.Count && series.TimeOf(slot) < end; slot++)
        {
            quality |= series.Quality[slot];
            var value = series.PowerKilowatts[slot];
            if (float.IsFinite(value) && (series.Quality[slot] & QualityFlagSets.NotTheLoad) == 0)
            {
                sum += value;
                known++;
                low = value < low || double.IsNaN(low) ? value : low;
                high = value > high || double.IsNaN(high) ? value : high;
            }
        }

        return new LoadAggregate(start, known == 0 ? double.NaN : sum / known, low, high, series.Cadence * known, series.Cadence, 0, quality, double.NaN);
    }

    private static DateTimeOffset Earliest(LoadSeries part, ReadingColumns counted, TimeRange range)
    {
        var slot = part.Count > 0 ? part.Start : range.To;
        var reading = counted.Count > 0 ? Instants.FromUnixMicroseconds(counted.UnixMicroseconds[0]) : range.To;
        return slot < reading ? slot : reading;
    }

    private static DateTimeOffset Floor(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
