// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Cases.Outbox;
using Detector.Cases.Queues;
using Detector.Metering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Outbox;

public sealed class OutboxPublisherTests
{
    private static readonly QueueOptions Quick = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(10),
        LongestBackOff = TimeSpan.FromMilliseconds(100),
        PollEvery = TimeSpan.FromMilliseconds(20),
    };

    [Test]
    public async Task A_queue_that_refuses_at_random_gets_every_event_in_order_per_subject()
    {
        await using var bench = await CasesBench.OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            await bench.OpenRefutedAsync($"s-{i}");
        }

        var queue = new MoodyQueue(seed: 7, refuseShare: 0.2);
        await RunUntilEmptyAsync(bench, queue);
        var events = await bench.EventsAsync();
        var arrived = queue.Arrived.DistinctBy(e => e.Id).ToList();
        Assert.That(arrived, Is.EquivalentTo(events));
        foreach (var subject in arrived.GroupBy(e => e.Subject))
        {
            Assert.That(subject.Select(e => e.Sequence), Is.Ordered);
        }

        Assert.That(queue.Refused, Is.Positive);
    }

    [Test]
    public async Task A_publisher_started_again_goes_on_where_it_stopped()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenCaseAsync();
        var queue = new MoodyQueue(seed: 1, refuseShare: 0);
        await RunUntilEmptyAsync(bench, queue);
        // The site's verdict and the opening of its case are two subjects: both are on their way at once and may arrive in either order.
        Assert.That(queue.Arrived.Select(e => e.Sequence), Is.EquivalentTo(new long[] { 1, 2 }));
        await bench.MoveAsync("c-1", "triage", CasesBench.Ana);
        await RunUntilEmptyAsync(bench, queue);
        Assert.That(queue.Arrived.Skip(2).Select(e => e.Sequence), Is.EqualTo(new long[] { 3 }), "what arrived before is not sent again");
    }

    [Test]
    public async Task Without_a_queue_events_stay_in_the_outbox()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Watch), default);
        await using var publisher = new OutboxPublisher(bench.Desk, new QueueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await publisher.RunAsync(default);
        Assert.That((await bench.EventsAsync()).Count, Is.EqualTo(1));
        Assert.That(await publisher.WaitingAsync(default), Is.Zero);
    }

    [Test]
    public async Task An_unknown_queue_is_refused_with_the_known_ones()
    {
        await using var bench = await CasesBench.OpenAsync();
        Assert.That(
            () => new OutboxPublisher(bench.Desk, new QueueOptions { Kind = "post" }, TimeProvider.System, NullLoggerFactory.Instance),
            Throws.InvalidOperationException.With.Message.EqualTo("Queue:Kind is 'post'; it must be one of: none, rabbitmq."));
    }

    private static async Task RunUntilEmptyAsync(CasesBench bench, MoodyQueue queue)
    {
        await using var publisher = new OutboxPublisher(bench.Desk, Quick, queue, TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var running = publisher.RunAsync(stop.Token);
        while (await publisher.WaitingAsync(stop.Token) > 0)
        {
            await Task.Delay(5, stop.Token);
        }

        await stop.CancelAsync();
        await running;
    }

    /// <summary>Takes or refuses at random, late; sometimes takes and then says it did not.</summary>
    private sealed class MoodyQueue(int seed, double refuseShare) : IEventQueue
    {
        private readonly Random _random = new(seed);

        public ConcurrentQueue<OutboxEvent> Arrived { get; } = [];

        public int Refused { get; private set; }

        public string Name => "moody";

        public async Task PublishAsync(OutboxEvent happened, CancellationToken cancel)
        {
            await Task.Yield();
            lock (_random)
            {
                var mood = _random.NextDouble();
                if (mood >= refuseShare / 2)
                {
                    Arrived.Enqueue(happened);
                }

                if (mood < refuseShare)
                {
                    Refused++;
                    throw new IOException("refused");
                }
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
