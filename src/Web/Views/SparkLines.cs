// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Web.Views;

/// <summary>Sparklines, each drawn once in a while however many pages show it.</summary>
internal sealed class SparkLines(ITimeline timeline, TimeProvider clock)
{
    private const int MostKept = 4096; // about 4 kB each
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10); // a four-week picture does not change sooner to the eye

    private readonly ConcurrentDictionary<MeterId, (byte[] Picture, DateTimeOffset At)> _kept = new();

    /// <summary>The picture of a meter's last weeks, as SVG; blank where it has no readings.</summary>
    /// <exception cref="TimelineUnavailableException">The store does not answer.</exception>
    public async Task<byte[]> GetAsync(MeterId meter, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(meter, out var kept) && now - kept.At < KeptFor && now >= kept.At)
        {
            return kept.Picture;
        }

        var picture = await DrawAsync(meter, cancel);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear(); // seldom, and whoever looks draws the few they see again
        }

        _kept[meter] = (picture, now);
        return picture;
    }

    private async Task<byte[]> DrawAsync(MeterId meter, CancellationToken cancel)
    {
        if (await timeline.ExtentAsync(meter, cancel) is not { } extent)
        {
            return SparkLine.Blank;
        }

        var end = extent.To.AddTicks(TimeSpan.TicksPerMicrosecond); // the last reading is in it; stores keep microseconds
        var window = new TimeRange(end - SparkLine.Length, end);
        return await SparkLine.DrawAsync(timeline.ReadAsync(meter, window, cancel), window, cancel);
    }
}
