// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Parquet;
using Parquet.Schema;

namespace Detector.Recordings.Parquet;

/// <summary>Writes a Parquet readings file that keeps all of a reading: read back it gives the same readings. The same readings give the same bytes.</summary>
/// <remarks>Columns: <c>meter, timestamp_utc, value_kw, quality, kvar, kwh_register, power_factor, volts, amperes, kind, interval_s</c>. A file appears under its name when it is whole.</remarks>
public sealed class ParquetReadingsWriter : IAsyncDisposable
{
    /// <summary>Readings of one row group, which is held in memory.</summary>
    public const int GroupReadings = 100_000;

    private static readonly DataField<string> Meter = new("meter", nullable: false);
    private static readonly DateTimeDataField Time = new("timestamp_utc", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: false);
    private static readonly DataField<string> Quality = new("quality", nullable: false);
    private static readonly DataField<string> Kind = new("kind", nullable: false);
    private static readonly DataField<double> Interval = Number("interval_s");

    private static readonly (DataField<double> Field, Func<Reading, double> Of)[] Quantities =
    [
        (Number("value_kw"), r => r.PowerKilowatts), (Number("kvar"), r => r.ReactiveKilovars), (Number("kwh_register"), r => r.RegisterKilowattHours),
        (Number("power_factor"), r => r.PowerFactor), (Number("volts"), r => r.Volts), (Number("amperes"), r => r.Amperes),
    ];

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly ParquetWriter _writer;
    private readonly List<Reading> _group = new(GroupReadings);

    private ParquetReadingsWriter(string path, FileStream stream, ParquetWriter writer) => (_path, _stream, _writer) = (path, stream, writer);

    /// <summary>Readings taken so far.</summary>
    public long Count { get; private set; }

    /// <summary>Begins a file.</summary>
    public static async Task<ParquetReadingsWriter> CreateAsync(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = File.Create(PartOf(path));
        Field[] fields = [Meter, Time, .. Quantities.Select(q => q.Field), Quality, Kind, Interval];
        return new ParquetReadingsWriter(path, stream, await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false));
    }

    /// <summary>Takes a reading.</summary>
    public ValueTask AddAsync(Reading reading)
    {
        _group.Add(reading);
        Count++;
        return _group.Count < GroupReadings ? ValueTask.CompletedTask : new ValueTask(WriteGroupAsync());
    }

    /// <summary>Writes what is left and puts the file under its name, over one that is there.</summary>
    public async Task CompleteAsync()
    {
        if (_group.Count > 0 || Count == 0)
        {
            await WriteGroupAsync().ConfigureAwait(false);
        }

        await _writer.DisposeAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        File.Move(PartOf(_path), _path, overwrite: true);
    }

    /// <summary>Removes a file that was not completed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        File.Delete(PartOf(_path));
    }

    private static string PartOf(string path) => path + ".part";

    private static DataField<double> Number(string name) => new(name, nullable: true);

    private async Task WriteGroupAsync()
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync(Meter, Column(r => r.Meter.Value)).ConfigureAwait(false);
        await group.WriteAsync<DateTime>(Time, Column(r => r.Time.UtcDateTime)).ConfigureAwait(false);
        foreach (var (field, of) in Quantities)
        {
            await group.WriteAsync<double>(field, Column(r => Given(of(r)))).ConfigureAwait(false);
        }

        await group.WriteAsync(Quality, Column(r => QualityFlagNames.Text(r.Quality))).ConfigureAwait(false);
        await group.WriteAsync(Kind, Column(r => ReadingKindNames.NameOf(r.Kind))).ConfigureAwait(false);
        await group.WriteAsync<double>(Interval, Column(r => r.Interval > TimeSpan.Zero ? r.Interval.TotalSeconds : (double?)null)).ConfigureAwait(false);
        _group.Clear();
    }

    private T[] Column<T>(Func<Reading, T> of)
    {
        var values = new T[_group.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = of(_group[i]);
        }

        return values;
    }

    private static double? Given(double value) => double.IsNaN(value) ? null : value;
}
