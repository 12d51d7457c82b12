// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace Detector.Journal;

/// <summary>How far one consumer has come, kept across restarts. A segment goes only when every cursor has passed it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore hands out no wait handle, so there is nothing to dispose of.")]
public sealed class JournalCursor
{
    private readonly ArrivalJournal _journal;
    private readonly SemaphoreSlim _one = new(1);
    private long _position;

    internal JournalCursor(ArrivalJournal journal, string name, long position)
    {
        _journal = journal;
        Name = name;
        _position = position;
    }

    /// <summary>Its name: 1 to 64 of a-z, 0-9 and '-'.</summary>
    public string Name { get; }

    /// <summary>Number of the last record dealt with; 0 before the first.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Moves forward to a durable record and returns when the move itself is durable.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number lies behind the cursor or beyond what is durable.</exception>
    /// <exception cref="JournalUnavailableException">The disk refused; the cursor stays where it was and the move may be tried again.</exception>
    public async ValueTask MoveAsync(long sequence, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sequence, _position);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, _journal.DurableSequence);
            if (sequence == _position)
            {
                return;
            }

            // Two flushes of the disk: not on the caller's thread.
            await Task.Run(() => _journal.MoveCursor(Name, sequence), CancellationToken.None);
            Volatile.Write(ref _position, sequence);
        }
        finally
        {
            _one.Release();
        }
    }
}
