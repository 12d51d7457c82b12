// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web.Views;

/// <summary>The trends that lists show: as they were kept when meters were judged, and read from the store where none was, or an old one.</summary>
/// <remarks>
/// Judging leaves a trend once a day, so that the store is asked only after a start, and for meters that are not judged. It scans a range of time for whatever is
/// asked of it: a meter costs nearly what fifty cost, and what is asked for while others are read is read together, that asked for last first. Whoever scrolls on
/// gives up the lines left behind, and what nobody waits for any more is not read.
/// </remarks>
internal sealed class SparkLines(ITimeline timeline, MeterStates states)
{
    private const int MostAtOnce = 64; // a quarter-hourly meter has 2,688 readings of four weeks
    private static readonly TimeSpan OldAfter = TimeSpan.FromDays(1); // of its meter's time; four pixels of the picture

    private readonly Lock _gate = new();
    private readonly Dictionary<MeterId, Wish> _wishes = [];
    private readonly List<MeterId> _order = []; // of those wished for and not yet being read
    private bool _reading;

    /// <summary>What is kept of a meter now, and whether there is something newer to be had from the store.</summary>
    public (Trend? Trend, bool IsOld) Kept(MeterId meter)
    {
        var (trend, latest) = (states.TrendOf(meter), states.LatestOf(meter));
        return (trend, latest is not null && (trend is null || latest - trend.Until >= OldAfter));
    }

    /// <summary>A meter's trend, at most a day of readings old; null where it has no readings.</summary>
    /// <exception cref="TimelineUnavailableException">It is not kept, and the store does not answer.</exception>
    public async Task<Trend?> GetAsync(MeterId meter, CancellationToken cancel)
    {
        if (Kept(meter) is { IsOld: false } kept)
        {
            return kept.Trend;
        }

        var wish = Join(meter);
        try
        {
            return await wish.Read.Task.WaitAsync(cancel);
        }
        finally
        {
            Leave(meter, wish);
        }
    }

    private Wish Join(MeterId meter)
    {
        lock (_gate)
        {
            if (!_wishes.TryGetValue(meter, out var wish))
            {
                wish = new Wish();
                _wishes.Add(meter, wish);
                _order.Add(meter);
            }

            wish.Waiting++;
            if (!_reading)
            {
                _reading = true;
                _ = Task.Run(ReadAllAsync, CancellationToken.None);
            }

            return wish;
        }
    }

    private void Leave(MeterId meter, Wish wish)
    {
        lock (_gate)
        {
            if (--wish.Waiting == 0 && _wishes.TryGetValue(meter, out var current) && ReferenceEquals(current, wish) && _order.Remove(meter))
            {
                _wishes.Remove(meter);
            }
        }
    }

    private async Task ReadAllAsync()
    {
        while (Next() is { Count: > 0 } meters)
        {
            try
            {
                await ReadAsync(meters);
                foreach (var meter in meters)
                {
                    Settle(meter, wish => wish.Read.TrySetResult(states.TrendOf(meter)));
                }
            }
            catch (Exception fault)
            {
                foreach (var meter in meters)
                {
                    Settle(meter, wish => _ = Kept(meter) is { IsOld: false } read ? wish.Read.TrySetResult(read.Trend) : wish.Read.TrySetException(fault)); // to whoever asked
                }
            }
        }
    }

    private List<MeterId> Next()
    {
        lock (_gate)
        {
            var first = Math.Max(0, _order.Count - MostAtOnce);
            var meters = _order[first..];
            _order.RemoveRange(first, meters.Count);
            _reading = meters.Count > 0;
            return meters;
        }
    }

    private void Settle(MeterId meter, Action<Wish> end)
    {
        lock (_gate)
        {
            if (_wishes.Remove(meter, out var wish) && wish.Waiting > 0)
            {
                end(wish);
            }
        }
    }

    /// <summary>Reads meters with as few passes over the store as their last readings allow.</summary>
    private async Task ReadAsync(List<MeterId> meters)
    {
        var latest = meters.Select(m => (Meter: m, Latest: states.LatestOf(m))).Where(m => m.Latest is not null).ToDictionary(m => m.Meter, m => m.Latest!.Value);
        foreach (var near in latest.GroupBy(m => m.Value.UtcTicks / Trend.Length.Ticks)) // a meter that fell silent years ago does not make the others' pass longer
        {
            var windows = near.Select(m => Trend.WindowUntil(m.Value)).ToArray();
            var range = new TimeRange(windows.Min(w => w.From), windows.Max(w => w.To));
            await foreach (var columns in timeline.ReadManyAsync([.. near.Select(m => m.Key)], range, CancellationToken.None))
            {
                states.Keep(columns.Meter, Trend.Of(columns, latest[columns.Meter]));
                latest.Remove(columns.Meter);
            }
        }

        foreach (var (meter, until) in latest)
        {
            states.Keep(meter, Trend.Of(ReadingColumns.Of(meter, []), until)); // its readings have expired: known, and not asked for again
        }

        Metrics.TrendsRead.Add(meters.Count);
    }

    /// <summary>A trend that somebody waits for.</summary>
    private sealed class Wish
    {
        public TaskCompletionSource<Trend?> Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting { get; set; }
    }
}
