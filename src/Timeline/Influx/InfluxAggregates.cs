// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>Hours and days as points: two measurements of the same fields.</summary>
internal static class InfluxAggregates
{
    /// <summary>Columns after the time, in the order in which rows are read.</summary>
    public const string Columns =
        "\"kw\", \"low_kw\", \"high_kw\", \"covered_us\", \"cadence_us\", \"readings\", \"quality\", \"register_kwh\"";

    /// <summary>One point and its line end.</summary>
    public static void Append(LineBuffer line, AggregateLength length, MeterId meter, in LoadAggregate aggregate)
    {
        line.Text(length.Table());
        line.Raw(",meter="u8);
        MeterTag.Append(line, meter);
        line.Raw(" covered_us="u8);
        line.Number(Micros.Of(aggregate.Covered));
        line.Raw("i,cadence_us="u8);
        line.Number(Micros.Of(aggregate.Cadence));
        line.Raw("i,readings="u8);
        line.Number((long)aggregate.Readings);
        line.Raw("i,quality="u8);
        line.Number((long)aggregate.Quality);
        line.Raw("i"u8);
        Quantity(line, ",kw="u8, aggregate.PowerKilowatts);
        Quantity(line, ",low_kw="u8, aggregate.LowestKilowatts);
        Quantity(line, ",high_kw="u8, aggregate.HighestKilowatts);
        Quantity(line, ",register_kwh="u8, aggregate.RegisterKilowattHours);
        line.Raw(" "u8);
        line.Number(Micros.Of(aggregate.Start));
        line.Raw("\n"u8);
    }

    /// <summary>A row of <see cref="Columns"/>, the time before them.</summary>
    public static LoadAggregate Read(JsonElement row) => new(
        Micros.ToMoment(row[0].GetInt64()),
        InfluxRows.Quantity(row[1]),
        InfluxRows.Quantity(row[2]),
        InfluxRows.Quantity(row[3]),
        Micros.ToSpan(InfluxRows.Whole(row[4])),
        Micros.ToSpan(InfluxRows.Whole(row[5])),
        (int)InfluxRows.Whole(row[6]),
        (QualityFlags)InfluxRows.Whole(row[7]),
        InfluxRows.Quantity(row[8]));

    private static void Quantity(LineBuffer line, ReadOnlySpan<byte> key, double value)
    {
        if (!double.IsNaN(value))
        {
            line.Raw(key);
            line.Number(value);
        }
    }
}
