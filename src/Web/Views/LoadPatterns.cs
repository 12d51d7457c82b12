// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>The habits of a load: its typical week, every day by hour, and how long it stays above what.</summary>
/// <remarks>All of it from hourly means in the site's zone. Values that are not the load are left out; an hour without any is null.</remarks>
public sealed record LoadPatterns
{
    /// <summary>Hours of a week.</summary>
    internal const int WeekHours = 168;

    private const int DayLength = 24;
    private const int WorkingDays = 5;
    private const int DurationSteps = 100;

    /// <summary>The zone of days and hours, IANA.</summary>
    public required string Timezone { get; init; }

    /// <summary>The time asked for, UTC; null where it was left open and the meter has no readings.</summary>
    public TimeRange? Window { get; init; }

    /// <summary>Hours with a mean.</summary>
    public required int Hours { get; init; }

    /// <summary>Each hour of the week, Monday 00:00 first.</summary>
    public required WeekHour[] Week { get; init; }

    /// <summary>Each hour of Monday to Friday.</summary>
    public required WeekHour[] WorkingDay { get; init; }

    /// <summary>Each hour of Saturday and Sunday.</summary>
    public required WeekHour[] Weekend { get; init; }

    /// <summary>Mean of the hours in kW; null where none is known.</summary>
    public double? MeanKilowatts { get; init; }

    /// <summary>What is usual for the declared use; null where too few honest sites are known of it, or nothing is declared.</summary>
    public WeekReference? Reference { get; init; }

    /// <summary>Each day, oldest first, with 24 hourly means in kW.</summary>
    public required IReadOnlyList<DayHours> Days { get; init; }

    /// <summary>Load in kW that is exceeded in 0, 1, … 100 % of the hours; empty where no hour is known.</summary>
    public required IReadOnlyList<double> Duration { get; init; }

    /// <summary>Patterns of a meter without readings.</summary>
    internal static LoadPatterns Empty(TimeZoneInfo zone) => new()
    {
        Timezone = zone.Id,
        Hours = 0,
        Week = Unknown(WeekHours),
        WorkingDay = Unknown(DayLength),
        Weekend = Unknown(DayLength),
        Days = [],
        Duration = [],
    };

    /// <summary>Reads a range and finds its patterns.</summary>
    internal static async Task<LoadPatterns> OfAsync(IAsyncEnumerable<Reading> readings, TimeRange window, TimeZoneInfo zone, CancellationToken cancel)
    {
        var days = new List<DayHours>();
        var hour = new Hour(zone, days);
        await foreach (var reading in readings.WithCancellation(cancel))
        {
            hour.Add(reading);
        }

        hour.Close();
        var known = days.SelectMany(d => d.Kw).OfType<double>().Order().ToArray();
        return new LoadPatterns
        {
            Timezone = zone.Id,
            Window = window,
            Hours = known.Length,
            Week = HoursOf(days, WeekHours, (monday, hour) => (monday * DayLength) + hour),
            WorkingDay = HoursOf(days, DayLength, (monday, hour) => monday < WorkingDays ? hour : null),
            Weekend = HoursOf(days, DayLength, (monday, hour) => monday < WorkingDays ? null : hour),
            MeanKilowatts = known.Length == 0 ? null : known.Average(),
            Days = days,
            Duration = known.Length == 0 ? [] : [.. Enumerable.Range(0, DurationSteps + 1).Select(i => Quantile(known, 1 - ((double)i / DurationSteps)))],
        };
    }

    private static WeekHour[] Unknown(int hours) => [.. Enumerable.Repeat(WeekHour.Unknown, hours)];

    /// <summary>The quantiles of the values that fall into each slot; a day since Monday and an hour have one slot or none.</summary>
    private static WeekHour[] HoursOf(List<DayHours> days, int slots, Func<int, int, int?> slotOf)
    {
        var byHour = new List<double>[slots];
        for (var i = 0; i < slots; i++)
        {
            byHour[i] = [];
        }

        foreach (var day in days)
        {
            var monday = ((int)day.Day.DayOfWeek + 6) % 7;
            for (var h = 0; h < DayLength; h++)
            {
                if (day.Kw[h] is { } kilowatts && slotOf(monday, h) is { } slot)
                {
                    byHour[slot].Add(kilowatts);
                }
            }
        }

        return Array.ConvertAll(byHour, WeekHour.Of);
    }

    /// <summary>Linear between the neighbours; the values must be sorted.</summary>
    internal static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        var at = share * (sorted.Count - 1);
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Gathers the readings of one local hour after the other; an hour that comes twice in autumn is one.</summary>
    private sealed class Hour(TimeZoneInfo zone, List<DayHours> days)
    {
        private DateTime _local = DateTime.MinValue;
        private DateTimeOffset _quarter = DateTimeOffset.MinValue;
        private double _sum;
        private int _count;

        public void Add(Reading reading)
        {
            if (!double.IsFinite(reading.PowerKilowatts) || (reading.Quality & QualityFlagSets.NotTheLoad) != 0)
            {
                return;
            }

            // Offsets are multiples of a quarter of an hour, so the local hour is asked for once a quarter.
            var quarter = new DateTimeOffset(reading.Time.Ticks - (reading.Time.Ticks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
            if (quarter != _quarter)
            {
                _quarter = quarter;
                var local = TimeZoneInfo.ConvertTime(quarter, zone).DateTime;
                local = local.Date.AddHours(local.Hour);
                if (local != _local)
                {
                    Close();
                    _local = local;
                }
            }

            _sum += reading.PowerKilowatts;
            _count++;
        }

        public void Close()
        {
            if (_count == 0)
            {
                return;
            }

            var day = DateOnly.FromDateTime(_local);
            if (days.Count == 0 || days[^1].Day != day)
            {
                FillTo(day);
                days.Add(new DayHours(day, new double?[24]));
            }

            days[^1].Kw[_local.Hour] = _sum / _count;
            (_sum, _count) = (0, 0);
        }

        /// <summary>Days without a reading are days too: a picture with a hole is honest, one without is not.</summary>
        private void FillTo(DateOnly day)
        {
            const int MostDays = 3660; // ten years; a meter that spoke once in 1970 must not fill the memory
            for (var next = days.Count == 0 ? day : days[^1].Day.AddDays(1); next < day && days.Count < MostDays; next = next.AddDays(1))
            {
                days.Add(new DayHours(next, new double?[24]));
            }
        }
    }
}

/// <summary>One hour of the typical week: 10th, 50th and 90th percentile over the weeks in kW, null where unknown.</summary>
public sealed record WeekHour(double? Low, double? Median, double? High)
{
    /// <summary>An hour that was never seen.</summary>
    internal static readonly WeekHour Unknown = new(null, null, null);

    internal static WeekHour Of(List<double> kilowatts)
    {
        if (kilowatts.Count == 0)
        {
            return Unknown;
        }

        kilowatts.Sort();
        return new WeekHour(LoadPatterns.Quantile(kilowatts, 0.1), LoadPatterns.Quantile(kilowatts, 0.5), LoadPatterns.Quantile(kilowatts, 0.9));
    }
}

/// <summary>One local day: 24 hourly means in kW, null where there is none.</summary>
public sealed record DayHours(DateOnly Day, double?[] Kw);
