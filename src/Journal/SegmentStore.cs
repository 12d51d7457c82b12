// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Detector.Journal;

/// <summary>The segments in order: appends groups to the last one, tells readers where records are, deletes what every cursor has passed.</summary>
/// <remarks>Appending is for one thread (the flusher); everything else for any.</remarks>
internal sealed class SegmentStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly int _segmentBytes;
    private readonly Disk _disk;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<Segment> _segments;
    private SafeFileHandle? _active;
    private bool _unclean;

    public SegmentStore(JournalOptions options, Disk disk, TimeProvider time, ILogger logger, List<Segment> recovered, long nextSequence)
    {
        _folder = options.Folder;
        _segmentBytes = options.SegmentBytes;
        _disk = disk;
        _time = time;
        _logger = logger;
        _segments = recovered;
        if (_segments.Count == 0)
        {
            Begin(nextSequence);
        }
        else
        {
            _active = File.OpenHandle(_segments[^1].Path, FileMode.Open, FileAccess.ReadWrite, Disk.Shared);
        }

        RetainedBytes = _segments.Sum(segment => segment.Length);
    }

    /// <summary>Bytes of all segments.</summary>
    public long RetainedBytes { get; private set; }

    /// <summary>Number of the earliest record kept.</summary>
    public long FirstSequence
    {
        get
        {
            lock (_gate)
            {
                return _segments[0].First;
            }
        }
    }

    /// <summary>Writes and flushes a group; when it returns, the group is durable. When it throws, nothing of it counts and it may be tried again.</summary>
    public void Append(CommitGroup group)
    {
        var segment = _segments[^1];
        if (segment.Last >= segment.First && segment.Length + group.Length > _segmentBytes)
        {
            Begin(group.First);
            segment = _segments[^1];
        }

        if (_unclean)
        {
            // An earlier attempt may have left part of the group behind.
            _disk.Truncate(_active!, segment.Length);
        }

        _unclean = true;
        _disk.Write(_active!, group.Bytes, segment.Length);
        _disk.Flush(_active!);
        _unclean = false;
        lock (_gate)
        {
            segment.Length += group.Length;
            segment.Last = group.Last;
            RetainedBytes += group.Length;
        }
    }

    /// <summary>The segment that holds a record, or will hold it where it is the next to be written; null where it was released.</summary>
    public Segment? Find(long sequence)
    {
        lock (_gate)
        {
            return _segments.FindLast(segment => segment.First <= sequence);
        }
    }

    /// <summary>How far a segment may be read, in bytes, and the number after its last record.</summary>
    public (long Limit, long NextSequence) Durable(Segment segment)
    {
        lock (_gate)
        {
            return (segment.Length, segment.Last + 1);
        }
    }

    /// <summary>Deletes the segments whose records all have numbers up to <paramref name="sequence"/>; never the last one.</summary>
    public void Release(long sequence)
    {
        lock (_gate)
        {
            while (_segments.Count > 1 && _segments[0].Last <= sequence)
            {
                var segment = _segments[0];
                try
                {
                    File.Delete(segment.Path);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    Log.NotReleased(_logger, fault, segment.Path);
                    return;
                }

                RetainedBytes -= segment.Length;
                _segments.RemoveAt(0);
                Log.Released(_logger, segment.First, segment.Last);
            }
        }
    }

    public void Dispose() => _active?.Dispose();

    private void Begin(long first)
    {
        var path = Path.Combine(_folder, SegmentHeader.NameOf(first));
        var handle = _disk.Create(path);
        try
        {
            _disk.Write(handle, SegmentHeader.Make(first, _time.GetUtcNow()), 0);
            _disk.Flush(handle);
            _disk.FlushFolder(_folder);
        }
        catch
        {
            // The next attempt makes the same file anew.
            handle.Dispose();
            throw;
        }

        _active?.Dispose();
        _active = handle;
        lock (_gate)
        {
            _segments.Add(new Segment(path, first) { Length = SegmentHeader.Bytes });
            RetainedBytes += SegmentHeader.Bytes;
        }
    }
}
