// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Timeline.Tests.Contracts;

/// <summary>What every store with retention holds to: hours stay, what expired is counted, and none of it can come again; one fixture a store inherits it.</summary>
internal abstract class RetentionContract
{
    protected static DateTimeOffset Start { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    protected static MeterId Meter { get; } = MeterId.Of("m-1");

    private ITimeline _timeline = null!;
    private TimelineOptions _options = null!;

    protected ITimeline Timeline => _timeline;

    protected IRetention Retention => _timeline.Retention!;

    /// <summary>Options of a store that has no readings yet.</summary>
    protected abstract TimelineOptions Fresh();

    [SetUp]
    public async Task Open()
    {
        _options = Fresh();
        _timeline = await OpenAsync(_options);
    }

    [TearDown]
    public async Task Close() => await _timeline.DisposeAsync();

    [Test]
    public async Task Expired_readings_leave_their_hours_and_are_counted()
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3), .. Quarters("m-2", 0, 96)]);
        var outcome = await Retention.ExpireAsync([Expiry(Meter, days: 2, readingsDays: 1)], settledPosition: 1000, CancellationToken.None);

        Assert.That((outcome.Readings, outcome.PutOff.Count), Is.EqualTo((96L, 0)));
        Assert.That(await _timeline.CountAsync(CancellationToken.None), Is.EqualTo((96 * 3) + 96 - 96));
        Assert.That(await Retention.ExpiredAsync(CancellationToken.None), Is.EqualTo(96));
        Assert.That(await Retention.HorizonAsync(Meter, CancellationToken.None), Is.EqualTo(new MeterHorizon(Start.AddDays(1), Start.AddDays(2))));
        Assert.That(await Retention.HorizonAsync(MeterId.Of("m-2"), CancellationToken.None), Is.Null);
        Assert.That(await AggregatesAsync(AggregateLength.Hour), Is.EqualTo(Expiry(Meter, 2, 1).Hours));
        Assert.That(await AggregatesAsync(AggregateLength.Day), Is.EqualTo(Expiry(Meter, 2, 1).Days));
        Assert.That(await _timeline.ExtentAsync(Meter, CancellationToken.None), Is.EqualTo(new TimeRange(Start, Start.AddMinutes(15 * ((96 * 3) - 1)))));
        Assert.That((await Retention.AgesAsync(CancellationToken.None))[0], Is.EqualTo(new MeterAge(Meter, Start.AddDays(1), Start.AddMinutes(15 * ((96 * 3) - 1)), Start.AddDays(2), null)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_comes_again_from_an_expired_time_is_not_stored_again(bool reopened)
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3)]);
        await Retention.ExpireAsync([Expiry(Meter, days: 2, readingsDays: 1)], settledPosition: 1000, CancellationToken.None);
        if (reopened)
        {
            await _timeline.DisposeAsync();
            _timeline = await OpenAsync(_options);
        }

        var results = await WriteAsync(Quarter("m-1", 3, 900), Quarter("m-1", 100, 901), Quarter("m-1", 2 * 96, 902), Quarter("m-1", 96 * 3, 903), Quarter("m-2", 3, 904));

        // The second lies between the readings that are kept and the end of the hours: its hour stands already.
        Assert.That(results, Is.EqualTo(new[] { WriteResult.Expired, WriteResult.Expired, WriteResult.Duplicate, WriteResult.Stored, WriteResult.Stored }));
    }

    [Test]
    public async Task A_meter_with_other_readings_than_its_hours_were_made_of_is_put_off_whole()
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3), .. Quarters("m-2", 0, 96 * 3)]);
        var outcome = await Retention.ExpireAsync(
            [Expiry(Meter, 2, 1) with { Readings = 191 }, Expiry(MeterId.Of("m-2"), 2, 1)], settledPosition: 1000, CancellationToken.None);

        Assert.That(outcome.PutOff, Is.EqualTo(new[] { Meter }));
        Assert.That(outcome.Readings, Is.EqualTo(96));
        Assert.That(await AggregatesAsync(AggregateLength.Hour), Is.Empty);
        Assert.That(await Retention.HorizonAsync(Meter, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_meter_with_a_reading_that_is_not_settled_is_put_off()
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3)]); // positions 1 to 288
        var outcome = await Retention.ExpireAsync([Expiry(Meter, 2, 1)], settledPosition: 191, CancellationToken.None);
        var settled = await Retention.ExpireAsync([Expiry(Meter, 2, 1)], settledPosition: 192, CancellationToken.None);

        Assert.That((outcome.Readings, outcome.PutOff.Count), Is.EqualTo((0L, 1)));
        Assert.That((settled.Readings, settled.PutOff.Count), Is.EqualTo((96L, 0)));
    }

    [Test]
    public async Task A_batch_that_is_broken_off_changes_nothing()
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3)]);
        using var stop = new CancellationTokenSource();
        var hours = new StoppingList(Expiry(Meter, 2, 1).Hours, stop);
        Assert.That(
            async () => await Retention.ExpireAsync([Expiry(Meter, 2, 1) with { Hours = hours }], 1000, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await _timeline.CountAsync(CancellationToken.None), Is.EqualTo(96 * 3));
        Assert.That(await AggregatesAsync(AggregateLength.Hour), Is.Empty);
        Assert.That(await Retention.ExpiredAsync(CancellationToken.None), Is.Zero);
        Assert.That(await WriteAsync(Quarter("m-1", 3, 900)), Is.EqualTo(new[] { WriteResult.Duplicate }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Bursts_expire_apart_and_leave_the_readings_of_the_intervals(bool reopened)
    {
        ArrivedReading[] burst = [.. Enumerable.Range(0, 60).Select(s => Arrived("m-1", Start.AddMinutes(15).AddSeconds(s - 30), s, 500 + s))];
        await WriteAsync([.. Quarters("m-1", 0, 96), .. burst.Where(b => b.Reading.Time != Start.AddMinutes(15))]);
        long[] times = [.. burst.Where(b => b.Reading.Time != Start.AddMinutes(15)).Select(b => Instants.ToUnixMicroseconds(b.Reading.Time))];
        var expiry = new BurstExpiry(Meter, Start.AddHours(1), [new BurstSpan(times[0], times[^1], times, [Instants.ToUnixMicroseconds(Start.AddMinutes(15))])]);
        var unsettled = await Retention.ExpireBurstsAsync([expiry], settledPosition: 500, CancellationToken.None);
        var outcome = await Retention.ExpireBurstsAsync([expiry], settledPosition: 1000, CancellationToken.None);
        if (reopened)
        {
            await _timeline.DisposeAsync();
            _timeline = await OpenAsync(_options);
        }

        var again = await WriteAsync([.. burst.Select((b, i) => b with { Position = 2000 + i }), Quarter("m-1", 1, 3000)]);
        Assert.That((unsettled.Readings, unsettled.PutOff.Count), Is.EqualTo((0L, 1)));
        Assert.That((outcome.Readings, outcome.PutOff.Count), Is.EqualTo((59L, 0)));
        Assert.That(await _timeline.CountAsync(CancellationToken.None), Is.EqualTo(96));
        Assert.That(await Retention.ExpiredAsync(CancellationToken.None), Is.EqualTo(59));
        Assert.That(again.Count(r => r == WriteResult.Expired), Is.EqualTo(59));
        Assert.That(again[^1], Is.EqualTo(WriteResult.Duplicate));
        Assert.That((await Retention.AgesAsync(CancellationToken.None))[0].BurstsUntil, Is.EqualTo(Start.AddHours(1)));
    }

    [Test]
    public async Task Hours_and_days_are_dropped_by_their_own_age_but_for_meters_that_are_held()
    {
        var other = MeterId.Of("m-2");
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3), .. Quarters("m-2", 0, 96 * 3)]);
        await Retention.ExpireAsync([Expiry(Meter, 2, 1), Expiry(other, 2, 1)], settledPosition: 1000, CancellationToken.None);
        var due = await Retention.CountAsync(AggregateLength.Hour, Start.AddHours(30), [other], CancellationToken.None);
        var dropped = await Retention.DropAsync(AggregateLength.Hour, Start.AddHours(30), [other], CancellationToken.None);

        Assert.That((due, dropped), Is.EqualTo((30L, 30L)));
        var left = await ReadAsync(AggregateLength.Hour, [Meter, other]);
        Assert.That(left.Select(l => (l.Meter, l.Aggregates.Count)), Is.EqualTo(new[] { (Meter, 18), (other, 48) }));
        Assert.That((await ReadAsync(AggregateLength.Day, [Meter]))[0].Aggregates, Has.Count.EqualTo(2));
    }

    protected static ArrivedReading Arrived(string meter, DateTimeOffset time, double kilowatts, long position) =>
        new(new Reading(MeterId.Of(meter), time) { PowerKilowatts = kilowatts }, position, 0);

    protected static ArrivedReading Quarter(string meter, int index, long position) => Arrived(meter, Start.AddMinutes(15 * index), index % 7, position);

    protected static IEnumerable<ArrivedReading> Quarters(string meter, int from, int count) => Enumerable.Range(from, count).Select(i => Quarter(meter, i, i + 1));

    protected static MeterExpiry Expiry(MeterId meter, int days, int readingsDays)
    {
        LoadAggregate Of(int hour) => new(Start.AddHours(hour), 3.5, 1, double.NaN, TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(15), 4, QualityFlags.Estimated, double.NaN);
        LoadAggregate[] hours = [.. Enumerable.Range(0, days * 24).Select(Of)];
        return new MeterExpiry
        {
            Meter = meter,
            Readings = days * 96,
            HoursUntil = Start.AddDays(days),
            ReadingsUntil = Start.AddDays(readingsDays),
            Hours = hours,
            Days = [.. Enumerable.Range(0, days).Select(d => LoadAggregate.Of(Start.AddDays(d), hours.AsSpan(d * 24, 24)))],
        };
    }

    protected async Task<WriteResult[]> WriteAsync(params ArrivedReading[] batch) => (await _timeline.WriteAsync(batch, CancellationToken.None)).Results;

    private async Task<IReadOnlyList<LoadAggregate>> AggregatesAsync(AggregateLength length) =>
        (await ReadAsync(length, [Meter])).SingleOrDefault()?.Aggregates ?? [];

    private async Task<List<LoadAggregates>> ReadAsync(AggregateLength length, MeterId[] meters)
    {
        var all = new List<LoadAggregates>();
        await foreach (var one in Retention.ReadAsync(length, meters, TimeRange.All, CancellationToken.None))
        {
            all.Add(one);
        }

        return all;
    }

    protected static Task<ITimeline> OpenAsync(TimelineOptions options) =>
        TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);

    /// <summary>Hours that cancel while they are being written.</summary>
    private sealed class StoppingList(IReadOnlyList<LoadAggregate> hours, CancellationTokenSource stop) : IReadOnlyList<LoadAggregate>
    {
        public int Count => hours.Count;

        public LoadAggregate this[int index] => hours[index];

        public IEnumerator<LoadAggregate> GetEnumerator()
        {
            stop.Cancel();
            return hours.GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
