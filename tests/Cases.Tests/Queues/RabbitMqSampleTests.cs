// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Outbox;
using Detector.Cases.Queues;
using Detector.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Detector.Cases.Tests.Queues;

/// <summary>The consumer of <c>samples/rabbitmq</c>, as a process, on a real broker.</summary>
public sealed class RabbitMqSampleTests
{
    private static readonly string Consumer = Path.Combine(
        Requires.Repository(),
        "samples",
        "rabbitmq",
        "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug",
        "net10.0",
        "rabbit-consumer");

    private RabbitServer _server = null!;
    private CasesBench _bench = null!;
    private string _store = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await RabbitServer.StartAsync();
        _bench = await CasesBench.OpenAsync();
        _store = _bench.Folder.In("events.db");
    }

    [TearDown]
    public async Task Stop()
    {
        await (_bench?.DisposeAsync() ?? default);
        await (_server?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task It_keeps_every_event_once_in_order_over_a_kill_of_itself_and_puts_aside_what_it_cannot_read()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var publisher = new OutboxPublisher(
            _bench.Desk,
            new QueueOptions { Kind = "rabbitmq", RabbitMq = new RabbitMqOptions { Url = _server.Url }, PollEvery = TimeSpan.FromMilliseconds(50) },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await using (var first = await ConsumeAsync())
        {
            var running = publisher.RunAsync(stop.Token);
            for (var i = 0; i < 20; i++)
            {
                await _bench.OpenRefutedAsync($"s-{i}");
            }

            await first.UntilAsync(() => Task.FromResult(Kept().Count > 10));
            await first.KillAsync();
            for (var i = 20; i < 30; i++)
            {
                await _bench.OpenRefutedAsync($"s-{i}");
            }

            await PublishAsync("detector.case.opened", "{ no event");
            await using var second = await ConsumeAsync();
            var events = await _bench.EventsAsync();
            await second.UntilAsync(() => Task.FromResult(Kept().Count >= events.Count));

            // Everything again, as a publisher does that was cut off before it noted the confirmations.
            foreach (var happened in events)
            {
                await PublishAsync(happened.Type, happened.ToCloudEventJson());
            }

            await second.UntilAsync(() => Task.FromResult(second.Output.Split("repeat ").Length > events.Count));
            await second.UntilAsync(async () => await DeadAsync() == 1);
            await stop.CancelAsync();
            await running;

            var kept = Kept();
            Assert.That(kept.Select(k => k.Id), Is.EquivalentTo(events.Select(e => e.Id)), "every event, none twice");
            foreach (var subject in kept.GroupBy(k => k.Subject))
            {
                Assert.That(subject.Select(k => k.Sequence), Is.Ordered, subject.Key);
            }
        }
    }

    private async Task<ServerProcess> ConsumeAsync()
    {
        var consumer = ServerProcess.Start(Consumer, [_server.Url, _store]);
        await consumer.UntilAsync(() => Task.FromResult(consumer.Output.Contains("ready", StringComparison.Ordinal)));
        return consumer;
    }

    private async Task PublishAsync(string type, string body)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_server.Url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync("detector", type, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body));
    }

    private async Task<uint> DeadAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_server.Url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync("crm.dead");
    }

    private List<(string Id, long Sequence, string Subject)> Kept()
    {
        using var connection = new SqliteConnection($"Data Source={_store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, sequence, subject FROM events ORDER BY place";
        using var rows = command.ExecuteReader();
        var kept = new List<(string Id, long Sequence, string Subject)>();
        while (rows.Read())
        {
            kept.Add((rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        }

        return kept;
    }
}
