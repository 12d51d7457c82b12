// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Typical week, days by hour, load duration.</summary>
[TestFixture]
internal sealed class LoadPatternsTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly DateTimeOffset Monday = new(2026, 1, 4, 16, 0, 0, TimeSpan.Zero); // Monday 5 January 00:00 in Shanghai

    [Test]
    public async Task A_load_that_follows_the_clock_of_its_zone_is_found_in_the_hours_of_its_week()
    {
        var patterns = await OfAsync(Monday, 21, hour => hour.Hour is >= 9 and < 17 && hour.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) ? 100 : 20);
        Assert.That(patterns.Hours, Is.EqualTo(21 * 24));
        Assert.That(patterns.Week[9].Median, Is.EqualTo(100), "Monday at nine");
        Assert.That(patterns.Week[8].Median, Is.EqualTo(20));
        Assert.That(patterns.Week[(5 * 24) + 12].Median, Is.EqualTo(20), "Saturday at noon");
        Assert.That(patterns.Days, Has.Count.EqualTo(21));
        Assert.That(patterns.Days[0].Day, Is.EqualTo(new DateOnly(2026, 1, 5)));
        Assert.That(patterns.Duration, Has.Count.EqualTo(101));
        Assert.That(patterns.Duration, Is.Ordered.Descending);
        Assert.That((patterns.Duration[0], patterns.Duration[100]), Is.EqualTo((100.0, 20.0)));
    }

    [Test]
    public async Task The_range_of_an_hour_holds_eight_weeks_of_ten()
    {
        var week = 0;
        var patterns = await OfAsync(Monday, 7 * 11, hour => 10 * (week = (int)((hour - Monday.ToOffset(TimeSpan.FromHours(8)).DateTime).TotalDays / 7)));
        Assert.That(week, Is.EqualTo(10));
        Assert.That((patterns.Week[0].Low, patterns.Week[0].Median, patterns.Week[0].High), Is.EqualTo((10.0, 50.0, 90.0)));
    }

    [Test]
    public async Task A_silent_day_is_a_day_without_values_and_flagged_values_count_as_none()
    {
        var readings = Readings(Monday, 5, _ => 50).Where(r => (r.Time - Monday).TotalDays is < 1 or >= 2)
            .Select(r => (r.Time - Monday).TotalDays >= 4 ? r with { Quality = QualityFlags.Stuck } : r);
        var patterns = await LoadPatterns.OfAsync(readings.ToAsyncEnumerable(), new TimeRange(Monday, Monday.AddDays(5)), Shanghai, CancellationToken.None);
        Assert.That(patterns.Days.Select(d => d.Kw.Count(v => v is not null)), Is.EqualTo(new[] { 24, 0, 24, 24 }));
        Assert.That(patterns.Hours, Is.EqualTo(72));
        Assert.That(patterns.Week[24].Median, Is.Null);
    }

    [Test]
    public async Task A_meter_without_a_usable_value_has_empty_patterns()
    {
        var patterns = await OfAsync(Monday, 2, _ => double.NaN);
        Assert.That((patterns.Hours, patterns.Days.Count, patterns.Duration.Count, patterns.Week.Length), Is.EqualTo((0, 0, 0, 168)));
    }

    [Test]
    public async Task The_hour_that_comes_twice_in_autumn_is_one_hour()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var start = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero); // Sunday 25 October 00:00 in Berlin, a day of 25 hours
        var patterns = await LoadPatterns.OfAsync(Readings(start, 25 / 24.0, _ => 7).ToAsyncEnumerable(), new TimeRange(start, start.AddHours(25)), berlin, CancellationToken.None);
        Assert.That(patterns.Days, Has.Count.EqualTo(1));
        Assert.That(patterns.Days[0].Kw, Has.All.EqualTo(7));
    }

    private static Task<LoadPatterns> OfAsync(DateTimeOffset start, double days, Func<DateTime, double> power) =>
        LoadPatterns.OfAsync(Readings(start, days, power).ToAsyncEnumerable(), new TimeRange(start, start.AddDays(days)), Shanghai, CancellationToken.None);

    private static IEnumerable<Reading> Readings(DateTimeOffset start, double days, Func<DateTime, double> power) =>
        Enumerable.Range(0, (int)Math.Round(days * 96)).Select(i => start.AddMinutes(15 * i)).Select(at => new Reading(MeterId.Of("m"), at)
        {
            Kind = ReadingKind.IntervalMean,
            Interval = TimeSpan.FromMinutes(15),
            PowerKilowatts = power(at.ToOffset(TimeSpan.FromHours(8)).DateTime),
        });
}
