// SPDX-License-Identifier: Apache-2.0
using Microsoft.Win32.SafeHandles;

namespace Detector.Journal;

/// <summary>Walks the records of one segment from its start, checking length, checksum and number of each.</summary>
internal sealed class SegmentScanner : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _first;
    private JournalRecord[] _records = new JournalRecord[64];
    private byte[] _buffer = new byte[64 << 10];

    public SegmentScanner(string path, long first)
    {
        Path = path;
        _first = first;
        NextSequence = first;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, Disk.Shared);
    }

    /// <summary>The file walked.</summary>
    public string Path { get; }

    /// <summary>Where the next record begins, in bytes.</summary>
    public long Offset { get; private set; } = SegmentHeader.Bytes;

    /// <summary>The number the next record must have.</summary>
    public long NextSequence { get; private set; }

    /// <summary>Whether what is at <see cref="Offset"/> is no whole record with the right number.</summary>
    public bool Stuck { get; private set; }

    /// <summary>Length of the file now, in bytes.</summary>
    public long FileLength => RandomAccess.GetLength(_file);

    /// <summary>Fault of the header, or null.</summary>
    public string? HeaderFault()
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Bytes];
        var got = Fill(header, 0);
        return SegmentHeader.Fault(header[..got], _first);
    }

    /// <summary>Reads consecutive whole records that end at or before <paramref name="limit"/>; at least one where there is one.</summary>
    /// <remarks>Records are about <paramref name="maxBytes"/> together and valid until the next call. None: nothing there, or <see cref="Stuck"/>.</remarks>
    public JournalBatch Read(long limit, int maxBytes) => Read(limit, maxBytes, long.MaxValue);

    /// <summary>Walks to the record of a number, or as far towards it as records are whole.</summary>
    public void SkipTo(long sequence, long limit)
    {
        while (NextSequence < sequence && Read(limit, 1 << 20, sequence - 1).Count > 0)
        {
        }
    }

    /// <summary>Reads raw bytes; fewer than asked for only at the end of the file.</summary>
    public int Fill(Span<byte> target, long offset)
    {
        var got = 0;
        while (got < target.Length && RandomAccess.Read(_file, target[got..], offset + got) is > 0 and var more)
        {
            got += more;
        }

        return got;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The same, up to the record of a number.</summary>
    public JournalBatch Read(long limit, int maxBytes, long lastWanted)
    {
        var count = 0;
        var at = 0;
        var want = (int)Math.Min(Math.Max(maxBytes, RecordFormat.HeaderBytes), limit - Offset);
        while (count == 0 && !Stuck && want > 0)
        {
            var got = Load(want);
            var state = RecordState.Short;
            RecordHead head = default;
            while (NextSequence <= lastWanted && (state = RecordFormat.Examine(_buffer.AsSpan(at, got - at), out head)) == RecordState.Whole && head.Sequence == NextSequence)
            {
                Keep(count++, at, head);
                at += head.Length;
                NextSequence++;
            }

            if (count == 0)
            {
                var whole = Math.Max(head.Length, RecordFormat.HeaderBytes);
                Stuck = state != RecordState.Short || got < want || whole <= want || whole > limit - Offset;
                want = whole;
            }
        }

        Offset += at;
        return new JournalBatch(new ArraySegment<JournalRecord>(_records, 0, count));
    }

    private int Load(int want)
    {
        if (_buffer.Length < want)
        {
            _buffer = new byte[Math.Max(want, 2 * _buffer.Length)];
        }

        return Fill(_buffer.AsSpan(0, want), Offset);
    }

    private void Keep(int index, int at, in RecordHead head)
    {
        if (index == _records.Length)
        {
            Array.Resize(ref _records, 2 * index);
        }

        var topic = at + RecordFormat.HeaderBytes;
        var payload = topic + head.TopicBytes;
        _records[index] = new JournalRecord(
            head.Sequence, head.ArrivedAt, _buffer.AsMemory(topic, head.TopicBytes), _buffer.AsMemory(payload, at + head.Length - payload));
    }
}
