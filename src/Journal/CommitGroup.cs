// SPDX-License-Identifier: Apache-2.0
using System.Buffers;

namespace Detector.Journal;

/// <summary>Records gathered while the flush before them is under way; written and flushed as one. Guarded by the journal's lock while it fills.</summary>
internal sealed class CommitGroup(int capacityBytes)
{
    private byte[] _bytes = new byte[Math.Min(64 << 10, capacityBytes)];
    private TaskCompletionSource _flushed = Promise();

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Number of the first record.</summary>
    public long First { get; private set; }

    /// <summary>Number of the last record.</summary>
    public long Last => First + Count - 1;

    /// <summary>Bytes gathered.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes gathered.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Ends when the group is durable, or fails when the disk refused it.</summary>
    public Task Flushed => _flushed.Task;

    public bool Fits(int bytes) => Length + bytes <= capacityBytes;

    public void Add(long sequence, int bytes, DateTimeOffset arrival, ReadOnlySpan<byte> topic, in ReadOnlySequence<byte> payload)
    {
        if (Length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(capacityBytes, Math.Max(2L * _bytes.Length, Length + bytes)));
        }

        First = Count == 0 ? sequence : First;
        Count++;
        RecordFormat.Write(_bytes.AsSpan(Length, bytes), sequence, (uint)Count, arrival, topic, payload);
        Length += bytes;
    }

    /// <summary>Empties the group for its next use and gives the promise to keep.</summary>
    public TaskCompletionSource Reset()
    {
        Count = 0;
        Length = 0;
        return Renew();
    }

    /// <summary>Gives the promise of those who waited so far and begins a new one; the records stay.</summary>
    public TaskCompletionSource Renew()
    {
        var promise = _flushed;
        _flushed = Promise();
        return promise;
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
