// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>What the server holds of some meters: their last times, the points at given times, and what of them has expired.</summary>
internal sealed class InfluxLookup(InfluxClient client, InfluxExpired expired, InfluxOptions options)
{
    /// <summary>Times of a meter farther apart than this are asked for in separate ranges: readings in between are not fetched.</summary>
    private static readonly long WidestGap = Micros.Of(TimeSpan.FromHours(6)); // 24 quarter hours: about what a statement itself costs

    private const int StatementsInRequest = 100; // each names one meter or more; keeps a request's text under some 100 KB

    /// <summary>Learns the last time of every meter of a batch that is not known yet, and how far it has expired.</summary>
    public async Task LearnAsync(ArrivalSplit split, ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel)
    {
        foreach (var meters in split.Unknown(batch.Span).Where(IsStorable).Chunk(options.QueryMeters))
        {
            var known = meters.ToDictionary(meter => meter, meter => new MeterTrack(meter, MeterTrack.NoReading));
            await LearnAsync(known, cancel);
            foreach (var track in known.Values)
            {
                split.Learn(track);
            }
        }
    }

    /// <summary>One request for all: the last point, how far it has expired, and the last burst that has.</summary>
    private async Task LearnAsync(Dictionary<MeterId, MeterTrack> known, CancellationToken cancel)
    {
        var statements = options.Token.Length > 0 ? InfluxQl.Last(known.Keys) : $"{InfluxQl.Last(known.Keys)}; {InfluxExpired.HoursUntil(known.Keys)}; {InfluxExpired.LastBursts(known.Keys)}";
        await foreach (var series in client.QueryAsync(statements, cancel))
        {
            foreach (var row in known.TryGetValue(series.Meter, out var track) ? series.Rows.EnumerateArray() : default)
            {
                switch (series.Statement)
                {
                    case 0:
                        track!.LastMicroseconds = Math.Max(track.LastMicroseconds, row[0].GetInt64());
                        break;
                    case 1:
                        track!.ExpiredBeforeMicroseconds = InfluxRows.Given(row[1]) ?? MeterTrack.NoReading;
                        break;
                    default:
                        // What expired last may be later than all that is left; it must not be taken for new.
                        track!.LastMicroseconds = Math.Max(track.LastMicroseconds, InfluxRows.Whole(row[1]));
                        track.HasExpiredBursts = true;
                        break;
                }
            }
        }
    }

    /// <summary>The points the server holds at the late readings' meters and times.</summary>
    public async Task<Dictionary<ArrivalKey, ArrivedReading>> HeldAsync(SplitBatch split, CancellationToken cancel)
    {
        var wanted = split.LookUp.Select(i => new ArrivalKey(split.Tracks[i]!, split.Microseconds[i])).ToHashSet();
        var tracks = wanted.Select(key => key.Track).Distinct().ToDictionary(track => track.Meter);
        var held = new Dictionary<ArrivalKey, ArrivedReading>(wanted.Count);
        foreach (var statements in Statements(wanted))
        {
            await foreach (var series in client.QueryAsync(statements, cancel))
            {
                foreach (var row in series.Rows.EnumerateArray())
                {
                    var key = new ArrivalKey(tracks[series.Meter], row[0].GetInt64());
                    if (wanted.Contains(key))
                    {
                        held[key] = InfluxRows.Point(row, series.Meter);
                    }
                }
            }
        }

        return held;
    }

    /// <summary>Those of the late readings that lie in a burst that has expired; null where none can.</summary>
    public async Task<IReadOnlySet<ArrivalKey>?> InExpiredBurstsAsync(SplitBatch split, CancellationToken cancel)
    {
        var late = split.LookUp.Where(i => split.Tracks[i]!.HasExpiredBursts).Select(i => new ArrivalKey(split.Tracks[i]!, split.Microseconds[i])).ToList();
        if (late.Count == 0)
        {
            return null;
        }

        var meters = late.Select(key => key.Track.Meter).Distinct().ToList();
        var spans = (await expired.SpansAsync(meters, Micros.Of(TimeRange.All.From), late.Max(key => key.Microseconds) + 1, cancel)).ToLookup(span => span.Meter);
        return late.Where(key => spans[key.Track.Meter].Any(span => span.From <= key.Microseconds && key.Microseconds <= span.To)).ToHashSet();
    }

    private static bool IsStorable(MeterId meter) => !meter.IsEmpty;

    /// <summary>The requests: meters that lack the same range share a statement, which is the common case of a quarter hour that comes late.</summary>
    private IEnumerable<string> Statements(IEnumerable<ArrivalKey> wanted) => Ranges(wanted)
        .GroupBy(range => (range.From, range.To), range => range.Meter)
        .SelectMany(same => same.Chunk(options.QueryMeters).Select(meters => InfluxQl.Points(meters, same.Key.From, same.Key.To)))
        .Chunk(StatementsInRequest)
        .Select(statements => string.Join("; ", statements));

    private static IEnumerable<(MeterId Meter, long From, long To)> Ranges(IEnumerable<ArrivalKey> wanted)
    {
        foreach (var meter in wanted.GroupBy(key => key.Track))
        {
            var times = meter.Select(key => key.Microseconds).Order().ToArray();
            var from = 0;
            for (var i = 1; i <= times.Length; i++)
            {
                if (i == times.Length || times[i] - times[i - 1] > WidestGap)
                {
                    yield return (meter.Key.Meter, times[from], times[i - 1] + 1);
                    from = i;
                }
            }
        }
    }
}
