// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>Retention in an InfluxDB 1.x, which deletes by meter and time; a server with a token has no such statement.</summary>
internal sealed partial class InfluxTimeline : IRetention
{
    /// <inheritdoc />
    public IRetention? Retention => _isVersion1 ? this : null;

    /// <inheritdoc />
    public Task<ExpiryOutcome> ExpireAsync(IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel) =>
        ChangeAsync([.. meters.Select(m => m.Meter)], () => _retention.ExpireAsync(meters, settledPosition, cancel), cancel);

    /// <inheritdoc />
    public Task<ExpiryOutcome> ExpireBurstsAsync(IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel) =>
        ChangeAsync([.. meters.Select(m => m.Meter)], () => _retention.ExpireBurstsAsync(meters, settledPosition, cancel), cancel);

    /// <inheritdoc />
    public async Task<long> DropAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel)
    {
        var count = await CountAsync(length, before, except, cancel);
        if (count > 0)
        {
            await _client.RunAsync($"DELETE FROM \"{length.Table()}\" WHERE {Aged(before, except)}", cancel);
        }

        return count;
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(AggregateLength length, DateTimeOffset before, IReadOnlyCollection<MeterId> except, CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var series in _client.QueryAsync($"SELECT count(\"readings\") FROM \"{length.Table()}\" WHERE {Aged(before, except)}", cancel))
        {
            count += series.Rows.EnumerateArray().Sum(row => row[1].GetInt64());
        }

        return count;
    }

    /// <inheritdoc />
    public async Task<long> ExpiredAsync(CancellationToken cancel)
    {
        var horizons = await _expired.HorizonsAsync(meters: null, cancel);
        var spans = await _retention.SpansAsync(cancel);
        return horizons.Values.Sum(h => h.Readings) + spans.Sum(span => span.Readings) - await _retention.LeftAsync(horizons, await FirstAsync(cancel), cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<MeterAge>> AgesAsync(CancellationToken cancel)
    {
        var horizons = await _expired.HorizonsAsync(meters: null, cancel);
        await _retention.FinishAsync(horizons, await FirstAsync(cancel), cancel);
        var first = await FirstAsync(cancel);
        var ages = new List<MeterAge>();
        foreach (var (meter, last) in await LatestAsync(cancel))
        {
            if (first.TryGetValue(meter, out var from))
            {
                var horizon = horizons.GetValueOrDefault(meter);
                ages.Add(new MeterAge(meter, Micros.ToMoment(from), last, Moment(horizon.HoursUntil), Moment(horizon.BurstsUntil)));
            }
        }

        ages.Sort(static (one, other) => string.CompareOrdinal(one.Meter.Value, other.Meter.Value));
        return ages;
    }

    /// <inheritdoc />
    public async Task<MeterHorizon?> HorizonAsync(MeterId meter, CancellationToken cancel) =>
        (await _expired.HorizonsAsync([meter], cancel)).GetValueOrDefault(meter) is { ReadingsUntil: { } readings, HoursUntil: { } hours }
            ? new MeterHorizon(Micros.ToMoment(readings), Micros.ToMoment(hours))
            : null;

    /// <inheritdoc />
    public async IAsyncEnumerable<LoadAggregates> ReadAsync(
        AggregateLength length, IReadOnlyCollection<MeterId> meters, TimeRange range, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in meters.Distinct().Chunk(MetersAtOnce))
        {
            var kept = new Dictionary<MeterId, List<LoadAggregate>>();
            var statement = $"SELECT {InfluxAggregates.Columns} FROM \"{length.Table()}\" WHERE ({InfluxQl.Any(some)}) AND {InfluxQl.Within(Micros.AtOrAfter(range.From), Micros.AtOrAfter(range.To))} GROUP BY \"meter\"";
            await foreach (var series in _client.QueryAsync(statement, cancel))
            {
                if (!kept.TryGetValue(series.Meter, out var mine))
                {
                    kept.Add(series.Meter, mine = []);
                }

                mine.AddRange(series.Rows.EnumerateArray().Select(InfluxAggregates.Read));
            }

            foreach (var (meter, aggregates) in kept)
            {
                yield return new LoadAggregates(meter, aggregates);
            }
        }
    }

    private static string Aged(DateTimeOffset before, IReadOnlyCollection<MeterId> except) => string.Join(
        " AND ",
        [InfluxQl.Within(Micros.Of(TimeRange.All.From), Micros.AtOrAfter(before)), .. except.Select(meter => "\"meter\" != " + MeterTag.Quoted(meter))]);

    private static DateTimeOffset? Moment(long? microseconds) => microseconds is { } given ? Micros.ToMoment(given) : null;

    private async Task<Dictionary<MeterId, long>> FirstAsync(CancellationToken cancel)
    {
        var first = new Dictionary<MeterId, long>();
        await foreach (var series in _client.QueryAsync(InfluxQl.FirstOfEach(), cancel))
        {
            foreach (var row in series.Rows.EnumerateArray())
            {
                first[series.Meter] = row[0].GetInt64();
            }
        }

        return first;
    }

    /// <summary>Work of the one writer; its meters are learned again afterwards, with what the server keeps of them, however it ended.</summary>
    private async Task<ExpiryOutcome> ChangeAsync(MeterId[] meters, Func<Task<ExpiryOutcome>> change, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Array.ForEach(meters, _split.Forget);
            return await change();
        }
        finally
        {
            _writing.Release();
        }
    }
}
