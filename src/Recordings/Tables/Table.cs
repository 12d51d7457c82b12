// SPDX-License-Identifier: Apache-2.0
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>A small CSV table with named columns; collects faults instead of stopping at the first.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(long Line, List<string> Fields)> _rows = [];
    private readonly List<string> _faults = [];
    private readonly string _path;
    private int _row = -1;
    private int _more; // faults beyond those kept

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TableFileException">It is missing, or has no header with the required columns.</exception>
    public Table(string path, IReadOnlyList<string> required)
    {
        _path = path;
        if (!File.Exists(path))
        {
            throw new TableFileException(path, ["there is no such file."]);
        }

        try
        {
            Read(path, required);
        }
        catch (ReadingsFileException unreadable)
        {
            throw new TableFileException(path, [unreadable.Line > 0 ? $"line {unreadable.Line}: {unreadable.What}" : unreadable.What]);
        }
    }

    /// <summary>Columns of the file, in its order.</summary>
    public IEnumerable<string> Columns => _columns.OrderBy(c => c.Value).Select(c => c.Key);

    /// <summary>Line of the current row.</summary>
    public long Line => _rows[_row].Line;

    /// <summary>Goes to the next row.</summary>
    public bool Next() => ++_row < _rows.Count;

    /// <summary>A field of the current row, trimmed; empty where the column is absent.</summary>
    public string this[string column] => _columns.TryGetValue(column, out var index) ? _rows[_row].Fields[index].Trim() : string.Empty;

    /// <summary>A field, or null where it is empty.</summary>
    public string? OrNull(string column) => this[column] is { Length: > 0 } text ? text : null;

    /// <summary>Notes a fault of a field of the current row.</summary>
    public void Fault(string column, string what) => Add($"line {Line}, column {column}: {what}");

    /// <summary>Throws where faults were noted.</summary>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new TableFileException(_path, _more > 0 ? [.. _faults, $"and {_more} faults more."] : _faults);
        }
    }

    private void Read(string path, IReadOnlyList<string> required)
    {
        using var lines = new CsvLines(path);
        if (!lines.TryRead(out var first) || CsvFields.Texts(first) is not { } names)
        {
            throw new TableFileException(path, ["line 1: there is no header."]);
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (!_columns.TryAdd(names[i].Trim(), i))
            {
                _faults.Add($"line 1: the column {names[i].Trim()} occurs twice.");
            }
        }

        _faults.AddRange(required.Where(r => !_columns.ContainsKey(r)).Select(r => $"line 1: the column {r} is missing."));
        ThrowIfFaulty();
        ReadRows(lines, names.Count);
    }

    /// <summary>A file that is wrong throughout is told by its first lines, not by a list longer than itself.</summary>
    private void Add(string fault)
    {
        const int MostKept = 1000;
        if (_faults.Count < MostKept)
        {
            _faults.Add(fault);
        }
        else
        {
            _more++;
        }
    }

    private void ReadRows(CsvLines lines, int columns)
    {
        while (lines.TryRead(out var line))
        {
            if (line.Trim(" \t,"u8).IsEmpty)
            {
                continue;
            }

            if (CsvFields.Texts(line) is not { } fields)
            {
                Add($"line {lines.Number}: a quoted field does not end.");
            }
            else if (fields.Count != columns)
            {
                Add($"line {lines.Number}: it has {fields.Count} fields, the header has {columns}.");
            }
            else
            {
                _rows.Add((lines.Number, fields));
            }
        }
    }
}
