// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>Consecutive records, valid until the next call to the reader they came from.</summary>
public readonly struct JournalBatch
{
    private readonly ArraySegment<JournalRecord> _records;

    internal JournalBatch(ArraySegment<JournalRecord> records) => _records = records;

    /// <summary>Number of records.</summary>
    public int Count => _records.Count;

    /// <summary>Number of the last record; 0 in an empty batch.</summary>
    public long LastSequence => _records.Count == 0 ? 0 : _records[^1].Sequence;

    /// <summary>A record by its place, from 0.</summary>
    public JournalRecord this[int index] => _records[index];

    /// <summary>The records in order.</summary>
    public ArraySegment<JournalRecord>.Enumerator GetEnumerator() => _records.GetEnumerator();
}
