// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Diagnostics;

namespace Detector.Journal;

/// <summary>Why an append could not be taken at once.</summary>
internal enum AppendState
{
    Taken,
    BufferFull,
    DiskBound,
}

/// <summary>Records between arrival and flush: one group fills while the one before it is written. Gives the numbers and keeps the promises.</summary>
internal sealed class CommitQueue(JournalOptions options, SegmentStore store, long lastSequence)
{
    private readonly Lock _gate = new();
    private CommitGroup _filling = new(options.BufferBytes);
    private CommitGroup _spare = new(options.BufferBytes);
    private CommitGroup? _flushing;
    private JournalUnavailableException? _fault;
    private long _last = lastSequence;
    private long _durable = lastSequence;
    private bool _closed;

    public long Last => Volatile.Read(ref _last);

    public long Durable => Volatile.Read(ref _durable);

    public JournalUnavailableException? Fault => Volatile.Read(ref _fault);

    public bool Closed => Volatile.Read(ref _closed);

    /// <summary>Which of the latest records belong to a trace.</summary>
    public ArrivalTraces Traces { get; } = new();

    /// <summary>Wakes those who wait for room.</summary>
    public Broadcast Room { get; } = new();

    /// <summary>Wakes readers.</summary>
    public Broadcast DurableMoved { get; } = new();

    /// <summary>Wakes the flusher.</summary>
    public SemaphoreSlim Work { get; } = new(0);

    public AppendState TryAppend(DateTimeOffset arrival, ReadOnlySpan<byte> topic, in ReadOnlySequence<byte> payload, out long sequence)
    {
        var bytes = RecordFormat.HeaderBytes + topic.Length + (int)payload.Length;
        sequence = 0;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ArrivalJournal));
            RefuseWhileFaulty();

            // Each of the two groups may begin a segment.
            var pending = _filling.Length + (_flushing?.Length ?? 0) + (2 * SegmentHeader.Bytes);
            if (store.RetainedBytes + pending + bytes > options.MaxBytes)
            {
                return AppendState.DiskBound;
            }

            if (!_filling.Fits(bytes))
            {
                return AppendState.BufferFull;
            }

            sequence = _last + 1;
            _filling.Add(sequence, bytes, arrival, topic, payload);
            Traces.Note(sequence, Activity.Current); // before the flusher or a reader can see the record
            Volatile.Write(ref _last, sequence);
            if (_filling.Count == 1)
            {
                Work.Release();
            }

            return AppendState.Taken;
        }
    }

    /// <summary>A task that ends when the record is durable and fails when the disk refuses it.</summary>
    public Task Flushed(long sequence)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, _last);
            if (sequence <= _durable)
            {
                return Task.CompletedTask;
            }

            ObjectDisposedException.ThrowIf(_closed && _flushing is null && _filling.Count == 0, typeof(ArrivalJournal));
            RefuseWhileFaulty();
            return _flushing is { } flushing && sequence <= flushing.Last ? flushing.Flushed : _filling.Flushed;
        }
    }

    /// <summary>What has gathered, to be written now; null where nothing has.</summary>
    public CommitGroup? Take()
    {
        CommitGroup group;
        lock (_gate)
        {
            if (_filling.Count == 0)
            {
                return null;
            }

            group = _flushing = _filling;
            _filling = _spare;
        }

        Room.Wake();
        return group;
    }

    public void Succeeded(CommitGroup group)
    {
        TaskCompletionSource promise;
        lock (_gate)
        {
            _fault = null;
            Volatile.Write(ref _durable, group.Last);
            _flushing = null;
            _spare = group;
            promise = group.Reset();
        }

        promise.TrySetResult();
        DurableMoved.Wake();
        Room.Wake();
    }

    /// <summary>Fails all who wait; the records stay and are tried again.</summary>
    public void Failed(Exception cause)
    {
        lock (_gate)
        {
            _fault = new JournalUnavailableException($"The journal in {options.Folder} cannot be written: {cause.Message}", cause);
        }

        FailWaiters(_fault);
    }

    /// <summary>No more appends; what has gathered may still be flushed.</summary>
    /// <returns>False where it was closed before.</returns>
    public bool Close()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _closed = true;
        }

        Room.Wake();
        return true;
    }

    /// <summary>Fails all who still wait, and wakes them.</summary>
    public void FailWaiters(Exception fault)
    {
        TaskCompletionSource?[] promises;
        lock (_gate)
        {
            promises = [_flushing?.Renew(), _filling.Renew()];
        }

        foreach (var promise in promises.OfType<TaskCompletionSource>())
        {
            promise.TrySetException(fault);

            // Looked at here, so that it is no unobserved exception where no one waits.
            _ = promise.Task.Exception;
        }

        Room.Wake();
        DurableMoved.Wake();
    }

    private void RefuseWhileFaulty()
    {
        if (_fault is { } fault)
        {
            throw new JournalUnavailableException(fault.Message, fault.InnerException!);
        }
    }
}
