// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Queues;
using Microsoft.Extensions.Logging;

namespace Detector.Cases.Outbox;

/// <summary>Carries the outbox to the queue: at least once, ordered per subject, from where it stopped.</summary>
/// <remarks>Of one subject only one event is on its way at a time. Were there two and the first were refused,
/// the second would overtake it; with one, a repeat is all that a consumer can see, and the id drops that.</remarks>
public sealed class OutboxPublisher : IAsyncDisposable
{
    private readonly CaseDesk _desk;
    private readonly QueueOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IEventQueue? _queue;
    private readonly Signal _news;

    /// <summary>A publisher for the queue that the settings name; it begins with <see cref="RunAsync"/>.</summary>
    public OutboxPublisher(CaseDesk desk, QueueOptions options, TimeProvider clock, ILoggerFactory loggers)
        : this(desk, options, QueueCatalog.Standard().Make(options), clock, loggers)
    {
    }

    internal OutboxPublisher(CaseDesk desk, QueueOptions options, IEventQueue? queue, TimeProvider clock, ILoggerFactory loggers)
    {
        _desk = desk;
        _options = options;
        _clock = clock;
        _log = loggers.CreateLogger<OutboxPublisher>();
        _queue = queue;
        _news = new Signal(clock);
        _desk.Committed += _news.Set;
    }

    /// <summary>Whether the last attempt succeeded; true before the first, and always where there is no queue.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>How many events wait for the queue; 0 where there is none.</summary>
    public Task<long> WaitingAsync(CancellationToken cancel) =>
        _queue is null ? Task.FromResult(0L) : _desk.Store.ReadAsync((reader, stop) => reader.UndeliveredCountAsync(stop), cancel);

    /// <summary>Publishes until cancelled; returns at once where there is no queue. A failing queue is tried again, ever more slowly.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (_queue is null)
        {
            return;
        }

        _log.QueueConnected(_queue.Name);
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var sent = await PublishWaitingAsync(cancel);
                (failures, IsHealthy) = (0, true);
                if (sent == 0)
                {
                    await _news.WaitAsync(_options.PollEvery, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                IsHealthy = false;
                await BackOffAsync(fault, ++failures, cancel);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _desk.Committed -= _news.Set;
        _news.Dispose();
        if (_queue is not null)
        {
            await _queue.DisposeAsync();
        }
    }

    private async Task<int> PublishWaitingAsync(CancellationToken cancel)
    {
        var waiting = await _desk.Store.ReadAsync((reader, stop) => reader.UndeliveredAsync(_options.BatchEvents, stop), cancel);
        if (waiting.Count == 0)
        {
            Metrics.Waiting(0);
            return 0;
        }

        var confirmed = new List<long>(waiting.Count);
        try
        {
            var bySubject = waiting.GroupBy(e => e.Subject).Select(g => new Queue<OutboxEvent>(g)).ToList();
            while (bySubject.Count > 0)
            {
                await PublishWaveAsync([.. bySubject.Select(q => q.Dequeue())], confirmed, cancel);
                bySubject.RemoveAll(q => q.Count == 0);
            }
        }
        finally
        {
            // What was confirmed before a failure is not sent again; cancelled or not, the mark is written.
            await MarkAsync(confirmed);
        }

        return waiting.Count;
    }

    /// <summary>Publishes one event of each subject together and notes those confirmed, whatever becomes of the others.</summary>
    private async Task PublishWaveAsync(IReadOnlyList<OutboxEvent> wave, List<long> confirmed, CancellationToken cancel)
    {
        var publishing = wave.Select(e => _queue!.PublishAsync(e, cancel)).ToList();
        var all = Task.WhenAll(publishing);
        await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        confirmed.AddRange(wave.Where((_, i) => publishing[i].IsCompletedSuccessfully).Select(e => e.Sequence));
        await all;
    }

    private async Task MarkAsync(List<long> confirmed)
    {
        if (confirmed.Count == 0)
        {
            return;
        }

        await _desk.Store.WriteAsync(
            async (writer, stop) =>
            {
                await writer.MarkDeliveredAsync(confirmed, _clock.GetUtcNow(), stop);
                return true;
            },
            CancellationToken.None);
        Metrics.Published(confirmed.Count);
        Metrics.Waiting(await WaitingAsync(CancellationToken.None));
    }

    private async Task BackOffAsync(Exception fault, int failures, CancellationToken cancel)
    {
        Metrics.PublishFailed();
        var factor = Math.Pow(2, Math.Min(failures - 1, 20));
        var delay = _options.FirstBackOff * factor;
        delay = delay < _options.LongestBackOff ? delay : _options.LongestBackOff;
        _log.QueueFailed(fault, _queue!.Name, failures, delay);
        try
        {
            await Task.Delay(delay, _clock, cancel);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }
}
