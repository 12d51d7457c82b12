// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Detector.Journal;

/// <summary>What arrived, in order, on disk before anyone is told so.</summary>
/// <remarks>
/// In: topic, arrival time, payload. Out: a number, 1, 2, 3 … without gaps, and the promise that a flush covers it.
/// Full: appends wait, nothing is dropped. Disk refusing: appends and flushes fail, the records at hand are kept and tried again,
/// so that a message whose sender was told nothing may be in the journal twice, never not at all.
/// One writer a folder. Formats: docs/formats/journal.md.
/// </remarks>
public sealed class ArrivalJournal : IAsyncDisposable
{
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private readonly FileStream _held;
    private readonly SegmentStore _store;
    private readonly CursorSet _cursors;
    private readonly CommitQueue _queue;
    private readonly Flusher _flusher;
    private readonly Metrics _metrics;
    private long _waiting;

    private ArrivalJournal(JournalOptions options, Disk disk, TimeProvider time, ILogger logger, FileStream held)
    {
        _options = options;
        _logger = logger;
        _held = held;
        _cursors = new CursorSet(options.Folder, disk, time);
        var recovery = new Recovery(options, disk, logger, _cursors.Positions);
        recovery.Run();
        _store = new SegmentStore(options, disk, time, logger, recovery.Segments, recovery.NextSequence);
        _queue = new CommitQueue(options, _store, recovery.NextSequence - 1);
        _metrics = new Metrics(() => _store.RetainedBytes, () => Volatile.Read(ref _waiting));
        _flusher = new Flusher(_queue, _store, options, time, logger, _metrics);
        Log.Opened(logger, options.Folder, _store.FirstSequence, LastSequence, _store.RetainedBytes, _cursors.Positions.Count);
    }

    /// <summary>Number of the last record appended; it may not be durable yet. 0 before the first.</summary>
    public long LastSequence => _queue.Last;

    /// <summary>Number of the last record a flush covers.</summary>
    public long DurableSequence => _queue.Durable;

    /// <summary>Number of the earliest record kept.</summary>
    public long FirstSequence => _store.FirstSequence;

    /// <summary>Bytes of all segments on disk.</summary>
    public long RetainedBytes => _store.RetainedBytes;

    /// <summary>Whether arrivals wait now because the journal is at its bound (<see cref="JournalOptions.MaxBytes"/>).</summary>
    public bool IsWaitingForSpace => Volatile.Read(ref _waiting) > 0;

    /// <summary>Why the disk refuses now, or null where it does not.</summary>
    public JournalUnavailableException? Fault => _queue.Fault;

    /// <summary>Which of the latest records belong to a trace.</summary>
    public ArrivalTraces Traces => _queue.Traces;

    internal SegmentStore Store => _store;

    internal CommitQueue Queue => _queue;

    /// <summary>File of the folder that its writer holds open.</summary>
    internal const string LockName = "lock";

    /// <summary>Opens a folder as the only writer, recovering what a crash left.</summary>
    /// <exception cref="ArgumentException">Options out of range, all faults named.</exception>
    /// <exception cref="JournalInUseException">The folder is open elsewhere.</exception>
    /// <exception cref="JournalDamagedException">Something durable cannot be read; the file and the offset are named.</exception>
    public static ArrivalJournal Open(JournalOptions options, TimeProvider time, ILogger<ArrivalJournal> logger) => Open(options, new Disk(), time, logger);

