// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web.Views;

/// <summary>Sparklines, each drawn once in a while however many pages show it.</summary>
/// <remarks>
/// The embedded store scans a range of time for whatever is asked of it, so that a meter costs nearly what fifty cost: pictures that are asked for while others are drawn are drawn
/// together, those asked for last first, since whoever scrolls has left the others behind.
/// </remarks>
internal sealed class SparkLines(ITimeline timeline, MeterStates states, TimeProvider clock)
{
    private const int MostKept = 16_384; // some 3 kB each
    private const int MostAtOnce = 64; // a quarter-hourly meter has 2,688 readings of four weeks
    private const int MostForeseen = 256; // pictures of lines that are about to be shown; beyond it they wait until they are asked for
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10); // a four-week picture does not change sooner to the eye

    private readonly ConcurrentDictionary<MeterId, (byte[] Picture, DateTimeOffset At)> _kept = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<MeterId, TaskCompletionSource<byte[]>> _wanted = [];
    private readonly List<MeterId> _order = []; // of those wanted and not yet being drawn
    private bool _drawing;

    /// <summary>The picture of a meter's last weeks, as SVG; blank where it has no readings.</summary>
    /// <exception cref="TimelineUnavailableException">The store does not answer.</exception>
    public Task<byte[]> GetAsync(MeterId meter, CancellationToken cancel) => Fresh(meter) is { } kept ? Task.FromResult(kept) : Want(meter, int.MaxValue)!.WaitAsync(cancel);

    /// <summary>Says that a picture will be asked for at once, so that it is drawn together with others.</summary>
    public void Foresee(MeterId meter)
    {
        if (Fresh(meter) is null)
        {
            Want(meter, MostForeseen);
        }
    }

    private byte[]? Fresh(MeterId meter)
    {
        var now = clock.GetUtcNow();
        return _kept.TryGetValue(meter, out var kept) && now - kept.At < KeptFor && now >= kept.At ? kept.Picture : null;
    }

    private Task<byte[]>? Want(MeterId meter, int most)
    {
        lock (_gate)
        {
            if (_wanted.TryGetValue(meter, out var known))
            {
                return known.Task;
            }

            if (_order.Count >= most)
            {
                return null;
            }

            var wanted = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = wanted.Task.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // foreseen and never asked for: nobody else looks
            _wanted.Add(meter, wanted);
            _order.Add(meter);
            if (!_drawing)
            {
                _drawing = true;
                _ = Task.Run(DrawAllAsync, CancellationToken.None);
            }

            return wanted.Task;
        }
    }

    private async Task DrawAllAsync()
    {
        while (Next() is { Count: > 0 } meters)
        {
            try
            {
                foreach (var (meter, picture) in await DrawAsync(meters))
                {
                    Settle(meter, wanted => wanted.SetResult(picture));
                }
            }
            catch (Exception fault)
            {
                foreach (var meter in meters)
                {
                    Settle(meter, wanted => wanted.TrySetException(fault)); // to whoever asked
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
            _drawing = meters.Count > 0;
            return meters;
        }
    }

    private void Settle(MeterId meter, Action<TaskCompletionSource<byte[]>> end)
    {
        lock (_gate)
        {
            if (_wanted.Remove(meter, out var wanted))
            {
                end(wanted);
            }
        }
    }

    /// <summary>Draws meters with as few passes over the store as their last readings allow.</summary>
    private async Task<IReadOnlyDictionary<MeterId, byte[]>> DrawAsync(IReadOnlyCollection<MeterId> meters)
    {
        var pictures = meters.ToDictionary(m => m, _ => SparkLine.Blank);
        var windows = new Dictionary<MeterId, TimeRange>();
        foreach (var meter in meters)
        {
            if (states.LatestOf(meter) is { } latest)
            {
                var end = latest.AddTicks(TimeSpan.TicksPerMicrosecond); // the last reading is in it; stores keep microseconds
                windows.Add(meter, new TimeRange(end - SparkLine.Length, end));
            }
        }

        foreach (var near in windows.GroupBy(w => w.Value.To.Ticks / SparkLine.Length.Ticks)) // a meter that fell silent years ago does not make the others' pass longer
        {
            var range = new TimeRange(near.Min(w => w.Value.From), near.Max(w => w.Value.To));
            await foreach (var columns in timeline.ReadManyAsync([.. near.Select(w => w.Key)], range, CancellationToken.None))
            {
                pictures[columns.Meter] = SparkLine.Draw(columns, windows[columns.Meter]);
            }
        }

        Keep(pictures.Where(p => windows.ContainsKey(p.Key))); // of the others nothing was stored, or it is not known yet after a start
        return pictures;
    }

    private void Keep(IEnumerable<KeyValuePair<MeterId, byte[]>> pictures)
    {
        if (_kept.Count >= MostKept)
        {
            _kept.Clear(); // seldom, and whoever looks draws the few they see again
        }

        var now = clock.GetUtcNow();
        foreach (var (meter, picture) in pictures)
        {
            _kept[meter] = (picture, now);
        }
    }
}
