// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline.Tests;

/// <summary>Four weeks of a meter in 144 bytes.</summary>
[TestFixture]
internal sealed class TrendTests
{
    private static readonly MeterId Meter = MeterId.Of("m");
    private static readonly DateTimeOffset Until = new(2026, 1, 29, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Each_part_holds_the_mean_of_its_six_hours_within_half_a_step()
    {
        var trend = Of([.. Enumerable.Range(0, 28 * 96).Select(i => (Until.AddMinutes(-15 * i), 200.0 + (i / 24)))]);
        Assert.That(trend.Until, Is.EqualTo(Until));
        for (var part = 0; part < Trend.Parts; part++)
        {
            Assert.That(trend[part], Is.EqualTo(200.0 + (Trend.Parts - 1 - part)).Within(trend.Highest / 254 / 2 + 1e-3));
        }
    }

    [Test]
    public void Parts_without_a_load_are_told_from_parts_at_zero()
    {
        var trend = Of([(Until.AddDays(-2), 0), (Until.AddDays(-1), -5), (Until, 10)]);
        Assert.That(Enumerable.Range(0, Trend.Parts).Where(p => !double.IsNaN(trend[p])).Select(p => trend[p]), Is.EqualTo(new double[] { 0, 0, 10 }));
        Assert.That((Of([]).Highest, Of([])[0]), Is.EqualTo((0, double.NaN)));
        Assert.That(Of([(Until, 0)])[Trend.Parts - 1], Is.Zero);
    }

    [Test]
    public void What_is_no_load_and_what_lies_outside_of_the_four_weeks_is_left_out()
    {
        var flagged = new Reading(Meter, Until.AddDays(-1)) { PowerKilowatts = 900, Quality = QualityFlags.Spike };
        var (before, last, after) = (Until.AddDays(-28), Until, Until.AddHours(1));
        var trend = Trend.Of(ReadingColumns.Of(Meter, [Load(before, 800), flagged, Load(last, 7), Load(after, 600)]), Until);
        Assert.That(trend.Highest, Is.EqualTo(7));
    }

    [Test]
    public void The_newest_is_kept_and_one_of_the_same_end_takes_the_place_of_the_older()
    {
        var states = new MeterStates();
        var (first, again, earlier) = (Of([(Until, 1)]), Of([(Until, 2)]), Trend.Of(ReadingColumns.Of(Meter, []), Until.AddDays(-1)));
        Assert.That(states.TrendOf(Meter), Is.Null);
        states.Keep(Meter, first);
        states.Keep(Meter, again); // with a reading that came late
        states.Keep(Meter, earlier);
        Assert.That(states.TrendOf(Meter), Is.SameAs(again));
    }

    private static Trend Of((DateTimeOffset At, double Kilowatts)[] readings) => Trend.Of(
        ReadingColumns.Of(Meter, [.. readings.OrderBy(r => r.At).Select(r => Load(r.At, r.Kilowatts))]), Until);

    private static Reading Load(DateTimeOffset at, double kilowatts) => new(Meter, at) { PowerKilowatts = kilowatts };
}
