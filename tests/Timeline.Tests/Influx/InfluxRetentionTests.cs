// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Testing;
using Detector.Timeline.Tests.Contracts;

namespace Detector.Timeline.Tests.Influx;

/// <summary>Retention in a real server, which has no transactions: whatever a crash leaves, the account adds up and the next look finishes it.</summary>
[TestFixture]
internal sealed class InfluxRetentionTests : RetentionContract
{
    private InfluxServer? _server;
    private int _databases;
    private string _database = string.Empty;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await InfluxServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected override TimelineOptions Fresh()
    {
        _database = string.Create(CultureInfo.InvariantCulture, $"expiry{++_databases}");
        return new TimelineOptions { Kind = "influx", Influx = { Url = _server!.Url.AbsoluteUri, Database = _database, RetrySeconds = 0.02, LongestRetrySeconds = 0.1, Retries = 3 } };
    }

    [Test]
    public async Task Readings_that_a_crash_left_undeleted_count_once_and_go_with_the_next_look()
    {
        await WriteAsync([.. Quarters("m-1", 0, 96 * 3)]);
        await Retention.ExpireAsync([Expiry(Meter, days: 2, readingsDays: 1)], settledPosition: 1000, CancellationToken.None);

        // As if the deletion had been cut off: the last twenty of them are still there.
        await LeaveAsync(Quarters("m-1", 76, 20));
        var before = (await Timeline.CountAsync(CancellationToken.None), await Retention.ExpiredAsync(CancellationToken.None));
        var ages = await Retention.AgesAsync(CancellationToken.None);
        var after = (await Timeline.CountAsync(CancellationToken.None), await Retention.ExpiredAsync(CancellationToken.None));

        Assert.That(before, Is.EqualTo(((96L * 2) + 20, 96L - 20)));
        Assert.That(after, Is.EqualTo((96L * 2, 96L)));
        Assert.That(ages.Single().First, Is.EqualTo(Start.AddDays(1)));
    }

    [Test]
    public async Task A_burst_that_a_crash_left_half_deleted_counts_once_and_goes_with_the_next_look()
    {
        ArrivedReading[] burst = [.. Enumerable.Range(1, 30).Select(s => Arrived("m-1", Start.AddMinutes(15).AddSeconds(s), s, 500 + s))];
        await WriteAsync([.. Quarters("m-1", 0, 96), .. burst]);
        await _server!.WriteAsync(_database, string.Create(
            CultureInfo.InvariantCulture,
            $"expired_bursts,meter=m-1 to_us={Instants.ToUnixMicroseconds(burst[^1].Reading.Time)}i,readings=30i {Instants.ToUnixMicroseconds(burst[0].Reading.Time)}"));
        await _server.QueryAsync($"DELETE FROM readings WHERE meter = 'm-1' AND time >= {1000 * Instants.ToUnixMicroseconds(burst[0].Reading.Time)} AND time < {1000 * Instants.ToUnixMicroseconds(burst[10].Reading.Time)}", _database);
        var before = (await Timeline.CountAsync(CancellationToken.None), await Retention.ExpiredAsync(CancellationToken.None));
        await Retention.AgesAsync(CancellationToken.None);
        var after = (await Timeline.CountAsync(CancellationToken.None), await Retention.ExpiredAsync(CancellationToken.None));

        Assert.That(before, Is.EqualTo((116L, 10L)));
        Assert.That(after, Is.EqualTo((96L, 30L)));
    }

    private Task LeaveAsync(IEnumerable<ArrivedReading> readings) => _server!.WriteAsync(_database, string.Join('\n', readings.Select(r => string.Create(
        CultureInfo.InvariantCulture,
        $"readings,meter={r.Reading.Meter.Value} position={r.Position}i,index=0i,kind=1i,quality=0i,kw={r.Reading.PowerKilowatts} {Instants.ToUnixMicroseconds(r.Reading.Time)}"))));
}
