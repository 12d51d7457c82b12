// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Carries what arrived from the journal into the timeline: decode, validate, write, settle, in batches.</summary>
/// <remarks>
/// While the timeline takes one batch the next is read; they are settled in their order. Delivery is at least once and writes are idempotent: a batch that was written but not settled when the process
/// stopped is written again, and the timeline recognises it by journal position. While the timeline is away the relay
/// waits and the journal grows; when the journal is full the intake stops acknowledging. Where the disk refuses the book,
/// the batch is kept as decoded and written and only its settling is tried again. Nothing is dropped.
/// </remarks>
public sealed class Relay : ILedger, IDisposable
{
    /// <summary>Name of the relay's cursor in the journal.</summary>
    public const string CursorName = "relay";

    private readonly ArrivalJournal _journal;
    private readonly RelayStore _store;
    private readonly BatchReader _batches;
    private readonly TimelineWriter _writer;
    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Relay> _logger;
    private string? _bookRefusal;
    private long _oldestTicks; // arrival of the oldest message being settled; 0 where none is
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _asking; // how many wait for the turn that the carrying of batches has

    internal Relay(ArrivalJournal journal, RelayStore store, BatchReader batches, TimelineWriter writer, RelayOptions options, TimeProvider time, ILogger<Relay> logger)
    {
        _journal = journal;
        _store = store;
        _batches = batches;
        _writer = writer;
        _options = options;
        _time = time;
        _logger = logger;
        PipelineMetrics.WatchRelay(this);
    }

    /// <summary>Why the relay waits, in words; null while it works.</summary>
    public string? WaitingFor => _writer.WaitingFor ?? Volatile.Read(ref _bookRefusal);

    /// <summary>Age of the oldest message that is being settled; zero where none is.</summary>
    public TimeSpan Lag => Volatile.Read(ref _oldestTicks) is > 0 and var ticks ? AgeOf(ticks) : TimeSpan.Zero;

    /// <inheritdoc />
    public LedgerSnapshot Snapshot()
    {
        var (position, counts) = _store.Committed; // before the journal is asked: what arrives in between is pending
        return counts.WithPending(Math.Max(0, _journal.DurableSequence - position));
    }

