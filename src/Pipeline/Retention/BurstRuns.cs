// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline.Retention;

/// <summary>Tells the readings of bursts from those of a meter's own intervals, by their spacing alone: nothing else marks them.</summary>
/// <remarks>
/// A burst is a run of at least six readings that are ten seconds apart or less and at least twenty times closer than the meter's own interval. A meter of seconds has none.
/// Of each of its intervals that begins within a burst the reading nearest to that beginning is the interval's own, and stays.
/// </remarks>
internal static class BurstRuns
{
    private const int LeastReadings = 6; // a minute of the slowest burst
    private const double LeastRatio = 20; // as validation tells them: a meter that reads each quarter hour stays one although it also sent bursts
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(10); // the coarsest burst that is judged

    /// <summary>The bursts whose last reading lies in a range.</summary>
    /// <param name="readings">Readings in order of time, from before the range to after it.</param>
    /// <param name="series">The load that validation made of them.</param>
    /// <param name="range">The range.</param>
    public static List<BurstSpan> Of(ReadingColumns readings, LoadSeries series, TimeRange range)
    {
        var spans = new List<BurstSpan>();
        var step = (long)Math.Min(LongestStep.TotalMicroseconds, series.Cadence.TotalMicroseconds / LeastRatio);
        var times = readings.UnixMicroseconds;
        for (var from = 0; from < times.Length;)
        {
            var to = from + 1;
            while (to < times.Length && times[to] - times[to - 1] <= step)
            {
                to++;
            }

            if (to - from >= LeastReadings && range.Contains(Instants.FromUnixMicroseconds(times[to - 1])))
            {
                spans.Add(Without(times.AsSpan(from, to - from), series));
            }

            from = to;
        }

        return spans;
    }

    /// <summary>A burst without the readings that are its meter's own.</summary>
    private static BurstSpan Without(ReadOnlySpan<long> times, LoadSeries series)
    {
        var own = new HashSet<long>();
        var cadence = (long)series.Cadence.TotalMicroseconds;
        var start = Instants.ToUnixMicroseconds(series.Start);
        var first = start + ((times[0] - start + cadence - 1) / cadence * cadence);
        for (var slot = first; slot <= times[^1]; slot += cadence)
        {
            var at = times.BinarySearch(slot);
            at = at >= 0 ? at : ~at;
            own.Add(at > 0 && (at == times.Length || slot - times[at - 1] <= times[at] - slot) ? times[at - 1] : times[at]);
        }

        var expiring = new List<long>(times.Length);
        foreach (var time in times)
        {
            if (!own.Contains(time))
            {
                expiring.Add(time);
            }
        }

        return new BurstSpan(expiring[0], expiring[^1], expiring, [.. own.Order()]);
    }
}
