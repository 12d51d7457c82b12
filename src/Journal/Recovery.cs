// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Detector.Journal;

/// <summary>What a folder holds at start. Cuts a torn tail of the last segment, nothing else.</summary>
/// <remarks>
/// A tail is torn when nothing proves that it was ever durable. Proof that record N was durable is one of: a cursor at N or later; a later
/// segment; a whole record behind the damage whose group began after N, for a group is written only after the one before it was flushed.
/// With such proof the damage is an error, except where every cursor has passed all there is: then no one needs those records,
/// and the journal goes on with a new segment and the next number.
/// </remarks>
internal sealed class Recovery(JournalOptions options, Disk disk, ILogger logger, IReadOnlyCollection<long> cursors)
{
    private const int Chunk = 1 << 20;

    /// <summary>Segments as recovered, in order; none in a new journal.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>The number the next record will have.</summary>
    public long NextSequence { get; private set; } = 1;

    public void Run()
    {
        foreach (var path in Directory.EnumerateFiles(options.Folder).Where(path => SegmentHeader.TryName(path, out _)).Order(StringComparer.Ordinal))
        {
            _ = SegmentHeader.TryName(path, out var first);
            Segments.Add(new Segment(path, first) { Length = new FileInfo(path).Length });
        }

        var floor = cursors.DefaultIfEmpty(0).Max();
        if (Segments.Count > 0 && Segments[^1] is var newest && newest.Length <= SegmentHeader.Bytes && HeaderFault(newest) is not null)
        {
            // The power went while it was made; what was before it had been flushed.
            floor = Math.Max(floor, newest.First - 1);
            File.Delete(newest.Path);
            Segments.Remove(newest);
        }

        for (var i = 0; i + 1 < Segments.Count; i++)
        {
            CheckHeader(Segments[i]);
            Segments[i].Last = Segments[i + 1].First - 1;
        }

        NextSequence = Segments.Count == 0 ? floor + 1 : RecoverLast(Segments[^1], floor);
    }

    private long RecoverLast(Segment segment, long floor)
    {
        CheckHeader(segment);
        using var scanner = new SegmentScanner(segment.Path, segment.First);
        while (scanner.Read(segment.Length, Chunk).Count > 0)
        {
        }

        var length = segment.Length;
        var next = scanner.NextSequence;
        var seen = floor;
        if (scanner.Offset < length)
        {
            floor = Math.Max(floor, ProvenBehind(scanner, length, ref seen));
        }

        segment.Length = scanner.Offset;
        segment.Last = next - 1;
        if (floor >= next)
        {
            return Supersede(segment, Math.Max(seen, floor), next);
        }

        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, Disk.Shared);
        if (segment.Length < length)
        {
            disk.Truncate(file, segment.Length);
            Log.TailCut(logger, segment.Path, segment.Length, length - segment.Length, next - 1);
        }

        disk.Flush(file); // a process that was killed may have left whole records to the kernel; from here on they count as durable
        return next;
    }

    /// <summary>The highest number that whole records behind the damage prove durable; 0 where there are none.</summary>
    private static long ProvenBehind(SegmentScanner scanner, long length, ref long seen)
    {
        var bytes = new byte[(int)(length - scanner.Offset)];
        var data = bytes.AsSpan(0, scanner.Fill(bytes, scanner.Offset));
        var most = scanner.NextSequence + (data.Length / RecordFormat.HeaderBytes);
        long proven = 0;
        for (var at = 1; at + RecordFormat.HeaderBytes <= data.Length;)
        {
            var plausible = RecordFormat.Examine(data[at..], out var head) == RecordState.Whole && head.Sequence > scanner.NextSequence && head.Sequence <= most;
            proven = plausible ? Math.Max(proven, head.Sequence - head.PlaceInGroup) : proven;
            seen = plausible ? Math.Max(seen, head.Sequence) : seen;
            at += plausible ? head.Length : 1;
        }

        return proven;
    }

    private long Supersede(Segment segment, long last, long missing)
    {
        if (cursors.Count == 0 || cursors.Min() < last)
        {
            throw new JournalDamagedException(
                segment.Path, segment.Length, string.Create(CultureInfo.InvariantCulture, $"record {missing} was durable and is not whole any more"));
        }

        Log.DamageBehindCursors(logger, segment.Path, segment.Length, missing, last);
        foreach (var old in Segments)
        {
            File.Delete(old.Path);
        }

        Segments.Clear();
        return last + 1;
    }

    private static void CheckHeader(Segment segment)
    {
        if (HeaderFault(segment) is { } fault)
        {
            throw new JournalDamagedException(segment.Path, 0, fault);
        }
    }

    private static string? HeaderFault(Segment segment)
    {
        using var scanner = new SegmentScanner(segment.Path, segment.First);
        return scanner.HeaderFault();
    }
}
