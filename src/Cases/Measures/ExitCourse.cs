// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Measures;

/// <summary>A local day of a site beside its exit plan.</summary>
/// <param name="Day">The day in the site's zone.</param>
/// <param name="PeakKilowatts">Mean power of the highest known hour; null where no hour of the day is known.</param>
/// <param name="MeanKilowatts">Mean power of the known hours; null where none is.</param>
/// <param name="KnownHours">Clock hours whose load is known.</param>
/// <param name="HoursAbove">Hours above the ceiling in force then and its tolerance.</param>
public sealed record ExitDay(DateOnly Day, decimal? PeakKilowatts, decimal? MeanKilowatts, int KnownHours, int HoursAbove);

/// <summary>An exit plan held against the readings day by day.</summary>
/// <param name="Report">How it is kept now.</param>
/// <param name="Days">Every local day looked at, oldest first, without a gap; days of which nothing is known say so.</param>
public sealed record ExitCourse(ExitReport Report, IReadOnlyList<ExitDay> Days)
{
    /// <summary>Most days of a course: ten years of a plan, and the weeks before it.</summary>
    private const int MostDays = 3700;

    /// <summary>The course of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="hours">Mean power of the site by start of the clock hour, UTC, for hours that are known.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="from">From when on, UTC; at most ten years before now.</param>
    /// <param name="now">Now, UTC; the hour under way does not count.</param>
    internal static ExitCourse Of(ExitPlan plan, IReadOnlyDictionary<DateTimeOffset, decimal> hours, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset now)
    {
        var byDay = hours.Where(h => h.Key >= from && h.Key.AddHours(1) <= now).GroupBy(h => DayOf(h.Key, zone)).ToDictionary(g => g.Key, g => g.ToList());
        var last = DayOf(now, zone);
        var first = DayOf(from, zone);
        first = last.DayNumber - first.DayNumber >= MostDays ? last.AddDays(1 - MostDays) : first;
        var days = new List<ExitDay>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            days.Add(byDay.TryGetValue(day, out var known)
                ? new ExitDay(day, Rounded(known.Max(h => h.Value)), Rounded(known.Average(h => h.Value)), known.Count, known.Count(h => IsAbove(plan, h.Key, h.Value)))
                : new ExitDay(day, null, null, 0, 0));
        }

        return new ExitCourse(ExitCheck.Judge(plan, hours, now), days);
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static decimal Rounded(decimal kilowatts) => Math.Round(kilowatts, 3, MidpointRounding.AwayFromZero);

    private static bool IsAbove(ExitPlan plan, DateTimeOffset hour, decimal kilowatts) =>
        plan.Ceilings.LastOrDefault(c => c.From <= hour) is { } ceiling && kilowatts > ExitCheck.Limit(plan, ceiling);
}
