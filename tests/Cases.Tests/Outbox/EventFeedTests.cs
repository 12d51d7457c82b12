// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Outbox;
using Detector.Metering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Outbox;

public sealed class EventFeedTests
{
    private CasesBench _bench = null!;
    private EventFeed _feed = null!;
    private CancellationTokenSource _stop = null!;
    private Task _running = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _feed = new EventFeed(_bench.Desk, TimeProvider.System, NullLoggerFactory.Instance);
        _stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        _running = _feed.RunAsync(_stop.Token);
    }

    [TearDown]
    public async Task Close()
    {
        await _stop.CancelAsync();
        await _running;
        _feed.Dispose();
        _stop.Dispose();
        await _bench.DisposeAsync();
    }

    [Test]
    public async Task A_subscriber_gets_the_stored_events_after_its_last_and_then_those_to_come()
    {
        await _bench.OpenCaseAsync("s-1");
        var got = new List<long>();
        await foreach (var item in _feed.SubscribeAsync(1, _stop.Token))
        {
            got.Add(item.Event!.Sequence);
            if (got.Count == 1)
            {
                await _bench.OpenCaseAsync("s-2");
            }

            if (got.Count == 3)
            {
                break;
            }
        }

        Assert.That(got, Is.EqualTo(new long[] { 2, 3, 4 }));
    }

    [Test]
    public async Task What_another_process_writes_comes_too()
    {
        await using var other = await _bench.OpenDeskAsync();
        await using var subscription = _feed.SubscribeAsync(0, _stop.Token).GetAsyncEnumerator();
        var next = subscription.MoveNextAsync().AsTask();
        await other.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear), default);
        Assert.That(await next, Is.True);
        Assert.That(subscription.Current.Event!.Subject, Is.EqualTo("s-1"));
    }

    [Test]
    public async Task A_slow_subscriber_is_told_that_it_lagged_loses_nothing_by_resuming_and_does_not_hold_others()
    {
        await using var slow = _feed.SubscribeAsync(0, _stop.Token).GetAsyncEnumerator();
        await using var quick = _feed.SubscribeAsync(0, _stop.Token).GetAsyncEnumerator();
        var first = (slow.MoveNextAsync().AsTask(), quick.MoveNextAsync().AsTask());
        const int Count = EventFeed.MostWaiting + 50;
        for (var i = 1; i <= Count; i++)
        {
            await _bench.Desk.ConsiderAsync(CasesBench.Finding($"s-{i}", Verdict.Clear), default);
            Assert.That(i == 1 ? await first.Item2 : await quick.MoveNextAsync(), Is.True);
            Assert.That(quick.Current.Event!.Sequence, Is.EqualTo(i));
        }

        var got = new List<long>();
        await first.Item1;
        do
        {
            if (slow.Current.LaggedAfter is { } after)
            {
                Assert.That(after, Is.EqualTo(got[^1]));
                break;
            }

            got.Add(slow.Current.Event!.Sequence);
        }
        while (await slow.MoveNextAsync());
        Assert.That(got.Count, Is.LessThan(Count));
        await foreach (var rest in _feed.SubscribeAsync(got[^1], _stop.Token))
        {
            got.Add(rest.Event!.Sequence);
            if (got.Count == Count)
            {
                break;
            }
        }

        Assert.That(got, Is.EqualTo(Enumerable.Range(1, Count).Select(i => (long)i)));
    }
}
