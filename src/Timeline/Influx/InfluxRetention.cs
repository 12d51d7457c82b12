// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>Expiry over HTTP, without transactions: an order of steps in which a crash only leaves readings to be deleted once more.</summary>
/// <remarks>
/// Hours and days are written first; writing them again changes nothing. Then the horizon with its count is one point. From then on what comes from before it is
/// refused, so what is left there after a crash is just the rest of the deletion: <see cref="FinishAsync"/> does it, and <see cref="LeftAsync"/> counts it for the account meanwhile.
/// </remarks>
internal sealed class InfluxRetention(InfluxClient client, InfluxExpired expired)
{
    private const int StatementsInRequest = 100;

    /// <summary>Keeps hours and days and deletes the readings they stand for.</summary>
    public async Task<ExpiryOutcome> ExpireAsync(
        IReadOnlyList<MeterExpiry> meters, long settledPosition, CancellationToken cancel)
    {
        var found = await CountAsync(meters, m => (m.Meter, Micros.Of(TimeRange.All.From), Micros.Of(m.HoursUntil)), cancel);
        var fit = meters.Where((m, i) => found[i].Count == m.Readings && found[i].Position <= settledPosition).ToList();
        var deleted = await CountAsync(fit, m => (m.Meter, Micros.Of(TimeRange.All.From), Micros.Of(m.ReadingsUntil)), cancel);
        await expired.KeepAsync(AggregateLength.Hour, fit.SelectMany(m => m.Hours.Select(hour => (m.Meter, hour))), cancel);
        await expired.KeepAsync(AggregateLength.Day, fit.SelectMany(m => m.Days.Select(day => (m.Meter, day))), cancel);
        var before = await expired.HorizonsAsync([.. fit.Select(m => m.Meter)], cancel);
        var reached = new Dictionary<MeterId, InfluxHorizon>();
        for (var i = 0; i < fit.Count; i++)
        {
            var was = before.GetValueOrDefault(fit[i].Meter);
            reached.Add(fit[i].Meter, was with
            {
                HoursUntil = Later(was.HoursUntil, Micros.Of(fit[i].HoursUntil)),
                ReadingsUntil = Later(was.ReadingsUntil, Micros.Of(fit[i].ReadingsUntil)),
                Readings = was.Readings + deleted[i].Count,
            });
        }

        await expired.KeepAsync(reached, cancel);
        await DeleteAsync(fit.Select(m => (m.Meter, Micros.Of(TimeRange.All.From), Micros.Of(m.ReadingsUntil))), cancel);
        return new ExpiryOutcome(deleted.Sum(d => d.Count), [.. meters.Except(fit).Select(m => m.Meter)]);
    }

    /// <summary>Deletes the readings of bursts.</summary>
    public async Task<ExpiryOutcome> ExpireBurstsAsync(
        IReadOnlyList<BurstExpiry> meters, long settledPosition, CancellationToken cancel)
    {
        var stretches = meters.SelectMany(m => m.Spans.SelectMany(span => Stretches(m.Meter, span))).ToList();
        var found = await CountAsync(stretches, s => (s.Meter, s.From, s.To + 1), cancel);
        var unfit = stretches.Where((s, i) => found[i].Count != s.Readings || found[i].Position > settledPosition).Select(s => s.Meter).ToHashSet();
        stretches.RemoveAll(s => unfit.Contains(s.Meter));
        await expired.KeepAsync(stretches, cancel);
        await DeleteAsync(stretches.Select(s => (s.Meter, s.From, s.To + 1)), cancel);
        var fit = meters.Where(m => !unfit.Contains(m.Meter)).ToList();
        var before = await expired.HorizonsAsync([.. fit.Select(m => m.Meter)], cancel);
        var reached = fit.ToDictionary(m => m.Meter, m =>
        {
            var was = before.GetValueOrDefault(m.Meter);
            return was with { BurstsUntil = Later(was.BurstsUntil, Micros.Of(m.Until)) };
        });
        await expired.KeepAsync(reached, cancel); // only now: until then what is left of a stretch is deleted once more
        return new ExpiryOutcome(stretches.Sum(s => s.Readings), [.. unfit]);
    }

