// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Neighbours;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline;

/// <summary>What the watch knows of neighbours: each judged meter's events, and the balance of a feeder when its head is judged.</summary>
/// <remarks>
/// Events are kept in memory and come back as meters are judged, so within a day of a restart. A balance reads the
/// sub-meters of one feeder from the timeline together, and keeps their hours only.
/// </remarks>
public sealed class NeighbourWatch(ITimeline timeline, SeriesAssessor assessor, FleetJudge judge, RegistryHolder registry, NeighbourOptions options)
{
    private readonly NeighbourBook _book = new(options);
    private volatile Known? _known;

    /// <summary>Name under which what a head's sub-meters leave over is judged.</summary>
    public static MeterId RemainderOf(MeterId head) => Feeders.ResidualOf(head);

    /// <summary>Takes a meter's judgement into the book, and gives it back with what neighbours say.</summary>
    public Finding Take(LoadSeries series, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(series);
        var row = registry.Current.Of(series.Meter);
        if (FeedersNow().TryChildren(series.Meter, out _) || (row.Feeder ?? row.Owner ?? row.Region) is null)
        {
            return finding;
        }

        _book.Put(TraceFinder.Of(series, row, asOf: null, options), finding);
        return _book.Apply(finding);
    }

    /// <summary>The finding of a feeder's virtual meter; null where the meter has no sub-meters.</summary>
    public async Task<Finding?> ResidualAsync(LoadSeries parent, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var feeders = FeedersNow();
        if (!feeders.TryChildren(parent.Meter, out var children) || !feeders.Parents.Contains(parent.Meter))
        {
            return null;
        }

        var end = parent.Range.To;
        var range = new TimeRange(end - TimeSpan.FromDays(options.WindowDays), end);
        var hours = new Dictionary<MeterId, MeterHours>();
        await foreach (var readings in timeline.ReadManyAsync([.. children], range, cancel))
        {
            hours[readings.Meter] = MeterHours.Of(SeriesOf(readings), options.WindowDays, end);
        }

        var meter = VirtualMeter.Of(feeders, MeterHours.Of(parent, options.WindowDays, asOf: null), m => hours.GetValueOrDefault(m), options);
        return meter.Complete(judge.Current.Assess(meter.Residual, meter.Registration, asOf: null), options);
    }

    /// <summary>A meter's readings as validated.</summary>
    public LoadSeries SeriesOf(ReadingColumns readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return assessor.Assess(readings).Series;
    }

    // Feeders follow from the register, which is swapped in whole.
    private Feeders FeedersNow()
    {
        var now = registry.Current;
        if (_known is not { } known || !ReferenceEquals(known.Registry, now))
        {
            _known = known = new Known(now, new Feeders(now));
        }

        return known.Feeders;
    }

    private sealed record Known(SiteRegistry Registry, Feeders Feeders);
}
