// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Detection;
using Detector.Metering;
using Detector.Neighbours;
using Detector.Pipeline.Drift;
using Detector.Profiles;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests;

/// <summary>The watch over real parts: what is due is read together and judged as a recording would be.</summary>
internal sealed class WatchTests
{
    private const int Days = 40;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WatchOptions Options = new() { QuietFor = TimeSpan.Zero, History = TimeSpan.FromDays(91) };

    [Test]
    public async Task All_that_is_due_is_read_once_and_judged_as_its_readings_alone_would_be()
    {
        await using var parts = await PartsAsync("a", "b", "c");
        await parts.Watch.RebuildAsync(CancellationToken.None);
        var judged = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var again = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var verdicts = await parts.Desk.VerdictsAsync(new VerdictFilter(), CancellationToken.None);

        Assert.That((judged, again, parts.Timeline.ReadsOfMany), Is.EqualTo((3, 0, 1)));
        Assert.That(verdicts.Select(v => v.Finding.Meter.Value), Is.EquivalentTo(new[] { "a", "b", "c" }));
        foreach (var verdict in verdicts)
        {
            var registration = MeterRegistration.Unregistered(verdict.Finding.Meter);
            var alone = parts.Judge.Assess(new SeriesAssessor().Assess(registration.Meter, Readings(registration.Meter.Value)).Series, registration, asOf: null);
            Assert.That(verdict.Finding.Verdict, Is.EqualTo(alone.Verdict));
            Assert.That(verdict.Finding.Probability, Is.EqualTo(alone.Probability));
            Assert.That(verdict.Finding.Window, Is.EqualTo(alone.Window));
        }
    }

