// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Weather;
using Detector.Metering;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline.Weather;

/// <summary>Outdoor temperatures where a meter is, evenly spaced.</summary>
/// <param name="Region">The region of its site; empty where the register names none.</param>
/// <param name="From">Start of the first step, UTC; null where nothing is known.</param>
/// <param name="StepSeconds">Length of a step: an hour, or a day where more than 400 days are asked for.</param>
/// <param name="Celsius">Mean of each step in degrees Celsius, to a tenth; null where unknown.</param>
public sealed record MeterTemperatures(string Region, DateTimeOffset? From, int StepSeconds, IReadOnlyList<double?> Celsius);

/// <summary>A meter's days beside their weather, and how the one follows the other.</summary>
/// <param name="Region">The region of its site; empty where the register names none.</param>
/// <param name="Days">Days of which load and temperature are known, oldest first, at the site.</param>
/// <param name="Signature">Null where there are too few days or their weather is too much alike.</param>
/// <param name="Lacks">What is missing where there are no days: <c>region</c> in the register, <c>temperatures</c> of it, or <c>readings</c>; null where there are.</param>
public sealed record MeterSignature(string Region, IReadOnlyList<SignatureDay> Days, EnergySignature? Signature, string? Lacks);

/// <summary>The weather where a meter is: the region's in which the register has its site.</summary>
/// <remarks>
/// Of a meter that moved, the site where it was at the end of a range, and the time in which it was there. Between hours that lie at most three
/// apart, as those of synoptic stations do (WMO-No. 8), the temperature is taken from one to the next in a straight line.
/// </remarks>
public sealed class SiteWeather(WeatherBook book, ITimeline timeline, SeriesAssessor assessor, RegistryHolder registry)
{
    private const int DayHours = 24;
    private const int LeastHours = 20; // of a day, for a mean that is the day's
    private const int LongestBetween = 3; // hours

    private static readonly TimeSpan LongestOfHours = TimeSpan.FromDays(400);

    /// <summary>Temperatures over a range, from the first to the last that is known; of a meter without readings there is no range, and none are told.</summary>
    public MeterTemperatures Temperatures(MeterId meter, TimeRange? asked)
    {
        if (asked is not { } range)
        {
            return new MeterTemperatures(RegionOf(registry.Current.Of(meter)), null, 3600, []);
        }

        var (row, installed) = registry.Current.InstallationOf(meter, range.To.AddTicks(-1));
        var region = RegionOf(row);
        var hours = Hours(region, installed.Within(range));
        var step = range.Length > LongestOfHours ? DayHours : 1;
        if (hours.Count == 0)
        {
            return new MeterTemperatures(region, null, step * 3600, []);
        }

        var first = StepOf(hours[0].Time, step);
        var values = new double?[StepOf(hours[^1].Time, step) - first + 1];
        foreach (var slot in hours.GroupBy(h => StepOf(h.Time, step)))
        {
            values[slot.Key - first] = Math.Round(slot.Average(h => h.Celsius), 1);
        }

        return new MeterTemperatures(region, DateTimeOffset.UnixEpoch.AddHours(first * step), step * 3600, values);
    }

    /// <summary>The answer for a meter that has no readings.</summary>
    public MeterSignature WithoutReadings(MeterId meter)
    {
        var region = RegionOf(registry.Current.Of(meter));
        return new MeterSignature(region, [], null, region.Length == 0 ? "region" : "readings");
    }

    /// <summary>The signature of what a meter measured in a range.</summary>
    public async Task<MeterSignature> SignatureAsync(MeterId meter, TimeRange range, CancellationToken cancel)
    {
        var (row, installed) = registry.Current.InstallationOf(meter, range.To.AddTicks(-1));
        var region = RegionOf(row);
        var within = installed.Within(range);
        var zone = SiteZone.Of(row.TimeZone);
        var celsius = Means(Hours(region, within).Select(h => (h.Time, h.Celsius)), TimeSpan.FromHours(1), zone);
        if (celsius.Count == 0)
        {
            return new MeterSignature(region, [], null, region.Length == 0 ? "region" : "temperatures");
        }

        await foreach (var readings in timeline.ReadManyAsync([meter], within, cancel))
        {
            var series = assessor.Assess(readings).Series;
            var loads = Enumerable.Range(0, series.Count)
                .Where(i => (series.Quality[i] & QualityFlagSets.NotTheLoad) == 0 && !float.IsNaN(series.PowerKilowatts[i]))
                .Select(i => (series.TimeOf(i), (double)series.PowerKilowatts[i]));
            SignatureDay[] days = [.. Means(loads, series.Cadence, zone).Where(day => celsius.ContainsKey(day.Key)).OrderBy(day => day.Key)
                .Select(day => new SignatureDay(day.Key, celsius[day.Key], day.Value))];
            return new MeterSignature(region, days, EnergySignature.Of(days), days.Length == 0 ? "readings" : null);
        }

        return new MeterSignature(region, [], null, "readings");
    }

    private static string RegionOf(MeterRegistration row) => row.Region ?? string.Empty;

    /// <summary>The hours of a region, with those between.</summary>
    private List<OutdoorTemperature> Hours(string region, TimeRange range)
    {
        var hours = new List<OutdoorTemperature>();
        foreach (var known in book.Read(region, range))
        {
            if (hours.Count > 0 && known.Time - hours[^1].Time <= TimeSpan.FromHours(LongestBetween))
            {
                var (from, slope) = (hours[^1], (known.Celsius - hours[^1].Celsius) / (known.Time - hours[^1].Time).TotalHours);
                for (var hour = 1; from.Time.AddHours(hour) < known.Time; hour++)
                {
                    hours.Add(new OutdoorTemperature(region, from.Time.AddHours(hour), from.Celsius + (slope * hour)));
                }
            }

            hours.Add(known);
        }

        return hours;
    }

    private static int StepOf(DateTimeOffset hour, int hours) => (int)((hour - DateTimeOffset.UnixEpoch).TotalHours / hours);

    /// <summary>Means of the days of which enough is known.</summary>
    private static Dictionary<DateOnly, double> Means(IEnumerable<(DateTimeOffset Time, double Value)> values, TimeSpan cadence, TimeZoneInfo zone)
    {
        var least = Math.Max(1, TimeSpan.FromHours(LeastHours) / cadence);
        var days = new Dictionary<DateOnly, (double Sum, int Count)>();
        foreach (var (time, value) in values)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
            var (sum, count) = days.GetValueOrDefault(day);
            days[day] = (sum + value, count + 1);
        }

        return days.Where(day => day.Value.Count >= least).ToDictionary(day => day.Key, day => day.Value.Sum / day.Value.Count);
    }
}
