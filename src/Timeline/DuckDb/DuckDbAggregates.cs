// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>Hours and days as rows: two tables of the same columns.</summary>
internal static class DuckDbAggregates
{
    /// <summary>The columns of an aggregate in the order in which rows are read.</summary>
    public const string Columns = "epoch_us(a.ts), a.kw, a.low_kw, a.high_kw, a.covered_us, a.cadence_us, a.readings, a.quality, a.register_kwh";

    /// <summary>Condition of rows that start before a moment, but for some meters.</summary>
    public static string Aged(DateTimeOffset before, IEnumerable<int> except)
    {
        var ids = string.Join(',', except.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var age = string.Create(CultureInfo.InvariantCulture, $"ts < make_timestamp({Micros.AtOrAfter(before)})");
        return ids.Length == 0 ? age : $"{age} AND meter NOT IN ({ids})";
    }

    /// <summary>Appends one aggregate of a meter.</summary>
    public static void Append(DuckDBAppender appender, int meter, in LoadAggregate aggregate) => appender.CreateRow()
        .AppendValue((int?)meter)
        .AppendValue((DateTime?)aggregate.Start.UtcDateTime)
        .AppendValue(Given(aggregate.PowerKilowatts))
        .AppendValue(Given(aggregate.LowestKilowatts))
        .AppendValue(Given(aggregate.HighestKilowatts))
        .AppendValue((long?)Micros.Of(aggregate.Covered))
        .AppendValue((long?)Micros.Of(aggregate.Cadence))
        .AppendValue((int?)aggregate.Readings)
        .AppendValue((int?)aggregate.Quality)
        .AppendValue(Given(aggregate.RegisterKilowattHours))
        .EndRow();

    /// <summary>Reads a row whose columns from <paramref name="first"/> on are <see cref="Columns"/>.</summary>
    public static LoadAggregate Read(DuckDBDataReader row, int first) => new(
        Micros.ToMoment(row.GetInt64(first)),
        Quantity(row, first + 1),
        Quantity(row, first + 2),
        Quantity(row, first + 3),
        Micros.ToSpan(row.GetInt64(first + 4)),
        Micros.ToSpan(row.GetInt64(first + 5)),
        row.GetInt32(first + 6),
        (QualityFlags)row.GetInt32(first + 7),
        Quantity(row, first + 8));

    private static double? Given(double value) => double.IsNaN(value) ? null : value;

    private static double Quantity(DuckDBDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);
}
