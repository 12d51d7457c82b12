// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Detection;
using Detector.Metering;
using Detector.Neighbours;
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
            var alone = parts.Judge.Assess(new SeriesAssessor().Assess(registration.Meter, Readings(registration.Meter.Value), registration).Series, registration, asOf: null);
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
        await bench.Timeline.WriteAsync(batch, CancellationToken.None);
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
            bench.Registry,
            new BurstRequestOptions(),
            TimeProvider.System);
        var neighbours = new NeighbourWatch(bench.Timeline, new SeriesAssessor(), judge, bench.Registry, new NeighbourOptions());
        var watch = new Watch(bench.Timeline, judge, neighbours, bursts, desk, bench.States, bench.Registry, Options, TimeProvider.System, NullLogger<Watch>.Instance);
        return new WatchParts(bench, timeline!, judge, desk, book, watch);
    }

    private sealed record WatchParts(RelayBench Bench, FaultyTimeline Timeline, Judge Judge, CaseDesk Desk, BurstBook Book, Watch Watch) : IAsyncDisposable
    {
        public MeterStates States => Bench.States;

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
