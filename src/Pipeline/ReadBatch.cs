// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Journal;
using Detector.Timeline;

namespace Detector.Pipeline;

/// <summary>What was read of a batch: the readings that may be stored, and what the rest of it comes to. Used again, so that its memory is.</summary>
internal sealed class ReadBatch
{
    private ArrivedReading[] _accepted = new ArrivedReading[1024];
    private int _count;
    private long _began;

    /// <summary>Readings to be stored.</summary>
    public ReadOnlyMemory<ArrivedReading> Accepted => _accepted.AsMemory(0, _count);

    /// <summary>What the book takes over of it.</summary>
    public Settlement Settlement { get; } = new();

    /// <summary>Number of its first message in the journal.</summary>
    public long First { get; private set; }

    /// <summary>Its messages.</summary>
    public int Messages { get; private set; }

    /// <summary>When its first message arrived, UTC.</summary>
    public DateTimeOffset ArrivedAt { get; private set; }

    /// <summary>How long it took to be read.</summary>
    public TimeSpan ReadIn { get; private set; }

    /// <summary>Empties it for the messages of a journal batch; at least one.</summary>
    public void Begin(JournalBatch records)
    {
        _began = Stopwatch.GetTimestamp();
        _count = 0;
        Settlement.Clear();
        (First, Messages, ArrivedAt) = (records[0].Sequence, records.Count, records[0].ArrivedAt);
    }

    /// <summary>Says that all of it was read.</summary>
    public void End() => ReadIn = Stopwatch.GetElapsedTime(_began);

    /// <summary>Takes a reading that may be stored.</summary>
    public void Accept(in ArrivedReading reading)
    {
        if (_count == _accepted.Length)
        {
            Array.Resize(ref _accepted, _count * 2);
        }

        _accepted[_count++] = reading;
    }
}
