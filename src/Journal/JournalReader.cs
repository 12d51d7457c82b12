// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>Reads durable records in order, checking each; for one consumer at a time.</summary>
public sealed class JournalReader : IDisposable
{
    private readonly SegmentStore _store;
    private readonly CommitQueue _queue;
    private long _position;
    private Segment? _segment;
    private SegmentScanner? _scanner;

    internal JournalReader(SegmentStore store, CommitQueue queue, long after)
    {
        _store = store;
        _queue = queue;
        _position = after;
    }

    /// <summary>Number of the last record given.</summary>
    public long Position => _position;

    /// <summary>Waits for at least one durable record after those given before, then gives about <paramref name="maxBytes"/> of them.</summary>
    /// <exception cref="JournalDamagedException">The next record cannot be read; the file and the offset are named.</exception>
    public async ValueTask<JournalBatch> ReadAsync(int maxBytes, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var moved = _queue.DurableMoved.Next();
            if (TryRead(maxBytes, out var batch))
            {
                return batch;
            }

            ObjectDisposedException.ThrowIf(_queue.Closed, typeof(ArrivalJournal));
            await moved.WaitAsync(cancel);
        }
    }

    /// <summary>Gives what is durable now; false where there is nothing new.</summary>
    /// <exception cref="JournalDamagedException">The next record cannot be read; the file and the offset are named.</exception>
    public bool TryRead(int maxBytes, out JournalBatch batch)
    {
        batch = default;

        // A group is in its segment a moment before it is announced; what is not announced is not given, because
        // a cursor may not move to it yet.
        var announced = _queue.Durable;
        while (_position < announced)
        {
            if (_scanner is null)
            {
                OpenAtPosition();
            }

            var (limit, next) = _store.Durable(_segment!);
            batch = _scanner!.Read(limit, maxBytes, announced);
            if (batch.Count > 0)
            {
                _position = batch.LastSequence;
                return true;
            }

            if (_scanner.NextSequence < next)
            {
                throw new JournalDamagedException(_scanner.Path, _scanner.Offset, $"record {_scanner.NextSequence} is not whole");
            }

            CloseSegment();
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => CloseSegment();

    private void OpenAtPosition()
    {
        var first = _store.FirstSequence;
        if (_position == 0)
        {
            _position = first - 1;
        }

        _segment = _store.Find(_position + 1)
            ?? throw new InvalidOperationException($"Record {_position + 1} was released: the journal begins at {first}. A cursor keeps what its reader needs.");
        _scanner = new SegmentScanner(_segment.Path, _segment.First);
        if (_scanner.HeaderFault() is { } fault)
        {
            throw new JournalDamagedException(_segment.Path, 0, fault);
        }

        _scanner.SkipTo(_position + 1, _store.Durable(_segment).Limit);
    }

    private void CloseSegment()
    {
        _scanner?.Dispose();
        _scanner = null;
        _segment = null;
    }
}
