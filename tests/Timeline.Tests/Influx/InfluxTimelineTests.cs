// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Detector.Timeline.Tests.Contracts;

namespace Detector.Timeline.Tests.Influx;

/// <summary>The contract over a real server, one for the fixture, a database for each test.</summary>
[TestFixture]
internal sealed class InfluxTimelineTests : TimelineContract
{
    private InfluxServer? _server;
    private int _databases;
    private TimelineOptions _opened = null!;

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

    protected override Task<TimelineOptions> FreshAsync()
    {
        _opened = new TimelineOptions
        {
            Kind = "influx",
            Influx =
            {
                Url = _server!.Url.AbsoluteUri, Database = $"t {++_databases}", RetrySeconds = 0.02, LongestRetrySeconds = 0.1, Retries = 3, CircuitSeconds = 0.5,
            },
        };
        return Task.FromResult(_opened);
    }

    [Test]
    public async Task A_point_of_a_conflicting_type_is_refused_with_the_servers_words_and_the_rest_is_kept()
    {
        var database = _opened.Influx.Database;
        await _server!.QueryAsync($"CREATE DATABASE \"{database}\"");
        await _server.WriteAsync(Uri.EscapeDataString(database), "readings,meter=other volts=\"high\" 1767571200000000");
        ArrivedReading[] batch = [.. Enumerable.Range(0, 64).Select(i => Arrived("m-1", i, i, 1, i))];
        batch[13] = batch[13] with { Reading = batch[13].Reading with { Volts = 230 } };
        batch[41] = batch[41] with { Reading = batch[41].Reading with { Volts = 231 } };
        var outcome = await Timeline.WriteAsync(batch, CancellationToken.None);
        var read = await ReadAllAsync("m-1");

        Assert.That(outcome.Refusals.Keys, Is.EquivalentTo(new[] { 13, 41 }));
        Assert.That(outcome.Refusals[13], Does.Contain("field type conflict"));
        Assert.That(outcome.Results.Count(result => result == WriteResult.Stored), Is.EqualTo(62));
        Assert.That(read.Select(reading => (int)reading.PowerKilowatts), Is.EqualTo(Enumerable.Range(0, 64).Except([13, 41])));
    }

    [Test]
    public async Task Points_beyond_the_retention_are_refused_and_the_rest_is_kept()
    {
        var database = _opened.Influx.Database;
        await _server!.QueryAsync($"CREATE DATABASE \"{database}\" WITH DURATION 1d");
        var now = TimeProvider.System.GetUtcNow();
        var young = new Metering.Reading(Metering.MeterId.Of("m-1"), now) { PowerKilowatts = 1 };
        var outcome = await Timeline.WriteAsync(
            new[] { new ArrivedReading(young with { Time = now.AddDays(-30) }, 1, 0), new ArrivedReading(young, 1, 1) }, CancellationToken.None);

        Assert.That(outcome.Results, Is.EqualTo(new[] { WriteResult.Refused, WriteResult.Stored }));
        Assert.That(outcome.Refusals[0], Does.Contain("retention policy"));
    }

    [Test]
    public async Task A_killed_server_fails_writes_for_a_while_and_nothing_is_doubled_after_it_is_back()
    {
        ArrivedReading[] batch = [.. Enumerable.Range(0, 2_000).Select(i => Arrived($"m-{i % 10}", i / 10, i, i + 1))];
        await WriteAsync(batch[..1_000]);
        await _server!.KillAsync();

        await Assert.ThatAsync(() => Timeline.WriteAsync(batch, CancellationToken.None), Throws.TypeOf<TimelineUnavailableException>());
        await Assert.ThatAsync(() => Timeline.ProbeAsync(CancellationToken.None), Throws.TypeOf<TimelineUnavailableException>());
        await Assert.ThatAsync(CountAsync, Throws.TypeOf<TimelineUnavailableException>());

        await _server.RestartAsync();
        var results = await UntilAvailableAsync(batch);
        var again = await WriteAsync(batch);
        var count = await CountAsync();

        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(again, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(2_000));
    }

    [Test]
    public async Task The_clients_numbers_are_stored_by_their_fixed_types()
    {
        await WriteAsync(Arrived("m-1", 0, 1, 1));
        var keys = await _server!.QueryAsync("SHOW FIELD KEYS FROM readings", _opened.Influx.Database);

        Assert.That(keys, Does.Contain("[\"kw\",\"float\"]").And.Contain("[\"position\",\"integer\"]").And.Contain("[\"index\",\"integer\"]"));
    }

    /// <summary>The circuit may be open still: the relay comes again in the same way.</summary>
    private async Task<WriteResult[]> UntilAvailableAsync(ArrivedReading[] batch)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await WriteAsync(batch);
            }
            catch (TimelineUnavailableException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }
}
