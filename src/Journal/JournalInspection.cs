// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>What a look at a journal's folder showed.</summary>
/// <param name="FirstSequence">Number of the earliest record kept; 1 in a new journal.</param>
/// <param name="LastSequence">Number of the last whole record written; 0 before the first. The very last may not be flushed yet.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Bytes">Bytes of all segments.</param>
/// <param name="Cursors">Position of each cursor.</param>
public sealed record JournalSnapshot(long FirstSequence, long LastSequence, int Segments, long Bytes, IReadOnlyDictionary<string, long> Cursors);

/// <summary>Looks at a journal from another process, also while its owner writes. Changes nothing.</summary>
public static class JournalInspection
{
    private const int Chunk = 1 << 20;

    /// <summary>What the folder holds now; null where there is no journal.</summary>
    /// <exception cref="JournalDamagedException">A header or a cursor is not whole.</exception>
    public static JournalSnapshot? Look(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return LookOnce(folder);
            }
            catch (FileNotFoundException) when (attempt < 5)
            {
                // Its owner released a segment or replaced a cursor between the listing and the look.
            }
        }
    }

    /// <summary>Whether a process has the folder open as its writer; false where there is no journal. A moment later it may be otherwise.</summary>
    public static bool IsInUse(string folder)
    {
        var path = Path.Combine(folder, ArrivalJournal.LockName);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static JournalSnapshot? LookOnce(string folder)
    {
        var segments = new List<(string Path, long First)>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (SegmentHeader.TryName(path, out var first))
            {
                segments.Add((path, first));
            }
        }

        if (segments.Count == 0)
        {
            return null;
        }

        using var scanner = new SegmentScanner(segments[^1].Path, segments[^1].First);
        var limit = scanner.FileLength;
        while (scanner.Read(limit, Chunk).Count > 0)
        {
        }

        return new JournalSnapshot(
            segments[0].First, scanner.NextSequence - 1, segments.Count, segments.Sum(segment => new FileInfo(segment.Path).Length), CursorFile.ReadAll(folder));
    }
}
