// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>How far a meter has expired, as the server keeps it; a null is not set.</summary>
/// <param name="HoursUntil">Microseconds before which late readings are refused.</param>
/// <param name="ReadingsUntil">Microseconds before which readings are deleted.</param>
/// <param name="BurstsUntil">Microseconds up to which the deletion of bursts is done.</param>
/// <param name="Readings">Readings deleted as such; those of bursts are counted in their spans.</param>
internal readonly record struct InfluxHorizon(long? HoursUntil, long? ReadingsUntil, long? BurstsUntil, long Readings);

/// <summary>A stretch of a burst of which every reading is deleted.</summary>
internal readonly record struct InfluxSpan(MeterId Meter, long From, long To, long Readings);

/// <summary>The server's own memory of what expired: one point a meter at time zero, and one a stretch of a burst.</summary>
internal sealed class InfluxExpired(InfluxClient client, InfluxOptions options)
{
    private const string Horizons = "SELECT \"hours_us\", \"readings_us\", \"bursts_us\", \"readings\" FROM \"expired\" WHERE ";
    private readonly LineBuffer _lines = new();

    /// <summary>The statement that says how far some meters have expired.</summary>
    public static string HoursUntil(IEnumerable<MeterId> meters) => $"SELECT \"hours_us\" FROM \"expired\" WHERE ({InfluxQl.Any(meters)}) AND {InfluxQl.AllTime} GROUP BY \"meter\"";

    /// <summary>The statement that says when the last burst ended that has expired, of some meters.</summary>
    public static string LastBursts(IEnumerable<MeterId> meters) => $"SELECT max(\"to_us\") FROM \"expired_bursts\" WHERE ({InfluxQl.Any(meters)}) AND {InfluxQl.AllTime} GROUP BY \"meter\"";

    /// <summary>The horizons of some meters, or of all; those without are left out.</summary>
    public async Task<Dictionary<MeterId, InfluxHorizon>> HorizonsAsync(IReadOnlyCollection<MeterId>? meters, CancellationToken cancel)
    {
        var horizons = new Dictionary<MeterId, InfluxHorizon>();
        foreach (var which in meters is null ? [InfluxQl.AllTime] : meters.Chunk(options.QueryMeters).Select(some => $"({InfluxQl.Any(some)}) AND {InfluxQl.AllTime}"))
        {
            await foreach (var series in client.QueryAsync($"{Horizons}{which} GROUP BY \"meter\"", cancel))
            {
                foreach (var row in series.Rows.EnumerateArray())
                {
                    horizons[series.Meter] = new InfluxHorizon(InfluxRows.Given(row[1]), InfluxRows.Given(row[2]), InfluxRows.Given(row[3]), InfluxRows.Whole(row[4]));
                }
            }
        }

        return horizons;
    }

    /// <summary>The stretches of bursts that begin in a range of microseconds, of some meters or of all.</summary>
    public async Task<List<InfluxSpan>> SpansAsync(IReadOnlyCollection<MeterId>? meters, long from, long to, CancellationToken cancel)
    {
        var spans = new List<InfluxSpan>();
        var within = InfluxQl.Within(from, to);
        foreach (var which in meters is null ? [within] : meters.Chunk(options.QueryMeters).Select(some => $"({InfluxQl.Any(some)}) AND {within}"))
        {
            await foreach (var series in client.QueryAsync($"SELECT \"to_us\", \"readings\" FROM \"expired_bursts\" WHERE {which} GROUP BY \"meter\"", cancel))
            {
                spans.AddRange(series.Rows.EnumerateArray().Select(row => new InfluxSpan(series.Meter, row[0].GetInt64(), InfluxRows.Whole(row[1]), InfluxRows.Whole(row[2]))));
            }
        }

        return spans;
    }

    /// <summary>Makes horizons durable.</summary>
    public Task KeepAsync(IReadOnlyDictionary<MeterId, InfluxHorizon> horizons, CancellationToken cancel) => SendAsync(
        [.. horizons],
        (line, one) =>
        {
            line.Raw("expired,meter="u8);
            MeterTag.Append(line, one.Key);
            line.Raw(" readings="u8);
            line.Number(one.Value.Readings);
            line.Raw("i"u8);
            Given(line, ",hours_us="u8, one.Value.HoursUntil);
            Given(line, ",readings_us="u8, one.Value.ReadingsUntil);
            Given(line, ",bursts_us="u8, one.Value.BurstsUntil);
            line.Raw(" 0\n"u8);
        },
        cancel);

    /// <summary>Makes stretches of bursts durable.</summary>
    public Task KeepAsync(IReadOnlyList<InfluxSpan> spans, CancellationToken cancel) => SendAsync(
        spans,
        (line, span) =>
        {
            line.Raw("expired_bursts,meter="u8);
            MeterTag.Append(line, span.Meter);
            line.Raw(" to_us="u8);
            line.Number(span.To);
            line.Raw("i,readings="u8);
            line.Number(span.Readings);
            line.Raw("i "u8);
            line.Number(span.From);
            line.Raw("\n"u8);
        },
        cancel);

    /// <summary>Makes hours or days durable.</summary>
    public Task KeepAsync(AggregateLength length, IEnumerable<(MeterId Meter, LoadAggregate Aggregate)> aggregates, CancellationToken cancel) =>
        SendAsync([.. aggregates], (line, one) => InfluxAggregates.Append(line, length, one.Meter, one.Aggregate), cancel);

    private async Task SendAsync<T>(IReadOnlyList<T> items, Action<LineBuffer, T> append, CancellationToken cancel)
    {
        foreach (var some in items.Chunk(options.BatchSize))
        {
            _lines.Clear();
            foreach (var item in some)
            {
                append(_lines, item);
            }

            var answer = await client.WriteAsync(_lines.Written, cancel);
            if (!answer.Accepted)
            {
                // Nothing has been deleted yet, and nothing will be before this is kept.
                throw new TimelineUnavailableException(
                    $"The server does not keep what retention needs in '{options.Database}' ({(int)answer.Status}): {answer.Text} A retention policy of its own must be infinite.");
            }
        }
    }

    private static void Given(LineBuffer line, ReadOnlySpan<byte> key, long? value)
    {
        if (value is { } given)
        {
            line.Raw(key);
            line.Number(given);
            line.Raw("i"u8);
        }
    }
}
