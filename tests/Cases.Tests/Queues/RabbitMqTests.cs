// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Outbox;
using Detector.Cases.Queues;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Detector.Cases.Tests.Queues;

/// <summary>Against a real broker.</summary>
public sealed class RabbitMqTests
{
    private const string Inbox = "inbox";

    /// <summary>How much longer the broker stays away once events wait for it: not at all, or as the variable says (docs/cases.md), such as a minute.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("DETECTOR_BROKER_OUTAGE_SECONDS") is { Length: > 0 } seconds ? seconds : "0", System.Globalization.CultureInfo.InvariantCulture));

    private RabbitServer _server = null!;
    private CasesBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await RabbitServer.StartAsync();
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.ExchangeDeclareAsync("detector", ExchangeType.Topic, durable: true);
            await channel.QueueDeclareAsync(Inbox, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(Inbox, "detector", "detector.#");
        }

        await _server.SettleAsync();
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(Inbox);
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task An_event_arrives_persistent_with_its_type_as_key_and_the_cloud_event_as_body()
    {
        await _bench.OpenCaseAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using (var publisher = Publisher())
        {
            var running = publisher.RunAsync(stop.Token);
            await EmptyAsync(publisher, stop.Token);
            await stop.CancelAsync();
            await running;
        }

        var events = await _bench.EventsAsync();
        var arrived = await DrainAsync();

        // The verdict is of the site, the opening of the case: order is promised within a subject, not between two.
        Assert.That(arrived.Select(m => m.BasicProperties.MessageId), Is.EquivalentTo(events.Select(e => e.Id)));
        var messages = events.Select(e => arrived.Single(m => m.BasicProperties.MessageId == e.Id)).ToArray();
        Assert.That(messages.Select(m => m.RoutingKey), Is.EqualTo(events.Select(e => e.Type)));
        Assert.That(messages.Select(m => Encoding.UTF8.GetString(m.Body.Span)), Is.EqualTo(events.Select(e => e.ToCloudEventJson())));
        Assert.That(messages.Select(m => (m.BasicProperties.Persistent, m.BasicProperties.ContentType)), Has.All.EqualTo((true, "application/cloudevents+json")));
    }

    [Test]
    public async Task An_event_that_no_queue_is_bound_for_is_counted_and_does_not_hold_up_the_others()
    {
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueUnbindAsync(Inbox, "detector", "detector.#");
            await channel.QueueBindAsync(Inbox, "detector", "detector.case.opened");
        }

        try
        {
            await _bench.OpenCaseAsync();
            using var counted = new Counted("Detector.Cases", "type");
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await using var publisher = Publisher();
            var running = publisher.RunAsync(stop.Token);
            await EmptyAsync(publisher, stop.Token);
            await stop.CancelAsync();
            await running;

            var elsewhere = (await _bench.EventsAsync()).Select(e => e.Type).Where(t => t != "detector.case.opened").ToList();
            var arrived = await DrainAsync();
            Assert.That(arrived.Select(m => m.RoutingKey), Is.EqualTo(new[] { "detector.case.opened" }));
            Assert.That(elsewhere, Is.Not.Empty);
            Assert.That(elsewhere.Distinct().Select(t => counted[$"detector.cases.queue.unrouted:{t}"]), Is.EqualTo(elsewhere.GroupBy(t => t).Select(g => (long)g.Count())));
            Assert.That(counted["detector.cases.queue.unrouted:detector.case.opened"], Is.Zero);
        }
        finally
        {
            await using var connection = await ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueBindAsync(Inbox, "detector", "detector.#");
            await channel.QueueUnbindAsync(Inbox, "detector", "detector.case.opened");
        }
    }

    [Test]
    public async Task A_broker_killed_under_load_and_started_again_gets_every_event_in_order_per_subject()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(120) + (4 * Outage));
        await using var publisher = Publisher();
        var running = publisher.RunAsync(stop.Token);
        using var enough = new CancellationTokenSource();
        var load = LoadAsync(enough.Token);
        await DeliveredAsync(20, stop.Token);
        await _server.KillAsync();
        await UntilAsync(() => Task.FromResult(!publisher.IsHealthy), stop.Token);
        var duringLoss = await publisher.WaitingAsync(stop.Token);
        await UntilAsync(async () => await publisher.WaitingAsync(stop.Token) > duringLoss + 20, stop.Token);
        await Task.Delay(Outage, stop.Token);
        await _server.RestartAsync();
        await UntilAsync(() => Task.FromResult(publisher.IsHealthy), stop.Token);
        await enough.CancelAsync();
        await load;
        await EmptyAsync(publisher, stop.Token);
        await stop.CancelAsync();
        await running;

        var arrived = (await DrainAsync()).DistinctBy(m => m.BasicProperties.MessageId).ToList();
        var events = (await _bench.EventsAsync()).ToDictionary(e => e.Id);
        await TestContext.Out.WriteLineAsync($"{events.Count} events, {arrived.Count} of them distinct at the consumer, {duringLoss} waiting when the loss was noticed");
        Assert.That(arrived.Select(m => m.BasicProperties.MessageId), Is.EquivalentTo(events.Keys));
        foreach (var subject in arrived.Select(m => events[m.BasicProperties.MessageId!]).GroupBy(e => e.Subject))
        {
            Assert.That(subject.Select(e => e.Sequence), Is.Ordered, subject.Key);
        }
    }

    private OutboxPublisher Publisher() => new(
        _bench.Desk,
        new QueueOptions
        {
            Kind = "rabbitmq",
            RabbitMq = new RabbitMqOptions { Url = _server.Url },
            FirstBackOff = TimeSpan.FromMilliseconds(50),
            LongestBackOff = TimeSpan.FromMilliseconds(500),
            PollEvery = TimeSpan.FromMilliseconds(50),
        },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    /// <summary>Cases with several events each, one after another, until enough.</summary>
    private async Task LoadAsync(CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            await _bench.OpenRefutedAsync($"s-{i}");
            await _bench.Desk.ConsiderAsync(CasesBench.Finding($"s-{i}", Metering.Verdict.Clear, day: 1), default);
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task DeliveredAsync(int events, CancellationToken cancel) => await UntilAsync(
        async () =>
        {
            await using var connection = await ConnectAsync();
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
            return await channel.MessageCountAsync(Inbox, cancel) >= events;
        },
        cancel);

    private static Task EmptyAsync(OutboxPublisher publisher, CancellationToken cancel) =>
        UntilAsync(async () => await publisher.WaitingAsync(cancel) == 0, cancel);

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancel)
    {
        while (!await holds())
        {
            await Task.Delay(20, cancel);
        }
    }

    private async Task<List<BasicGetResult>> DrainAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(Inbox, autoAck: true) is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(_server.Url) }.CreateConnectionAsync();
}
