// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Pipeline.Retention;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests.Retention;

/// <summary>A relay with a sweep beside it; readings come in as messages, so that they are in the account.</summary>
internal sealed class RetentionBench(RelayBench relay) : IRetentionHolds, IAsyncDisposable
{
    private const int ReadingsAMessage = 2000;

    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public RelayBench Relay => relay;

    public ITimeline Timeline => relay.Timeline;

    public IRetention Retention => relay.Timeline.Retention!;

    /// <summary>Meters that are held.</summary>
    public HashSet<MeterId> Held { get; } = [];

    public static async Task<RetentionBench> OpenAsync() => new(await RelayBench.OpenAsync());

    public async Task ArriveAsync(string meter, IEnumerable<(DateTimeOffset Time, double Kilowatts)> readings)
    {
        foreach (var some in readings.Chunk(ReadingsAMessage))
        {
            var json = new StringBuilder("[");
            foreach (var (time, kilowatts) in some)
            {
                json.Append(json.Length > 1 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"{{\"ts\":{Instants.ToUnixMicroseconds(time)},\"kw\":{kilowatts:R}}}");
            }

            await relay.ArriveAsync("meters/" + meter, json.Append(']').ToString());
        }

        await relay.DrainAsync();
    }

    public RetentionSweep SweepBy(RetentionOptions options, IRetentionHolds? holds = null, TimeProvider? time = null) => new(
        Timeline, relay.Parts.Relay, new SeriesAssessor(), holds ?? this, options, time ?? TimeProvider.System, NullLogger<RetentionSweep>.Instance);

    public Task<SweepReport> SweepAsync(RetentionOptions options) => SweepBy(options).SweepAsync(CancellationToken.None);

    /// <summary>What an independent count finds: rows and expired readings together must be what the account says was stored.</summary>
    public async Task<long> AccountedAsync() => await Timeline.CountAsync(CancellationToken.None) + await Retention.ExpiredAsync(CancellationToken.None);

    public async Task<ReadingColumns?> ReadingsAsync(string meter)
    {
        await foreach (var columns in Timeline.ReadManyAsync([MeterId.Of(meter)], TimeRange.All, CancellationToken.None))
        {
            return columns;
        }

        return null;
    }

    public async Task<IReadOnlyList<LoadAggregate>> AggregatesAsync(string meter, AggregateLength length = AggregateLength.Hour)
    {
        await foreach (var kept in Retention.ReadAsync(length, [MeterId.Of(meter)], TimeRange.All, CancellationToken.None))
        {
            return kept.Aggregates;
        }

        return [];
    }

    public Task<IReadOnlyList<RetentionHold>> AmongAsync(IReadOnlyCollection<MeterId> meters, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<RetentionHold>>([.. meters.Where(Held.Contains).Select(m => new RetentionHold(m, "case-1", m.Value))]);

    public ValueTask DisposeAsync() => relay.DisposeAsync();
}
