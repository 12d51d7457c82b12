// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Outbox;
using Microsoft.Extensions.Logging;

namespace Detector.Cases.Queues.Webhooks;

/// <summary>Carries the outbox to every endpoint: at least once, ordered per subject, each endpoint from where it stopped and none waiting for another.</summary>
/// <remarks>Position and parked events are kept in one transaction after each page; a process that ends before it posts the page again, and ids drop the repeats.
/// An event behind a parked one of its subject is parked too: order comes before speed.</remarks>
public sealed class WebhookDispatcher : IDisposable
{
    private const int PageEvents = 64;
    private const int SubjectsAtOnce = 8;
    private static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(5); // a store that restarts is back by then

    private readonly CaseDesk _desk;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly List<(WebhookEndpoint Endpoint, WebhookClient Client, Signal News)> _endpoints;

    /// <summary>A dispatcher to the endpoints that the settings name; it begins with <see cref="RunAsync"/>.</summary>
    public WebhookDispatcher(CaseDesk desk, QueueOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _desk = desk;
        _options = options.Webhooks;
        _clock = clock;
        _log = loggers.CreateLogger<WebhookDispatcher>();
        _endpoints = [.. _options.Endpoints.Select(e => (e, new WebhookClient(e, _options, clock, _log), new Signal(clock)))];
        _desk.Committed += Wake;
    }

    /// <summary>Endpoints that did not answer the last time.</summary>
    public IReadOnlyList<string> Away => [.. _endpoints.Where(e => !e.Client.IsHealthy).Select(e => e.Endpoint.Name)];

    /// <summary>Posts until cancelled; returns at once where there are no endpoints.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(_endpoints.Select(e => PostToAsync(e.Endpoint, e.Client, e.News, cancel)));

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Committed -= Wake;
        foreach (var (_, client, news) in _endpoints)
        {
            client.Dispose();
            news.Dispose();
        }
    }

    private void Wake() => _endpoints.ForEach(e => e.News.Set());

    private async Task PostToAsync(WebhookEndpoint endpoint, WebhookClient client, Signal news, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                // What was asked for again comes first, all of it: nothing newer of its subjects may overtake it.
                if (!await ReplayAsync(endpoint, client, cancel) && !await PostPageAsync(endpoint, client, cancel))
                {
                    await news.WaitAsync(_options.PollEvery, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The store: what the endpoint does ends in a posting.
                _log.FeedFailed(fault, StoreAgain);
                await Task.Delay(StoreAgain, _clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Posts the events after the endpoint's position; false where there are none.</summary>
    private async Task<bool> PostPageAsync(WebhookEndpoint endpoint, WebhookClient client, CancellationToken cancel)
    {
        var (page, held, waiting, parked) = await _desk.Store.ReadAsync(
            async (reader, stop) =>
            {
                var position = await reader.WebhookPositionAsync(endpoint.Name, stop);
                var events = await reader.OutboxAsync(position, PageEvents, stop);
                var subjects = await reader.ParkedSubjectsAsync(endpoint.Name, [.. events.Select(e => e.Subject).Distinct()], stop);
                return (events, subjects, await reader.OutboxCountAsync(position, stop), await reader.ParkedCountAsync(endpoint.Name, stop));
            },
            cancel);
        Metrics.WebhookStands(endpoint.Name, waiting, parked);
        if (page.Count == 0)
        {
            return false;
        }

        var wanted = page.Where(e => endpoint.Types.Count == 0 || endpoint.Types.Contains(e.Type));
        var outcomes = await PostAllAsync(endpoint, client, wanted, held, cancel);
        await _desk.Store.WriteAsync(
            async (writer, stop) =>
            {
                foreach (var parkedNow in outcomes.Where(o => o.Parked is not null))
                {
                    await writer.ParkAsync(parkedNow.Parked!, stop);
                }

                await writer.MoveWebhookAsync(endpoint.Name, page[^1].Sequence, stop);
                return true;
            },
            cancel);
        Metrics.WebhookPosted(endpoint.Name, outcomes.Count(o => o.Parked is null));
        return true;
    }

    /// <summary>Posts again what somebody asked for; false where nobody did.</summary>
    private async Task<bool> ReplayAsync(WebhookEndpoint endpoint, WebhookClient client, CancellationToken cancel)
    {
        var events = await _desk.Store.ReadAsync(
            async (reader, stop) =>
            {
                var asked = await reader.ParkedAsync(endpoint.Name, 0, PageEvents, replayOnly: true, stop);
                return await reader.OutboxOfAsync([.. asked.Select(p => p.Sequence)], stop);
            },
            cancel);
        if (events.Count == 0)
        {
            return false;
        }

        var outcomes = await PostAllAsync(endpoint, client, events, held: new HashSet<string>(), cancel);
        await _desk.Store.WriteAsync(
            async (writer, stop) =>
            {
                await writer.UnparkAsync(endpoint.Name, [.. outcomes.Where(o => o.Parked is null).Select(o => o.Sequence)], stop);
                var refused = outcomes.Select(o => o.Parked).OfType<ParkedEvent>().ToList();
                foreach (var parkedAgain in refused)
                {
                    await writer.ParkAsync(parkedAgain, stop);
                }

                // What is behind them waits with them, on later pages too.
                await writer.MarkReplayAsync(endpoint.Name, [.. refused.Select(p => p.Subject).Distinct()], replay: false, stop);
                return true;
            },
            cancel);
        Metrics.WebhookPosted(endpoint.Name, outcomes.Count(o => o.Parked is null));
        return true;
    }

    /// <summary>Posts events, of one subject one after another; what is refused is to be parked, with everything behind it.</summary>
    private async Task<List<(long Sequence, ParkedEvent? Parked)>> PostAllAsync(
        WebhookEndpoint endpoint, WebhookClient client, IEnumerable<OutboxEvent> events, IReadOnlySet<string> held, CancellationToken cancel)
    {
        var outcomes = new List<(long, ParkedEvent?)>();
        var gate = new Lock();
        await Parallel.ForEachAsync(
            events.GroupBy(e => e.Subject),
            new ParallelOptions { MaxDegreeOfParallelism = SubjectsAtOnce, CancellationToken = cancel },
            async (subject, stop) =>
            {
                var isHeld = held.Contains(subject.Key);
                foreach (var happened in subject)
                {
                    var posting = isHeld ? new Posting(0, "waits behind an earlier event of its subject") : await client.PostAsync(happened, stop);
                    ParkedEvent? parked = null;
                    if (posting.Fault is { } fault)
                    {
                        isHeld = true;
                        parked = new ParkedEvent(endpoint.Name, happened.Sequence, happened.Subject, happened.Type, _desk.Now(), posting.Attempts, fault, Replay: false);
                        Metrics.WebhookParked(endpoint.Name);
                        _log.WebhookParked(endpoint.Name, happened.Sequence, happened.Subject, fault);
                    }

                    lock (gate)
                    {
                        outcomes.Add((happened.Sequence, parked));
                    }
                }
            });
        return outcomes;
    }
}