    /// <summary>Carries until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var cursor = _journal.OpenCursor(CursorName);
        using var reader = _journal.Read(_store.Committed.Position);
        var (batch, next) = (new ReadBatch(), new ReadBatch());
        while (!cancel.IsCancellationRequested)
        {
            var records = await reader.ReadAsync(_options.BatchBytes, cancel);
            await _turn.WaitAsync(cancel);
            try
            {
                _batches.Decode(records, batch);
                while (await SettleAsync(batch, reader, next, cursor, cancel))
                {
                    (batch, next) = (next, batch);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>Carries what is in the journal now, and returns.</summary>
    public async Task DrainAsync(Action<LedgerSnapshot>? progress, CancellationToken cancel)
    {
        var until = _journal.DurableSequence;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var run = RunAsync(stop.Token);
        while (_store.Committed.Position < until && !run.IsCompleted)
        {
            progress?.Invoke(Snapshot());
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(50), cancel));
        }

        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.IsFaulted)
        {
            await run;
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Invoke(Snapshot());
    }

    /// <summary>Decodes requested dead letters again, and writes what now decodes under the journal position they came with.</summary>
    /// <returns>The outcome, and the id of the last letter tried; null where none is requested after <paramref name="after"/>.</returns>
    internal async Task<(ReplayOutcome Outcome, long Last)?> ReplayRequestedAsync(long after, CancellationToken cancel)
    {
        await AskTurnAsync(cancel);
        try
        {
            // Taken inside the turn: two callers must never hold the same letters.
            var letters = _store.DeadLetters("requested", after, _options.ReplayBatch);
            if (letters.Count == 0)
            {
                return null;
            }

            var batch = new ReadBatch();
            _batches.Decode(letters, batch);
            var settlement = batch.Settlement;
            var readings = batch.Accepted.Length + settlement.Quarantined.Count;
            await _writer.WriteAsync(batch, cancel);
            await CommitAsync(settlement, cancel);
            var replayed = settlement.Replays.Count(r => r.Decoded);
            Log.Replayed(_logger, replayed, settlement.Replays.Count - replayed, readings);
            return (new ReplayOutcome(replayed, settlement.Replays.Count - replayed, readings), letters[^1].Id);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Judges requested readings in quarantine again, and writes what passes under the journal position it came with.</summary>
    /// <returns>The outcome, and the id of the last reading tried; null where none is requested after <paramref name="after"/>.</returns>
    internal async Task<(ReleaseOutcome Outcome, long Last)?> ReleaseRequestedAsync(long after, CancellationToken cancel)
    {
        await AskTurnAsync(cancel);
        try
        {
            var held = _store.RequestedReadings(after, _options.ReplayBatch);
            if (held.Count == 0)
            {
                return null;
            }

            var batch = new ReadBatch();
            _batches.Check(held, _time.GetUtcNow(), batch);
            await _writer.WriteAsync(batch, cancel);
            var written = batch.Settlement;
            var refused = written.Quarantined.ToDictionary(q => (q.Position, q.Index));
            var settlement = new Settlement();
            settlement.Releases.AddRange(held.Select(h => refused.TryGetValue((h.Position, h.Index), out var why) ? new ReleaseResult(h.Id, why.Rule, why.Reason) : new ReleaseResult(h.Id, null, null)));
            var released = held.Count - refused.Count;
            settlement.Counts = new SettledCounts(0, written.Counts.Stored, written.Counts.Duplicate, -released, 0);
            await CommitAsync(settlement, cancel);
            PipelineMetrics.Released(released);
            Log.Released(_logger, released, refused.Count);
            return (new ReleaseOutcome(released, refused.Count), held[^1].Id);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does something while nothing is on its way between the timeline and the book.</summary>
    /// <param name="work">Gets the settled position: what the timeline holds from behind it will be written again.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False, and nothing is done, while a replay or a release is asked for: what it wrote lies before the settled position and may be written again.</returns>
    internal async Task<bool> WhileSettledAsync(Func<long, Task> work, CancellationToken cancel)
    {
        await AskTurnAsync(cancel);
        try
        {
            if (_store.HasRequests())
            {
                return false;
            }

            await work(_store.Committed.Position);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>Writes and settles a batch while the next is read.</summary>
    /// <returns>Whether there is a next one.</returns>
    private async Task<bool> SettleAsync(ReadBatch batch, JournalReader reader, ReadBatch next, JournalCursor cursor, CancellationToken cancel)
    {
        var ahead = Task.Run(() => ReadAhead(reader, next), CancellationToken.None);
        try
        {
            await SettleAsync(batch, cancel);
            await ReleaseAsync(cursor, batch.Settlement.Position, cancel);
        }
        finally
        {
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it reads with what whoever has the turn next reads with
        }

        return await ahead;
    }

    // Not while others wait for the turn: what they do must find nothing that is read and not settled.
    private bool ReadAhead(JournalReader reader, ReadBatch next)
    {
        if (Volatile.Read(ref _asking) > 0 || !reader.TryRead(_options.BatchBytes, out var records))
        {
            return false;
        }

        _batches.Decode(records, next);
        return true;
    }

    private async Task AskTurnAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref _asking);
        try
        {
            await _turn.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    private async Task SettleAsync(ReadBatch batch, CancellationToken cancel)
    {
        var (settlement, began) = (batch.Settlement, Stopwatch.GetTimestamp());
        Volatile.Write(ref _oldestTicks, batch.ArrivedAt.UtcTicks);
        using var activity = Traces.Batch(_journal.Traces, batch);
        await _writer.WriteAsync(batch, cancel);
        await CommitAsync(settlement, cancel);
        activity?.Came(settlement);
        PipelineMetrics.Settled(settlement, batch.ReadIn + Stopwatch.GetElapsedTime(began)); // without the wait for the batch before
        PipelineMetrics.Delayed(AgeOf(batch.ArrivedAt.UtcTicks));
        Volatile.Write(ref _oldestTicks, 0);
        if (settlement.DeadLetters is [var first, ..])
        {
            Log.DeadLettered(_logger, settlement.DeadLetters.Count, first.Topic, first.Position, first.Reason);
        }

        if (settlement.Quarantined is [var held, ..])
        {
            Log.Quarantined(_logger, settlement.Quarantined.Count, held.Reading.Meter.Value, held.Position, held.Reason);
        }
    }

    private async Task CommitAsync(Settlement settlement, CancellationToken cancel)
    {
        for (var wait = _options.FirstWait; !TryCommit(settlement, wait); wait = _options.Longer(wait))
        {
            await Task.Delay(wait, _time, cancel);
        }
    }

    private bool TryCommit(Settlement settlement, TimeSpan wait)
    {
        try
        {
            _store.Commit(settlement);
            Volatile.Write(ref _bookRefusal, null);
            return true;
        }
        catch (SqliteException refusal) when (Cases.Stores.StoreRefusal.IsTemporary(refusal))
        {
            Volatile.Write(ref _bookRefusal, $"the disk refuses the relay's book: {refusal.Message}");
            PipelineMetrics.BookRefused();
            Log.BookRefused(_logger, wait.TotalSeconds, refusal.Message);
            return false;
        }
    }

    // The book decides; the cursor only lets the journal release what lies behind it, and the next batch moves it as well.
    private async ValueTask ReleaseAsync(JournalCursor cursor, long position, CancellationToken cancel)
    {
        try
        {
            await cursor.MoveAsync(position, cancel);
        }
        catch (JournalUnavailableException refusal)
        {
            Log.CursorRefused(_logger, refusal.Message);
        }
    }

    // The clock may have been set back since.
    private TimeSpan AgeOf(long ticks) => new(Math.Max(0, _time.GetUtcNow().UtcTicks - ticks));
}
