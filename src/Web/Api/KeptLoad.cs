// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Web.Api;

/// <summary>What is kept of a meter's load over a range: days, then hours, then readings. It says how fine it is.</summary>
internal sealed class KeptLoad
{
    private readonly IReadOnlyList<LoadAggregate> _days;
    private readonly IReadOnlyList<LoadAggregate> _hours;
    private readonly IAsyncEnumerable<Reading> _readings;

    private KeptLoad(IReadOnlyList<LoadAggregate> days, IReadOnlyList<LoadAggregate> hours, IAsyncEnumerable<Reading> readings) => (_days, _hours, _readings) = (days, hours, readings);

    /// <summary>The coarsest of what is in it: <c>readings</c>, <c>hours</c> or <c>days</c>.</summary>
    internal string Resolution => _days.Count > 0 ? "days" : _hours.Count > 0 ? "hours" : "readings";

    /// <summary>Seconds of the coarsest of what is in it; 0 where there are readings only.</summary>
    internal long Seconds => _days.Count > 0 ? 86_400 : _hours.Count > 0 ? 3600 : 0;

    /// <summary>Looks for it; only hours and days are read by then.</summary>
    internal static async Task<KeptLoad> OfAsync(ITimeline timeline, MeterId meter, TimeRange range, CancellationToken cancel)
    {
        if (await ExpiredPartAsync(timeline, meter, range, cancel) is not { } expired)
        {
            return new KeptLoad([], [], timeline.ReadAsync(meter, range, cancel));
        }

        var hours = await ReadAsync(timeline, AggregateLength.Hour, meter, expired, cancel);
        var finer = hours.Count > 0 ? Day(hours[0].Start) : expired.To;
        var days = Day(expired.From) < finer ? await ReadAsync(timeline, AggregateLength.Day, meter, new TimeRange(Day(expired.From), finer), cancel) : [];
        return new KeptLoad(days, hours, timeline.ReadAsync(meter, range with { From = expired.To }, cancel));
    }

    /// <summary>The part of a range of which no readings are kept; null where there is none.</summary>
    internal static async Task<TimeRange?> ExpiredPartAsync(ITimeline timeline, MeterId meter, TimeRange range, CancellationToken cancel) =>
        timeline.Retention is { } retention && await retention.HorizonAsync(meter, cancel) is { } horizon && range.From < horizon.ReadingsFrom
            ? range with { To = range.To < horizon.ReadingsFrom ? range.To : horizon.ReadingsFrom }
            : null;

    /// <summary>All of it, oldest first.</summary>
    internal async IAsyncEnumerable<ChartPoint> PointsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var day in _days)
        {
            yield return ChartPoint.Of(day);
        }

        foreach (var hour in _hours)
        {
            yield return ChartPoint.Of(hour);
        }

        await foreach (var reading in _readings.WithCancellation(cancel))
        {
            yield return ChartPoint.Of(reading);
        }
    }

    private static async Task<IReadOnlyList<LoadAggregate>> ReadAsync(ITimeline timeline, AggregateLength length, MeterId meter, TimeRange range, CancellationToken cancel)
    {
        await foreach (var kept in timeline.Retention!.ReadAsync(length, [meter], range, cancel))
        {
            return kept.Aggregates;
        }

        return [];
    }

    private static DateTimeOffset Day(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}

/// <summary>The lowest and highest power at a moment or from it on, and what is known against it.</summary>
internal readonly record struct ChartPoint(DateTimeOffset Time, float Low, float High, uint Quality)
{
    internal static ChartPoint Of(Reading reading) => new(reading.Time, (float)reading.PowerKilowatts, (float)reading.PowerKilowatts, (uint)reading.Quality);

    internal static ChartPoint Of(LoadAggregate kept) => new(kept.Start, (float)kept.LowestKilowatts, (float)kept.HighestKilowatts, (uint)kept.Quality);
}
