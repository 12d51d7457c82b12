// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>One series of an answer: its statement, its meter where grouped by it, its rows.</summary>
internal readonly record struct InfluxSeries(int Statement, MeterId Meter, JsonElement Rows);

/// <summary>Reads the answer to a query, piece by piece as it arrives.</summary>
internal static class InfluxRows
{
    private static readonly JsonSerializerOptions Json = new();

    /// <summary>Every series of the answer; a meter's rows may come in several.</summary>
    /// <exception cref="TimelineUnavailableException">The server could not carry a statement out.</exception>
    public static async IAsyncEnumerable<InfluxSeries> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var piece in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(body, topLevelValues: true, Json, cancel))
        {
            if (SaysNoDatabase(piece))
            {
                yield break;
            }

            foreach (var result in piece.TryGetProperty("results", out var results) ? results.EnumerateArray() : default)
            {
                if (SaysNoDatabase(result))
                {
                    yield break; // the statements after it are not executed, and say so
                }

                foreach (var series in SeriesOf(result))
                {
                    yield return series;
                }
            }
        }
    }

    /// <summary>A row of <see cref="InfluxQl.Points"/>.</summary>
    public static ArrivedReading Point(JsonElement row, MeterId meter)
    {
        var reading = new Reading(meter, Micros.ToMoment(row[0].GetInt64()))
        {
            PowerKilowatts = Quantity(row[1]),
            RegisterKilowattHours = Quantity(row[2]),
            ReactiveKilovars = Quantity(row[3]),
            PowerFactor = Quantity(row[4]),
            Volts = Quantity(row[5]),
            Amperes = Quantity(row[6]),
            Kind = Whole(row[7]) is > 0 and var kind ? (ReadingKind)kind : ReadingKind.Instantaneous,
            Interval = Micros.ToSpan(Whole(row[8])),
            Quality = (QualityFlags)Whole(row[9]),
        };
        return new ArrivedReading(reading, Whole(row[10]), (int)Whole(row[11]));
    }

    private static IEnumerable<InfluxSeries> SeriesOf(JsonElement result)
    {
        if (!result.TryGetProperty("series", out var all))
        {
            yield break;
        }

        var statement = result.TryGetProperty("statement_id", out var id) ? id.GetInt32() : 0;
        foreach (var series in all.EnumerateArray())
        {
            var meter = default(MeterId);
            if (series.TryGetProperty("tags", out var tags) && tags.TryGetProperty("meter", out var tag))
            {
                _ = MeterTag.TryRead(tag.GetString() ?? string.Empty, out meter);
            }

            if (series.TryGetProperty("values", out var rows))
            {
                yield return new InfluxSeries(statement, meter, rows);
            }
        }
    }

    /// <summary>Whether an answer says that the database is not there, hence holds nothing; throws for any other error.</summary>
    private static bool SaysNoDatabase(JsonElement holder)
    {
        if (holder.ValueKind != JsonValueKind.Object || !holder.TryGetProperty("error", out var error))
        {
            return false;
        }

        return InfluxRefusal.SaysNoDatabase(error.ToString())
            ? true
            : throw new TimelineUnavailableException($"The server could not answer a query: {error}");
    }

    /// <summary>A quantity; NaN where it was not given.</summary>
    public static double Quantity(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetDouble() : double.NaN;

    /// <summary>A whole number; null where it was not given.</summary>
    public static long? Given(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetInt64() : null;

    /// <summary>A whole number; 0 where it was not given.</summary>
    public static long Whole(JsonElement cell) => cell.ValueKind == JsonValueKind.Number ? cell.GetInt64() : 0;
}
