// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Neighbours;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline.Tests;

/// <summary>Dips and change points of one meter, from what is stored.</summary>
internal sealed class LoadEventsTests
{
    private const int Days = 70;
    private const int StepHour = (40 * 24) + 15;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeRange All = new(Start, Start.AddDays(Days));
    private static readonly MeterId Meter = MeterId.Of("m-1");

    // Three hours each; the second is an outage.
    private static readonly (int Hour, double Share)[] Falls = [((20 * 24) + 5, 0.7), ((55 * 24) + 14, 0.02)];

    [Test]
    public async Task A_dip_has_its_hours_and_its_depth_and_a_step_its_day_and_its_kilowatts()
    {
        await using var bench = await StoredAsync();
        var events = await FinderOf(bench).FindAsync(Meter, All, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(events.Window, Is.EqualTo(All));
            Assert.That(events.Dips.Select(d => (d.From, d.To)), Is.EqualTo(Falls.Select(f => (Start.AddHours(f.Hour), Start.AddHours(f.Hour + 3)))));
            Assert.That(events.Dips[0].Depth, Is.EqualTo(0.3).Within(0.05));
            Assert.That(events.Dips[1].Depth, Is.EqualTo(0.98).Within(0.02));
            Assert.That(events.Steps, Has.Count.EqualTo(1));
            Assert.That(events.Steps[0].At, Is.EqualTo(Start.AddHours(StepHour)));
            Assert.That(events.Steps[0].Kilowatts, Is.EqualTo(60).Within(3));
        });
    }

    [Test]
    public async Task Only_the_time_asked_for_counts_and_of_it_only_what_was_measured_at_the_last_site()
    {
        await using var bench = await StoredAsync();
        var before = await FinderOf(bench).FindAsync(Meter, All with { To = Start.AddDays(30) }, CancellationToken.None);
        Assert.That((before.Dips.Count, before.Steps.Count), Is.EqualTo((1, 0)));

        var moved = Start.AddDays(45);
        bench.Registry.Replace(new SiteRegistry(
        [
            MeterRegistration.Unregistered(Meter) with { Site = "s-old", ValidTo = moved },
            MeterRegistration.Unregistered(Meter) with { Site = "s-new", ValidFrom = moved, TimeZone = "Asia/Shanghai" },
        ]));
        var since = await FinderOf(bench).FindAsync(Meter, All, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((since.Timezone, since.Window), Is.EqualTo(("Asia/Shanghai", All with { From = moved })));
            Assert.That(since.Dips.Select(d => d.From), Is.EqualTo(new[] { Start.AddHours(Falls[1].Hour) }));
            Assert.That(since.Steps, Is.Empty, "the step was at the former site");
        });
    }

    [Test]
    public async Task A_meter_without_readings_has_none()
    {
        await using var bench = await RelayBench.OpenAsync();
        var events = await FinderOf(bench).FindAsync(Meter, All, CancellationToken.None);
        Assert.That((events.Window, events.Dips.Count, events.Steps.Count), Is.EqualTo(((TimeRange?)null, 0, 0)));
    }

    private static LoadEventFinder FinderOf(RelayBench bench) => new(bench.Timeline, new SeriesAssessor(), bench.Registry, new NeighbourOptions());

    private static async Task<RelayBench> StoredAsync()
    {
        var bench = await RelayBench.OpenAsync();
        var readings = new ArrivedReading[Days * 24];
        for (var hour = 0; hour < readings.Length; hour++)
        {
            var level = ((hour >= StepHour ? 160 : 100) * (1 + (0.5 * Math.Sin(2 * Math.PI * hour / 24)))) + (hour * 7919 % 13 / 5.0);
            var share = Falls.Where(f => hour >= f.Hour && hour < f.Hour + 3).Select(f => f.Share).DefaultIfEmpty(1).Single();
            readings[hour] = new ArrivedReading(
                new Reading(Meter, Start.AddHours(hour)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = Math.Round(level * share, 2) }, hour + 1, 0);
        }

        await bench.Timeline.WriteAsync(readings, CancellationToken.None);
        return bench;
    }
}
