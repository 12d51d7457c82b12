// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;
using Detector.Timeline;
using Detector.Web.Views;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Views;

/// <summary>Small pictures of loads: drawn together, once, and again when they are old.</summary>
[TestFixture]
internal sealed class SparkLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private MemoryTimeline _timeline = new();

    [SetUp]
    public void Fill()
    {
        _timeline = new MemoryTimeline();
        _timeline.Add(Enumerable.Range(0, 100).SelectMany(m => Load(m, Start)));
    }

    [TearDown]
    public async Task CloseAsync() => await _timeline.DisposeAsync();

    [Test]
    public async Task What_is_asked_for_meanwhile_is_drawn_in_one_pass_the_newest_first()
    {
        var sparks = new SparkLines(_timeline, _timeline.States, _clock);
        var hold = new TaskCompletionSource();
        _timeline.Held = hold.Task;
        var first = sparks.GetAsync(Meter(0), CancellationToken.None);
        await UntilAsync(() => _timeline.Passes.Count == 1);
        var rest = Enumerable.Range(0, 100).Select(m => sparks.GetAsync(Meter(m), CancellationToken.None)).ToArray();
        hold.SetResult();
        await Task.WhenAll(rest);
        Assert.That(_timeline.Passes, Is.EqualTo(new[] { 1, 64, 35 }));
        Assert.That(await rest[0], Is.SameAs(await first));
        Assert.That(await rest[1], Is.Not.EqualTo(await rest[2]), "each has its own load");

        _ = await sparks.GetAsync(Meter(7), CancellationToken.None);
        Assert.That(_timeline.Passes, Has.Count.EqualTo(3), "kept");
        _clock.Advance(TimeSpan.FromMinutes(11));
        _ = await sparks.GetAsync(Meter(7), CancellationToken.None);
        Assert.That(_timeline.Passes, Has.Count.EqualTo(4), "too old");
    }

    [Test]
    public async Task Meters_that_fell_silent_long_ago_are_read_apart()
    {
        _timeline.Add(Load(500, Start.AddYears(-3)));
        var sparks = new SparkLines(_timeline, _timeline.States, _clock);
        var hold = new TaskCompletionSource();
        _timeline.Held = hold.Task;
        sparks.Foresee(Meter(0));
        await UntilAsync(() => _timeline.Passes.Count == 1);
        var silent = sparks.GetAsync(Meter(500), CancellationToken.None);
        var others = Enumerable.Range(1, 9).Select(m => sparks.GetAsync(Meter(m), CancellationToken.None)).ToArray();
        hold.SetResult();
        await Task.WhenAll(others);
        Assert.That(_timeline.Passes.Order(), Is.EqualTo(new[] { 1, 1, 9 }));
        Assert.That(Encoding.UTF8.GetString(await silent), Does.Contain("L0 24Z").Or.Contain("L111 24Z"));
    }

    [Test]
    public async Task Whoever_asked_learns_that_the_store_is_away_and_the_next_try_is_a_new_one()
    {
        var sparks = new SparkLines(_timeline, _timeline.States, _clock);
        _timeline.Away = true;
        await Assert.ThrowsAsync<TimelineUnavailableException>(() => sparks.GetAsync(Meter(3), CancellationToken.None));
        _timeline.Away = false;
        Assert.That(await sparks.GetAsync(Meter(3), CancellationToken.None), Is.Not.EqualTo(SparkLine.Blank));
    }

    [Test]
    public async Task A_meter_without_readings_is_blank_until_it_has_some()
    {
        var sparks = new SparkLines(_timeline, _timeline.States, _clock);
        Assert.That(await sparks.GetAsync(Meter(900), CancellationToken.None), Is.EqualTo(SparkLine.Blank));
        _timeline.Add(Load(900, Start));
        Assert.That(await sparks.GetAsync(Meter(900), CancellationToken.None), Is.Not.EqualTo(SparkLine.Blank));
    }

    private static MeterId Meter(int number) => MeterId.Of($"m-{number}");

    private static IEnumerable<Reading> Load(int meter, DateTimeOffset from) => Enumerable.Range(0, 28 * 4)
        .Select(i => new Reading(Meter(meter), from.AddHours(6 * i)) { PowerKilowatts = 50 + (i % (meter + 2)) });

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; !holds() && tries < 1000; tries++)
        {
            await Task.Delay(5);
        }
    }
}