    internal static ArrivalJournal Open(JournalOptions options, Disk disk, TimeProvider time, ILogger logger)
    {
        OptionFaults.Refuse(options, "Journal");
        Directory.CreateDirectory(options.Folder);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(options.Folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inner)
        {
            throw new JournalInUseException(options.Folder, inner);
        }

        try
        {
            return new ArrivalJournal(options, disk, time, logger, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes a copy of a message and gives its number; it is durable only once <see cref="FlushedAsync"/> says so.</summary>
    /// <param name="arrival">When it arrived; kept as UTC to 100 ns.</param>
    /// <param name="topicUtf8">Its topic, at most 65 535 bytes.</param>
    /// <param name="payload">Its bytes; copied before the call first waits or ends.</param>
    /// <param name="cancel">Ends the wait for room.</param>
    /// <exception cref="RecordTooLargeException">The record is larger than allowed.</exception>
    /// <exception cref="JournalUnavailableException">The disk refuses now.</exception>
    public ValueTask<long> AppendAsync(DateTimeOffset arrival, ReadOnlyMemory<byte> topicUtf8, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            Refuse(topicUtf8.Length, payload.Length);
            return _queue.TryAppend(arrival, topicUtf8.Span, payload, out var sequence) == AppendState.Taken
                ? ValueTask.FromResult(sequence)
                : AppendWithRoomAsync(arrival, topicUtf8, payload, cancel);
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException)
        {
            return ValueTask.FromException<long>(fault);
        }
        catch (OperationCanceledException)
        {
            return ValueTask.FromCanceled<long>(cancel);
        }
    }

    /// <summary>Ends when a flush covers the record.</summary>
    /// <exception cref="JournalUnavailableException">The disk refuses; the record must not be acknowledged now.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No record has that number yet.</exception>
    public ValueTask FlushedAsync(long sequence, CancellationToken cancel)
    {
        if (sequence <= DurableSequence)
        {
            return ValueTask.CompletedTask;
        }

        try
        {
            var flushed = _queue.Flushed(sequence);
            return new ValueTask(cancel.CanBeCanceled ? flushed.WaitAsync(cancel) : flushed);
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException)
        {
            return ValueTask.FromException(fault);
        }
    }

    /// <summary>Reads the durable records after a number, in order; 0 for all that is kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or beyond what is durable.</exception>
    public JournalReader Read(long afterSequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(afterSequence, DurableSequence);
        return new JournalReader(_store, _queue, afterSequence);
    }

    /// <summary>The cursor of that name; a new one begins at 0 and from then on holds back the release of space.</summary>
    public JournalCursor OpenCursor(string name) => _cursors.Open(this, name);

    /// <summary>Flushes what is at hand and closes. Appends that wait fail with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Close())
        {
            return;
        }

        await _flusher.StopAsync();
        _flusher.Dispose();
        if (LastSequence > DurableSequence)
        {
            Log.ClosedUnflushed(_logger, LastSequence - DurableSequence);
        }

        _queue.FailWaiters(new ObjectDisposedException(nameof(ArrivalJournal)));
        _store.Dispose();
        _metrics.Dispose();
        await _held.DisposeAsync();
    }

    internal void MoveCursor(string name, long position)
    {
        ObjectDisposedException.ThrowIf(_queue.Closed, this);
        _cursors.Persist(name, position);
        _store.Release(_cursors.Lowest);
        _queue.Room.Wake();
    }

    private async ValueTask<long> AppendWithRoomAsync(DateTimeOffset arrival, ReadOnlyMemory<byte> topic, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        var counted = false;
        try
        {
            while (true)
            {
                var room = _queue.Room.Next();
                var state = _queue.TryAppend(arrival, topic.Span, payload, out var sequence);
                if (state == AppendState.Taken)
                {
                    return sequence;
                }

                if (state == AppendState.DiskBound && !counted)
                {
                    counted = true;
                    CountWait();
                }

                await room.WaitAsync(cancel);
            }
        }
        finally
        {
            if (counted)
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    private void CountWait()
    {
        _metrics.WaitedForSpace();
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            Log.Full(_logger, RetainedBytes, _options.MaxBytes);
        }
    }

    private void Refuse(int topicBytes, long payloadBytes)
    {
        if (topicBytes > ushort.MaxValue)
        {
            throw new RecordTooLargeException(topicBytes, ushort.MaxValue);
        }

        if (topicBytes + payloadBytes > _options.MaxRecordBytes)
        {
            throw new RecordTooLargeException(topicBytes + payloadBytes, _options.MaxRecordBytes);
        }
    }
}
