// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>Every cursor the folder has, whether opened in this run or not: a consumer that is absent holds space too.</summary>
internal sealed class CursorSet
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly Disk _disk;
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, long> _positions;
    private readonly Dictionary<string, JournalCursor> _open = new(StringComparer.Ordinal);

    public CursorSet(string folder, Disk disk, TimeProvider time)
    {
        _folder = folder;
        _disk = disk;
        _time = time;
        _positions = CursorFile.ReadAll(folder);
    }

    /// <summary>Positions of all cursors.</summary>
    public IReadOnlyCollection<long> Positions
    {
        get
        {
            lock (_gate)
            {
                return [.. _positions.Values];
            }
        }
    }

    /// <summary>The number every cursor has passed; 0 where there is none, so that nothing is released.</summary>
    public long Lowest
    {
        get
        {
            lock (_gate)
            {
                return _positions.Count == 0 ? 0 : _positions.Values.Min();
            }
        }
    }

    public JournalCursor Open(ArrivalJournal journal, string name)
    {
        CursorFile.CheckName(name);
        lock (_gate)
        {
            if (_open.TryGetValue(name, out var open))
            {
                return open;
            }

            if (!_positions.TryGetValue(name, out var position))
            {
                _disk.Replace(Path(name), CursorFile.Make(0, _time.GetUtcNow()));
                _positions.Add(name, 0);
            }

            return _open[name] = new JournalCursor(journal, name, position);
        }
    }

    /// <summary>Makes a move durable, then counts it.</summary>
    public void Persist(string name, long position)
    {
        try
        {
            _disk.Replace(Path(name), CursorFile.Make(position, _time.GetUtcNow()));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"Cursor {name} cannot be written: {fault.Message}", fault);
        }

        lock (_gate)
        {
            _positions[name] = position;
        }
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name + CursorFile.Extension);
}
