// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Recordings.Csv;

/// <summary>Rows of a CSV readings file, packed or not.</summary>
internal sealed class CsvReadings : IReadingRows
{
    private const int MaxColumns = 64;
    private readonly string _path;
    private readonly MeterId _meter;
    private readonly MeterNames _names;
    private readonly CsvLines _lines;
    private readonly ReadingsHeader _header;
    private readonly int _columns;

    public CsvReadings(string path, MeterId meter, MeterNames names)
    {
        _path = path;
        _meter = meter;
        _names = names;
        _lines = new CsvLines(path);
        _header = HeaderOf(_lines, out _columns) ?? throw new ReadingsFileException(path, 1, $"the header is not {ReadingsHeader.Expected}.");
    }

    /// <summary>The header of a file; null where it is not that of readings.</summary>
    public static ReadingsHeader? HeaderOf(string path)
    {
        using var lines = new CsvLines(path);
        return HeaderOf(lines, out _);
    }

    public bool Read(out Reading reading)
    {
        while (_lines.TryRead(out var line))
        {
            if (!line.IsEmpty)
            {
                reading = RowOf(line);
                return true;
            }
        }

        reading = default;
        return false;
    }

    public void Dispose() => _lines.Dispose();

    private static ReadingsHeader? HeaderOf(CsvLines lines, out int columns)
    {
        columns = 0;
        if (!lines.TryRead(out var line) || line.Count((byte)',') >= MaxColumns || CsvFields.Texts(line) is not { } names)
        {
            return null;
        }

        columns = names.Count;
        return ReadingsHeader.TryParse(names);
    }

    private Reading RowOf(ReadOnlySpan<byte> line)
    {
        Span<Range> fields = stackalloc Range[MaxColumns];
        var count = CsvFields.Split(line, fields);
        if (count != _columns)
        {
            throw Fault(count < 0 ? "a quoted field does not end." : $"it has {count} fields, the header has {_columns}.");
        }

        var time = TimeOf(Unquote(line[fields[_header.Time]]));
        var quality = _header.Quality < 0 ? QualityFlags.None : SourceQuality.Parse(Unquote(line[fields[_header.Quality]]));
        var reading = ReadingRow.Of(
            _header.Meter < 0 ? _meter : MeterOf(line[fields[_header.Meter]]),
            time,
            _header.Power < 0 ? double.NaN : NumberOf(Unquote(line[fields[_header.Power]]), "value_kw"),
            _header.Reactive < 0 ? double.NaN : NumberOf(Unquote(line[fields[_header.Reactive]]), "kvar"),
            _header.Register < 0 ? double.NaN : NumberOf(Unquote(line[fields[_header.Register]]), "kwh_register"),
            quality);
        return _header.HasMore ? MoreOf(line, fields, reading, quality) : reading;
    }

    private Reading MoreOf(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, Reading reading, QualityFlags quality)
    {
        reading = ReadingRow.WithFurther(
            reading,
            quality,
            NumberAt(line, fields, _header.PowerFactor, "power_factor"),
            NumberAt(line, fields, _header.Volts, "volts"),
            NumberAt(line, fields, _header.Amperes, "amperes"));
        var kind = _header.Kind < 0 ? string.Empty : Encoding.UTF8.GetString(Unquote(line[fields[_header.Kind]]));
        return ReadingRow.WithMeaning(reading, kind, NumberAt(line, fields, _header.Interval, "interval_s"), out var fault) ?? throw Fault($"{fault}.");
    }

    private double NumberAt(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int column, string name) =>
        column < 0 ? double.NaN : NumberOf(Unquote(line[fields[column]]), name);

    private MeterId MeterOf(ReadOnlySpan<byte> field)
    {
        var text = Unquote(field);
        if (text.IndexOf("\"\""u8) >= 0 && MeterId.TryOf(CsvFields.Text(field), out var quoted))
        {
            return quoted;
        }

        return _names.TryGet(text, out var meter) ? meter : throw Fault($"meter is no meter name: {MeterNames.Fault(text)}.");
    }

    private DateTimeOffset TimeOf(ReadOnlySpan<byte> text)
    {
        var fault = Instants.TryParse(text, UnixUnit.Seconds, out var time);
        if (fault == InstantFault.None)
        {
            return time;
        }

        var shown = Encoding.UTF8.GetString(text);
        throw Fault(fault switch
        {
            InstantFault.NoZone => $"timestamp_utc '{shown}' has no zone; append Z for UTC or an offset such as +08:00.",
            InstantFault.OutOfRange => $"timestamp_utc '{shown}' is out of range; write an existing date and time, or Unix time in seconds (not milliseconds).",
            _ => $"timestamp_utc '{shown}' is neither ISO 8601 with a zone nor Unix seconds.",
        });
    }

    private double NumberOf(ReadOnlySpan<byte> text, string column)
    {
        if (text.IsEmpty)
        {
            return double.NaN; // a row may say that there is no value
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsInfinity(number))
        {
            throw Fault($"{column} '{Encoding.UTF8.GetString(text)}' is not a finite number; write it with a decimal point, or leave it empty where there is none.");
        }

        return number;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> field)
    {
        field = field.Trim(" \t"u8);
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1] : field;
    }

    private ReadingsFileException Fault(string what) => new(_path, _lines.Number, what);
}