    [Test]
    public async Task A_meter_whose_readings_are_gone_waits_for_its_next_ones()
    {
        await using var parts = await PartsAsync("a");
        parts.States.Stored(MeterId.Of("gone"), Start.AddDays(Days), TimeProvider.System.GetUtcNow());
        var judged = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var again = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        Assert.That((judged, again), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task While_the_store_is_away_what_is_due_stays_due()
    {
        await using var parts = await PartsAsync("a");
        await parts.Watch.RebuildAsync(CancellationToken.None);
        parts.Timeline.ReadsAway = 1;
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var before = parts.Watch.Judged;
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        Assert.That((before, parts.Watch.Judged), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public async Task After_a_restart_no_meter_of_a_site_is_judged_again_on_what_it_was_judged_on()
    {
        await using var parts = await PartsAsync("a", "b");
        parts.Bench.Registry.Replace(new SiteRegistry(
            new[] { "a", "b" }.Select(meter => MeterRegistration.Unregistered(MeterId.Of(meter)) with { Site = "mill" })));
        await parts.Watch.RebuildAsync(CancellationToken.None);
        Assert.That(await parts.Watch.JudgeDueAsync(CancellationToken.None), Is.EqualTo(2));
        var restarted = new MeterStates();
        foreach (var (meter, until) in await parts.Desk.JudgedUntilAsync(after: null, limit: 10, CancellationToken.None))
        {
            restarted.Found(meter, Start.AddDays(Days).AddHours(-1), until, TimeProvider.System.GetUtcNow());
        }

        Assert.That((restarted.Count, restarted.AllJudged(Options, TimeProvider.System.GetUtcNow())), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task A_meter_that_moved_is_judged_by_what_it_measured_where_it_is_now()
    {
        await using var parts = await PartsAsync("a", "b");
        var (moved, meter) = (Start.AddDays(30), MeterRegistration.Unregistered(MeterId.Of("a")));
        parts.Bench.Registry.Replace(new SiteRegistry(
        [
            meter with { Site = "mill", ValidTo = moved },
            meter with { Site = "hall", ValidFrom = moved },
            MeterRegistration.Unregistered(MeterId.Of("b")) with { Site = "depot", ValidTo = moved },
        ]));
        await parts.Watch.RebuildAsync(CancellationToken.None);
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var verdicts = await parts.Desk.VerdictsAsync(new VerdictFilter(), CancellationToken.None);

        Assert.That(verdicts.Select(v => (v.Site, v.Finding.Window)), Is.EquivalentTo(new[]
        {
            ("hall", new TimeRange(moved, Start.AddDays(Days))),
            ("depot", new TimeRange(Start, moved)), // out of service: judged to the end, and what came later is of no site
        }));
        Assert.That(await parts.Watch.JudgeDueAsync(CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Late_readings_from_before_a_move_are_judged_where_the_meter_was()
    {
        await using var parts = await PartsAsync();
        var (moved, meter) = (Start.AddDays(30), MeterRegistration.Unregistered(MeterId.Of("a")));
        parts.Bench.Registry.Replace(new SiteRegistry([meter with { Site = "mill", ValidTo = moved }, meter with { Site = "hall", ValidFrom = moved }]));
        await parts.ArriveAsync(r => r.Time < Start.AddDays(2) || (r.Time >= Start.AddDays(22) && r.Time < moved));
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        await parts.Watch.RebuildAsync(CancellationToken.None); // what the meter was last judged on is known after a restart too
        await parts.ArriveAsync(r => r.Time >= moved);
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var before = (await parts.Desk.VerdictsAsync(new VerdictFilter(), CancellationToken.None)).Single();
        var judged = parts.Watch.Judged;

        await parts.ArriveAsync(r => r.Time >= Start.AddDays(2) && r.Time < Start.AddDays(22));
        var due = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var again = await parts.Watch.JudgeDueAsync(CancellationToken.None);
        var mill = await parts.Desk.HistoryAsync("mill", CancellationToken.None);
        var alone = parts.Judge.Assess(
            new SeriesAssessor().Assess(meter.Meter, [.. Readings("a").Where(r => r.Time < moved)]).Series, meter with { Site = "mill" }, asOf: null);

        Assert.That((due, again, parts.Watch.Judged - judged), Is.EqualTo((1, 0, 2L)), "the mill and the hall, once each");
        Assert.That(mill.Select(v => (v.Finding.Window, v.Finding.Verdict)), Is.EqualTo(new[]
        {
            (new TimeRange(Start, moved), alone.Verdict), (new TimeRange(Start, moved), Verdict.Insufficient),
        }));
        Assert.That((alone.Verdict, mill[0].Finding.Probability), Is.EqualTo((Verdict.Clear, alone.Probability)));
        Assert.That((await parts.Desk.VerdictsAsync(new VerdictFilter(), CancellationToken.None)).Single().Sequence, Is.EqualTo(before.Sequence));
        Assert.That(before.Site, Is.EqualTo("hall"));
        Assert.That(parts.States.JudgedUntil(meter.Meter), Is.EqualTo(Start.AddDays(Days).AddHours(-1)), "how far it is judged is told by where it is now");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Readings_that_come_late_before_any_from_where_the_meter_is_now_are_judged_where_it_was(bool goesOn)
    {
        await using var parts = await PartsAsync();
        var (moved, meter) = (Start.AddDays(30), MeterRegistration.Unregistered(MeterId.Of("a")));
        parts.Bench.Registry.Replace(new SiteRegistry(goesOn
            ? [meter with { Site = "mill", ValidTo = moved }, meter with { Site = "hall", ValidFrom = moved }]
            : [meter with { Site = "mill", ValidTo = moved }]));
        await parts.ArriveAsync(r => r.Time < Start.AddDays(2) || (r.Time >= Start.AddDays(22) && r.Time < moved));
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        await parts.ArriveAsync(r => r.Time >= Start.AddDays(2) && r.Time < Start.AddDays(22));
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        Assert.That((await parts.Desk.HistoryAsync("mill", CancellationToken.None)).Select(v => (v.Finding.Window, v.Finding.Verdict)), Is.EqualTo(new[]
        {
            (new TimeRange(Start, moved), Verdict.Clear), (new TimeRange(Start, moved), Verdict.Insufficient),
        }));
    }

    [Test]
    public async Task Late_readings_from_after_a_move_leave_the_former_site_alone()
    {
        await using var parts = await PartsAsync("a");
        var (moved, meter) = (Start.AddDays(30), MeterRegistration.Unregistered(MeterId.Of("a")));
        parts.Bench.Registry.Replace(new SiteRegistry([meter with { Site = "mill", ValidTo = moved }, meter with { Site = "hall", ValidFrom = moved }]));
        await parts.Watch.RebuildAsync(CancellationToken.None);
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        parts.States.Stored(meter.Meter, moved.AddDays(1), TimeProvider.System.GetUtcNow());
        Assert.That(await parts.Watch.JudgeDueAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That((parts.Watch.Judged, (await parts.Desk.HistoryAsync("mill", CancellationToken.None)).Count), Is.EqualTo((2L, 0)));
    }

    [Test]
    public async Task A_meter_counts_once_a_week_towards_drift()
    {
        await using var parts = await PartsAsync("a", "b");
        await parts.Watch.RebuildAsync(CancellationToken.None);
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        parts.States.Stored(MeterId.Of("a"), Start, TimeProvider.System.GetUtcNow()); // a late reading: it is judged again, on the same days
        Assert.That(await parts.Watch.JudgeDueAsync(CancellationToken.None), Is.EqualTo(1));
        var report = parts.Drift.Report();
        Assert.That((report.Week, report.Meters, report.Model), Is.EqualTo((new DateOnly(2026, 2, 9), 2, parts.Judge.Model.Id)), "the fortieth day is a Monday");
    }

    [Test]
    public async Task Judging_leaves_the_last_weeks_of_a_meter_and_what_came_late_is_in_the_next()
    {
        await using var parts = await PartsAsync();
        var meter = MeterId.Of("a");
        int Known() => Enumerable.Range(0, Trend.Parts).Count(part => !double.IsNaN(parts.States.TrendOf(meter)![part]));
        await parts.ArriveAsync(r => r.Time < Start.AddDays(20) || r.Time >= Start.AddDays(30));
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        Assert.That((parts.States.TrendOf(meter)!.Until, Known()), Is.EqualTo((Start.AddDays(Days).AddHours(-1), 18 * 4)));

        await parts.ArriveAsync(r => r.Time >= Start.AddDays(20) && r.Time < Start.AddDays(30));
        await parts.Watch.JudgeDueAsync(CancellationToken.None);
        Assert.That(Known(), Is.EqualTo(Trend.Parts));
    }

    private static List<Reading> Readings(string meter) =>
    [
        .. Enumerable.Range(0, Days * 24).Select(hour => new Reading(MeterId.Of(meter), Start.AddHours(hour))
        {
            Kind = ReadingKind.IntervalMean,
            Interval = TimeSpan.FromHours(1),
            PowerKilowatts = Math.Round(100 + (meter[0] * Math.Sin(2 * Math.PI * hour / 24) / 4) + (hour * 7919L % 13), 1),
        }),
    ];

    private static async Task<WatchParts> PartsAsync(params string[] meters)
    {
        FaultyTimeline? timeline = null;
        var bench = await RelayBench.OpenAsync(inner => timeline = new FaultyTimeline(inner));
        ArrivedReading[] batch = [.. meters.SelectMany(Readings).Select((reading, i) => new ArrivedReading(reading, i + 1, 0))];
        if (batch.Length > 0)
        {
            await bench.Timeline.WriteAsync(batch, CancellationToken.None);
        }

        var models = Path.Combine(Requires.Repository(), "models");
        var model = DetectorModel.Load(Path.Combine(models, (await File.ReadAllTextAsync(Path.Combine(models, "current"))).Trim()));
        var judge = new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        var desk = await CaseDesk.OpenAsync(new CasesOptions(), bench.Folder, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var book = BurstBook.Open(Path.Combine(bench.Folder, BurstBook.FileName));
        var bursts = new BurstDesk(
            book,
            new BurstRequests(book, new NoCommands(), bench.Timeline, new BurstRequestOptions(), TimeProvider.System, NullLogger<BurstRequests>.Instance),
            bench.Timeline,
            new SeriesAssessor(),
            judge,
            new BurstRequestOptions(),
            TimeProvider.System);
        var fleet = new FleetJudge(judge, bench.Registry, followsRegister: false);
        var neighbours = new NeighbourWatch(bench.Timeline, new SeriesAssessor(), fleet, bench.Registry, new NeighbourOptions());
        var drift = DriftBook.Open(Path.Combine(bench.Folder, DriftBook.FileName), model, NullLogger.Instance);
        var watch = new Watch(bench.Timeline, fleet, neighbours, bursts, desk, bench.States, drift, bench.Registry, Options, TimeProvider.System, NullLogger<Watch>.Instance);
        return new WatchParts(bench, timeline!, judge, desk, book, drift, watch);
    }

    private sealed record WatchParts(RelayBench Bench, FaultyTimeline Timeline, Judge Judge, CaseDesk Desk, BurstBook Book, DriftBook Drift, Watch Watch) : IAsyncDisposable
    {
        private long _position;

        public MeterStates States => Bench.States;

        /// <summary>Some of a meter's readings are stored and told, as the relay does it.</summary>
        public async Task ArriveAsync(Func<Reading, bool> which)
        {
            ArrivedReading[] batch = [.. Readings("a").Where(which).Select(reading => new ArrivedReading(reading, ++_position, 0))];
            await Bench.Timeline.WriteAsync(batch, CancellationToken.None);
            foreach (var arrived in batch)
            {
                States.Stored(arrived.Reading.Meter, arrived.Reading.Time, TimeProvider.System.GetUtcNow());
            }
        }

        public async ValueTask DisposeAsync()
        {
            Book.Dispose();
            await Desk.DisposeAsync();
            await Bench.DisposeAsync();
        }
    }

    private sealed class NoCommands : IMeterCommands
    {
        public string? Away => null;

        public Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel) => Task.FromResult<string?>(null);
    }
}