    /// <summary>Deletes what a crash left of what had expired.</summary>
    public async Task FinishAsync(IReadOnlyDictionary<MeterId, InfluxHorizon> horizons, IReadOnlyDictionary<MeterId, long> first, CancellationToken cancel) =>
        await DeleteAsync(await LeftoversAsync(horizons, first, cancel), cancel);

    /// <summary>How many readings are still there of those that count as expired.</summary>
    public async Task<long> LeftAsync(IReadOnlyDictionary<MeterId, InfluxHorizon> horizons, IReadOnlyDictionary<MeterId, long> first, CancellationToken cancel) =>
        (await CountAsync(await LeftoversAsync(horizons, first, cancel), range => range, cancel)).Sum(left => left.Count);

    /// <summary>Readings of bursts that have expired so far.</summary>
    public async Task<List<InfluxSpan>> SpansAsync(CancellationToken cancel) =>
        await expired.SpansAsync(meters: null, Micros.Of(TimeRange.All.From), Micros.Of(TimeRange.All.To), cancel);

    private async Task<List<(MeterId Meter, long From, long To)>> LeftoversAsync(
        IReadOnlyDictionary<MeterId, InfluxHorizon> horizons, IReadOnlyDictionary<MeterId, long> first, CancellationToken cancel)
    {
        var left = new List<(MeterId Meter, long From, long To)>();
        left.AddRange(horizons.Where(h => first.TryGetValue(h.Key, out var time) && time < h.Value.ReadingsUntil).Select(h => (h.Key, Micros.Of(TimeRange.All.From), h.Value.ReadingsUntil!.Value)));
        left.AddRange((await SpansAsync(cancel))
            .Where(span => span.To >= (horizons.GetValueOrDefault(span.Meter).BurstsUntil ?? long.MinValue) && span.From >= (horizons.GetValueOrDefault(span.Meter).ReadingsUntil ?? long.MinValue))
            .Select(span => (span.Meter, span.From, span.To + 1)));
        return left;
    }

    /// <summary>Parts of a burst between the readings that stay, so that each is one range of time.</summary>
    private static IEnumerable<InfluxSpan> Stretches(MeterId meter, BurstSpan span)
    {
        var from = 0;
        for (var i = 1; i <= span.Times.Count; i++)
        {
            if (i == span.Times.Count || span.Kept.Any(kept => kept > span.Times[i - 1] && kept < span.Times[i]))
            {
                yield return new InfluxSpan(meter, span.Times[from], span.Times[i - 1], i - from);
                from = i;
            }
        }
    }

    /// <summary>Readings in a range of microseconds, and the last journal position among them, of each item.</summary>
    private async Task<(long Count, long Position)[]> CountAsync<T>(IReadOnlyList<T> items, Func<T, (MeterId Meter, long From, long To)> rangeOf, CancellationToken cancel)
    {
        var counts = new (long Count, long Position)[items.Count];
        for (var first = 0; first < items.Count; first += StatementsInRequest)
        {
            var some = items.Skip(first).Take(StatementsInRequest).Select(rangeOf);
            var statements = string.Join("; ", some.Select(r => $"SELECT count(\"position\"), max(\"position\") FROM \"readings\" WHERE {InfluxQl.Is(r.Meter)} AND {InfluxQl.Within(r.From, r.To)}"));
            await foreach (var series in client.QueryAsync(statements, cancel))
            {
                var row = series.Rows[0];
                counts[first + series.Statement] = (InfluxRows.Whole(row[1]), InfluxRows.Whole(row[2]));
            }
        }

        return counts;
    }

    private async Task DeleteAsync(IEnumerable<(MeterId Meter, long From, long To)> ranges, CancellationToken cancel)
    {
        foreach (var some in ranges.Chunk(StatementsInRequest))
        {
            var statements = string.Join("; ", some.Select(r => $"DELETE FROM \"readings\" WHERE {InfluxQl.Is(r.Meter)} AND {InfluxQl.Within(r.From, r.To)}"));
            await client.RunAsync(statements, cancel);
        }
    }

    private static long Later(long? one, long other) => one > other ? one.Value : other;
}
