// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Tests.Time;

public sealed class SurroundingsTests
{
    [TestCase(2026, 2, 17, true)] // Lunar New Year
    [TestCase(2026, 2, 16, true)] // its eve
    [TestCase(2025, 1, 29, true)] // Lunar New Year
    [TestCase(2025, 10, 6, true)] // Mid-Autumn, after a leap sixth month
    [TestCase(2026, 10, 3, true)]
    [TestCase(2026, 6, 19, true)] // Dragon Boat
    [TestCase(2026, 3, 11, false)]
    public void Holidays_follow_the_sun_and_the_moon(int year, int month, int day, bool holiday) =>
        Assert.That(Holidays.IsHoliday(new DateTime(year, month, day)), Is.EqualTo(holiday));

    [Test]
    public void Local_clock_and_day_are_those_of_the_region()
    {
        var around = Of(new DateTimeOffset(2026, 3, 6, 15, 0, 0, TimeSpan.Zero), 48);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(around.HourOfDay[0], Is.EqualTo(23).Within(0.1));
            Assert.That(around.Days[around.Day[0]], Is.EqualTo(DayKind.Working));
            Assert.That(around.Days[around.Day[12 * 2]], Is.EqualTo(DayKind.Saturday));
        }
    }

    [Test]
    public void Summer_is_warmer_than_winter_and_afternoon_than_morning()
    {
        var year = Of(new DateTimeOffset(2025, 12, 31, 16, 0, 0, TimeSpan.Zero), 24 * 365).Temperature.Chunk(12).Select(h => (float)h.Average()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(year[(24 * 180)..(24 * 220)].Average() - year[..(24 * 40)].Average(), Is.GreaterThan(12));
            Assert.That(year.Where((_, i) => i % 24 is 14 or 15).Average() - year.Where((_, i) => i % 24 is 4 or 5).Average(), Is.GreaterThan(3));
        }
    }

    [Test]
    public void Summer_days_are_longer_than_winter_days()
    {
        var winter = Of(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 24);
        var summer = Of(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero), 24);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Light(winter), Is.EqualTo(10.0).Within(0.4));
            Assert.That(Light(summer), Is.EqualTo(14.0).Within(0.4));
        }
    }

    private static double Light(Surroundings around) => Enumerable.Range(0, around.Grid.Steps).Count(i => around.SunHeight(i) > 0) * around.Grid.StepHours;

    private static Surroundings Of(DateTimeOffset start, int hours) => new(new Grid(start, TimeSpan.FromHours(1), hours), Region.All[1], 1);
}
