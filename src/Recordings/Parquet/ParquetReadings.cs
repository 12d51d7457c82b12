// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Parquet;
using Parquet.Schema;

namespace Detector.Recordings.Parquet;

/// <summary>Rows of a Parquet readings file, one row group in memory at a time.</summary>
internal sealed class ParquetReadings : IReadingRows
{
    private readonly string _path;
    private readonly MeterId _meter;
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;
    private readonly ReadingsHeader _header;
    private ParquetRows? _rows;
    private int _group;
    private int _row;
    private long _rowNumber;

    public ParquetReadings(string path, MeterId meter)
    {
        _path = path;
        _meter = meter;
        _stream = File.OpenRead(path);
        try
        {
            // The library reads asynchronously only; a local file completes at once, and this is a batch reader with no thread to free.
            _reader = ParquetReader.CreateAsync(_stream, leaveStreamOpen: true).GetAwaiter().GetResult();
            _fields = _reader.Schema.GetDataFields();
            _header = HeaderOf(_fields) ?? throw new ReadingsFileException(path, 0, $"the columns are not {ReadingsHeader.Expected}.");
        }
        catch (Exception fault) when (fault is not ReadingsFileException)
        {
            _stream.Dispose();
            throw new ReadingsFileException(path, 0, $"it is not a Parquet file that can be read: {fault.Message}", fault);
        }
    }

    /// <summary>The columns of a file; null where they are not those of readings.</summary>
    public static ReadingsHeader? HeaderOf(string path)
    {
        try
        {
            return HeaderOf(ParquetReader.ReadSchemaAsync(path).GetAwaiter().GetResult().GetDataFields());
        }
        catch (Exception fault) when (fault is not ReadingsFileException)
        {
            throw new ReadingsFileException(path, 0, $"it is not a Parquet file that can be read: {fault.Message}", fault);
        }
    }

    public bool Read(out Reading reading)
    {
        while (_rows is null || _row == _rows.Count)
        {
            if (_group == _reader.RowGroupCount)
            {
                reading = default;
                return false;
            }

            _rows = LoadGroup(_group++);
            _row = 0;
        }

        _rowNumber++;
        reading = RowOf(_rows, _row++);
        return true;
    }

    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Dispose();
    }

    private static ReadingsHeader? HeaderOf(DataField[] fields) => ReadingsHeader.TryParse([.. fields.Select(f => f.Name)]);

    private ParquetRows LoadGroup(int index)
    {
        try
        {
            return ParquetRows.LoadAsync(_reader, index, _fields, _header, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is not ReadingsFileException)
        {
            throw new ReadingsFileException(_path, _rowNumber + 1, $"row group {index} cannot be read: {fault.Message}", fault);
        }
    }

    private Reading RowOf(ParquetRows rows, int row)
    {
        var meter = _meter;
        if (rows.Meters is { } meters && !MeterId.TryOf(meters[row], out meter))
        {
            throw new ReadingsFileException(_path, _rowNumber, $"meter is no meter name: {MeterId.Fault(meters[row] ?? string.Empty)}.");
        }

        if (rows.Times[row] is not { } time)
        {
            throw new ReadingsFileException(_path, _rowNumber, "timestamp_utc is missing, or neither a timestamp, ISO 8601 text with a zone nor Unix seconds.");
        }

        if (IsInfinite(rows.Power) || IsInfinite(rows.Reactive) || IsInfinite(rows.Register) || IsInfinite(rows.PowerFactor) || IsInfinite(rows.Volts) || IsInfinite(rows.Amperes))
        {
            throw new ReadingsFileException(_path, _rowNumber, "a value is infinite; leave it null where there is none.");
        }

        var quality = rows.Quality is { } texts ? SourceQuality.Parse(texts[row].AsSpan()) : QualityFlags.None;
        var reading = ReadingRow.Of(meter, time, At(rows.Power), At(rows.Reactive), At(rows.Register), quality);
        if (!_header.HasMore)
        {
            return reading;
        }

        reading = ReadingRow.WithFurther(reading, quality, At(rows.PowerFactor), At(rows.Volts), At(rows.Amperes));
        return ReadingRow.WithMeaning(reading, rows.Kinds?[row], At(rows.Intervals), out var fault) ?? throw new ReadingsFileException(_path, _rowNumber, $"{fault}.");

        double At(double[]? column) => column?[row] ?? double.NaN;
        bool IsInfinite(double[]? column) => double.IsInfinity(At(column));
    }
}
