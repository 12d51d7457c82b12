// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Xml.Linq;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Small pictures of loads: kept as they were when meters were judged; else read together, once, and again when they are a day old.</summary>
[TestFixture]
internal sealed class SparkLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private MemoryTimeline _timeline = new();
    private SparkLines _sparks = null!;

    [SetUp]
    public void Fill()
    {
        _timeline = new MemoryTimeline();
        _timeline.Add(Enumerable.Range(0, 100).SelectMany(m => Load(m, Start)));
        _sparks = new SparkLines(_timeline, _timeline.States);
    }

    [TearDown]
    public async Task CloseAsync() => await _timeline.DisposeAsync();

    [Test]
    public async Task What_is_asked_for_meanwhile_is_read_in_one_pass_the_newest_first()
    {
        var hold = Hold();
        var first = GetAsync(0);
        await UntilAsync(() => _timeline.Passes.Count == 1);
        var rest = Enumerable.Range(0, 100).Select(m => GetAsync(m)).ToArray();
        hold.SetResult();
        await Task.WhenAll(rest);
        Assert.That(_timeline.Passes, Is.EqualTo(new[] { 1, 64, 35 }));
        Assert.That(await rest[0], Is.SameAs(await first));
        Assert.That(SparkLine.Path(await rest[1]), Is.Not.EqualTo(SparkLine.Path(await rest[2])), "each has its own load");
    }

    [Test]
    public async Task A_trend_is_kept_until_its_meter_has_a_day_more_and_shown_meanwhile()
    {
        var first = await GetAsync(7);
        _timeline.Add(Reading(7, first!.Until.AddHours(23)));
        Assert.That(await GetAsync(7), Is.SameAs(first));
        Assert.That(_timeline.Passes, Has.Count.EqualTo(1), "kept");

        _timeline.Add(Reading(7, first.Until.AddHours(24)));
        Assert.That(_sparks.Kept(Meter(7)), Is.EqualTo((first, true)));
        var second = await GetAsync(7);
        Assert.That((second!.Until, _timeline.Passes.Count), Is.EqualTo((first.Until.AddHours(24), 2)));
        Assert.That(_sparks.Kept(Meter(7)), Is.EqualTo((second, false)));
    }

    [Test]
    public async Task What_judging_left_is_shown_without_a_look_into_the_store()
    {
        var latest = Start.AddDays(28);
        var judged = Trend.Of(ReadingColumns.Of(Meter(3), [Reading(3, latest)]), latest);
        _timeline.States.Keep(Meter(3), judged);
        Assert.That(await GetAsync(3), Is.SameAs(judged));
        Assert.That(_timeline.Passes, Is.Empty);
    }

    [Test]
    public async Task What_nobody_waits_for_any_more_is_not_read()
    {
        var hold = Hold();
        var first = GetAsync(0);
        await UntilAsync(() => _timeline.Passes.Count == 1);
        using var scrolledOn = new CancellationTokenSource();
        var left = Enumerable.Range(1, 50).Select(m => GetAsync(m, scrolledOn.Token)).ToArray();
        var alsoWanted = GetAsync(50);
        await scrolledOn.CancelAsync();
        foreach (var abandoned in left)
        {
            await Assert.ThatAsync(() => abandoned, Throws.InstanceOf<OperationCanceledException>());
        }

        var stays = GetAsync(60);
        hold.SetResult();
        await Task.WhenAll(first, stays, alsoWanted);
        Assert.That(_timeline.Passes, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Meters_that_fell_silent_long_ago_are_read_apart()
    {
        _timeline.Add(Load(500, Start.AddYears(-3)));
        var hold = Hold();
        var first = GetAsync(0);
        await UntilAsync(() => _timeline.Passes.Count == 1);
        var silent = GetAsync(500);
        var others = Enumerable.Range(1, 9).Select(m => GetAsync(m)).ToArray();
        hold.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.That(_timeline.Passes.Order(), Is.EqualTo(new[] { 1, 1, 9 }));
        Assert.That(SparkLine.Path(await silent), Does.EndWith("V48"));
    }

    [Test]
    public async Task Whoever_asked_learns_that_the_store_is_away_and_the_next_try_is_a_new_one()
    {
        _timeline.Away = true;
        await Assert.ThrowsAsync<TimelineUnavailableException>(() => GetAsync(3));
        _timeline.Away = false;
        Assert.That(await GetAsync(3), Is.Not.Null);
    }

    [Test]
    public async Task A_meter_without_readings_has_none_until_it_has_some()
    {
        Assert.That(await GetAsync(900), Is.Null);
        Assert.That(_timeline.Passes, Is.Empty, "nothing was stored of it");
        _timeline.Add(Load(900, Start));
        Assert.That(await GetAsync(900), Is.Not.Null);
    }

    [Test]
    public async Task Readings_that_expired_are_looked_for_once()
    {
        _timeline.States.Stored(Meter(901), Start, Start);
        Assert.That(SparkLine.Path(await GetAsync(901)), Is.Empty);
        await GetAsync(901);
        Assert.That(_timeline.Passes, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_picture_breaks_at_a_gap_and_is_well_formed()
    {
        var quarters = Enumerable.Range(0, 28 * 96).Select(i => Start.AddMinutes(15 * i)).ToArray();
        string PathOf(Func<DateTimeOffset, bool> present) =>
            SparkLine.Path(Trend.Of(ReadingColumns.Of(Meter(1), [.. quarters.Where(present).Select(at => Reading(1, at))]), quarters[^1]));
        Assert.That(PathOf(_ => true), Is.EqualTo("M0 48V3" + string.Concat(Enumerable.Repeat("l1 0", 111)) + "V48"));
        Assert.That(PathOf(at => (at - Start).TotalDays is < 10 or > 12).Count(c => c == 'M'), Is.EqualTo(2));
        Assert.That(PathOf(at => at == quarters[^1]), Is.EqualTo("M111 48V3h1V48"), "a single part is as wide as one");
        var drawn = XDocument.Parse(Encoding.UTF8.GetString(SparkLine.Draw(null)));
        Assert.That(drawn.Root!.Elements().Single().Attribute("d")!.Value, Is.Empty);
    }

    private TaskCompletionSource Hold()
    {
        var hold = new TaskCompletionSource();
        _timeline.Held = hold.Task;
        return hold;
    }

    private Task<Trend?> GetAsync(int meter, CancellationToken cancel = default) => _sparks.GetAsync(Meter(meter), cancel);

    private static MeterId Meter(int number) => MeterId.Of($"m-{number}");

    private static Reading Reading(int meter, DateTimeOffset at) => new(Meter(meter), at) { PowerKilowatts = 50 };

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
