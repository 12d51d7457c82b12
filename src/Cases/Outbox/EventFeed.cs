// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Detector.Cases.Outbox;

/// <summary>What a subscriber of the feed gets.</summary>
/// <param name="Event">An event; null in the notice that the subscriber lagged.</param>
/// <param name="LaggedAfter">In that notice the sequence after which events were not delivered: subscribe again after it. The stream then ends.</param>
public sealed record FeedItem(OutboxEvent? Event, long? LaggedAfter);

/// <summary>The outbox as it grows, for <c>/api/v1/events</c> and the console. One reader of the store serves all subscribers.</summary>
/// <remarks>A subscriber that has not read <see cref="MostWaiting"/> events is told so and cut off, so that one slow browser
/// holds neither memory nor the others; it loses nothing, because it can resume by sequence.</remarks>
public sealed class EventFeed : IDisposable
{
    /// <summary>Events that may wait for one subscriber.</summary>
    public const int MostWaiting = 256;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1); // another process may write; ours tells at once

    private readonly CaseDesk _desk;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Signal _news;
    private readonly Lock _gate = new();
    private readonly List<Subscriber> _subscribers = [];

    /// <summary>A feed of a desk's outbox; live events flow while <see cref="RunAsync"/> runs.</summary>
    public EventFeed(CaseDesk desk, TimeProvider clock, ILoggerFactory loggers)
    {
        _desk = desk;
        _clock = clock;
        _log = loggers.CreateLogger<EventFeed>();
        _news = new Signal(clock);
        _desk.Committed += _news.Set;
    }

    /// <summary>The newest sequence there is: where a subscriber starts that wants only what comes.</summary>
    public Task<long> HeadAsync(CancellationToken cancel) => _desk.Store.ReadAsync((reader, stop) => reader.OutboxHeadAsync(stop), cancel);

    /// <summary>Hands new events to subscribers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        long? position = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                position ??= await StartAsync(cancel);
                await foreach (var happened in _desk.EventsAsync(position.Value, cancel))
                {
                    Deliver(happened);
                    position = happened.Sequence;
                }

                await _news.WaitAsync(LookEvery, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                _log.FeedFailed(fault, LookEvery);
                await Task.Delay(LookEvery, _clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Every event after a sequence, first those stored, then those to come, until cancelled or told of lagging.</summary>
    /// <param name="after">The last sequence that the subscriber has; 0 for all from the beginning.</param>
    /// <param name="cancel">Ends the subscription.</param>
    public async IAsyncEnumerable<FeedItem> SubscribeAsync(long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Joined before the stored events are read, so that none falls between; what comes twice is dropped by its sequence.
        var subscriber = new Subscriber { Reached = after };
        lock (_gate)
        {
            _subscribers.Add(subscriber);
        }

        try
        {
            await foreach (var stored in _desk.EventsAsync(after, cancel))
            {
                after = stored.Sequence;
                subscriber.Reached = after;
                yield return new FeedItem(stored, null);
            }

            await foreach (var live in subscriber.Waiting.Reader.ReadAllAsync(cancel))
            {
                if (live.Sequence > after)
                {
                    after = live.Sequence;
                    yield return new FeedItem(live, null);
                }
            }

            Metrics.SubscriberLagged();
            yield return new FeedItem(null, after);
        }
        finally
        {
            lock (_gate)
            {
                _subscribers.Remove(subscriber);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Committed -= _news.Set;
        _news.Dispose();
    }

    /// <summary>The newest sequence, or an older one that a subscriber already waits behind.</summary>
    private async Task<long> StartAsync(CancellationToken cancel)
    {
        var head = await HeadAsync(cancel);
        lock (_gate)
        {
            return _subscribers.Select(s => s.Reached).Append(head).Min();
        }
    }

    private void Deliver(OutboxEvent happened)
    {
        lock (_gate)
        {
            foreach (var subscriber in _subscribers)
            {
                if (!subscriber.Waiting.Writer.TryWrite(happened))
                {
                    subscriber.Waiting.Writer.TryComplete(); // ends its stream with the notice
                }
            }
        }
    }

    private sealed class Subscriber
    {
        private long _reached;

        /// <summary>The last sequence that it read from the store.</summary>
        public long Reached
        {
            get => Volatile.Read(ref _reached);
            set => Volatile.Write(ref _reached, value);
        }

        public Channel<OutboxEvent> Waiting { get; } =
            Channel.CreateBounded<OutboxEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }
}
