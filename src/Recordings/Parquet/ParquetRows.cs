// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Parquet;
using Parquet.Schema;

namespace Detector.Recordings.Parquet;

/// <summary>The columns of one row group; null where the file has no such column.</summary>
internal sealed record ParquetRows(string?[]? Meters, DateTimeOffset?[] Times, double[]? Power, string?[]? Quality, double[]? Reactive, double[]? Register)
{
    public int Count => Times.Length;

    public double[]? PowerFactor { get; private init; }

    public double[]? Volts { get; private init; }

    public double[]? Amperes { get; private init; }

    public string?[]? Kinds { get; private init; }

    public double[]? Intervals { get; private init; }

    public static async Task<ParquetRows> LoadAsync(ParquetReader reader, int index, DataField[] fields, ReadingsHeader header, CancellationToken cancel)
    {
        using var group = reader.OpenRowGroupReader(index);
        var count = checked((int)group.RowCount);
        return new ParquetRows(
            header.Meter < 0 ? null : await TextsAsync(group, fields[header.Meter], count, cancel).ConfigureAwait(false),
            await TimesAsync(group, fields[header.Time], count, cancel).ConfigureAwait(false),
            await OptionalAsync(header.Power).ConfigureAwait(false),
            header.Quality < 0 ? null : await TextsAsync(group, fields[header.Quality], count, cancel).ConfigureAwait(false),
            await OptionalAsync(header.Reactive).ConfigureAwait(false),
            await OptionalAsync(header.Register).ConfigureAwait(false))
        {
            PowerFactor = await OptionalAsync(header.PowerFactor).ConfigureAwait(false),
            Volts = await OptionalAsync(header.Volts).ConfigureAwait(false),
            Amperes = await OptionalAsync(header.Amperes).ConfigureAwait(false),
            Kinds = header.Kind < 0 ? null : await TextsAsync(group, fields[header.Kind], count, cancel).ConfigureAwait(false),
            Intervals = await OptionalAsync(header.Interval).ConfigureAwait(false),
        };

        async Task<double[]?> OptionalAsync(int column) => column < 0 ? null : await NumbersAsync(group, fields[column], count, cancel).ConfigureAwait(false);
    }

    private static async Task<DateTimeOffset?[]> TimesAsync(ParquetRowGroupReader group, DataField field, int count, CancellationToken cancel)
    {
        if (IsText(field))
        {
            var texts = await TextsAsync(group, field, count, cancel).ConfigureAwait(false);
            return Array.ConvertAll(texts, OfText);
        }

        if (field.ClrType == typeof(DateTime))
        {
            // The column's name says UTC, whether or not the file marks its timestamps as adjusted to it.
            var values = await ValuesAsync<DateTime>(group, field, count, cancel).ConfigureAwait(false);
            return Array.ConvertAll(values, v => v is { } moment ? Instants.Truncate(new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))) : (DateTimeOffset?)null);
        }

        var seconds = await NumbersAsync(group, field, count, cancel).ConfigureAwait(false);
        return Array.ConvertAll(seconds, OfSeconds);
    }

    private static async Task<double[]> NumbersAsync(ParquetRowGroupReader group, DataField field, int count, CancellationToken cancel)
    {
        if (field.ClrType == typeof(double))
        {
            return Plain(await ValuesAsync<double>(group, field, count, cancel).ConfigureAwait(false), v => v);
        }

        if (field.ClrType == typeof(float))
        {
            // By way of its shortest text, so that 12.3 stays 12.3.
            return Plain(await ValuesAsync<float>(group, field, count, cancel).ConfigureAwait(false), v => double.Parse(v.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }

        if (field.ClrType == typeof(decimal))
        {
            return Plain(await ValuesAsync<decimal>(group, field, count, cancel).ConfigureAwait(false), v => (double)v);
        }

        if (field.ClrType == typeof(long))
        {
            return Plain(await ValuesAsync<long>(group, field, count, cancel).ConfigureAwait(false), v => (double)v);
        }

        return field.ClrType == typeof(int)
            ? Plain(await ValuesAsync<int>(group, field, count, cancel).ConfigureAwait(false), v => (double)v)
            : throw new InvalidDataException($"the column {field.Name} holds {field.ClrType.Name}; store it as a number");
    }

    private static double[] Plain<T>(T?[] values, Func<T, double> convert)
        where T : struct => Array.ConvertAll(values, v => v is { } value ? convert(value) : double.NaN);

    private static async Task<T?[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, int count, CancellationToken cancel)
        where T : struct
    {
        var values = new T?[count];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory(), null, cancel).ConfigureAwait(false);
            return values;
        }

        var plain = new T[count];
        await group.ReadAsync<T>(field, plain.AsMemory(), null, cancel).ConfigureAwait(false);
        return Array.ConvertAll(plain, v => (T?)v);
    }

    private static async Task<string?[]> TextsAsync(ParquetRowGroupReader group, DataField field, int count, CancellationToken cancel)
    {
        if (!IsText(field))
        {
            throw new InvalidDataException($"the column {field.Name} holds {field.ClrType.Name}; store it as text");
        }

        var texts = new string?[count];
        await group.ReadAsync(field, texts.AsMemory(), null, cancel).ConfigureAwait(false);
        return texts;
    }

    // The library shows text columns as memory of characters, and as strings where a schema is built by hand.
    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static DateTimeOffset? OfText(string? text) =>
        text is not null && Instants.TryParse(Encoding.UTF8.GetBytes(text), UnixUnit.Seconds, out var moment) == InstantFault.None ? moment : null;

    private static DateTimeOffset? OfSeconds(double seconds) =>
        Math.Abs(seconds) < 1e12 && Instants.TryUnix((decimal)seconds, UnixUnit.Seconds, out var moment) == InstantFault.None ? moment : null;
}
