// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Series;

/// <summary>The native interval of a meter: the commonest step between its readings, as a natural length.</summary>
/// <remarks>
/// Each difference of successive times goes to the nearest natural step; the commonest wins. A coarser step wins over it where it is at
/// least twenty times as long, has a tenth of its count and covers more time: a meter that reads each quarter hour stays one although
/// it also sent bursts. Gaps are too rare for that. A meter whose interval was changed has the coarser one, up to an hour, while a twentieth of its
/// time is read at it without a break: finer readings are averaged into its slots, where the coarser ones would leave three quarters of the finer
/// slots empty. A typical difference off every natural step by more than a tenth takes the next longer one, so
/// that no slot stays empty for the grid's sake.
/// </remarks>
internal static class CadenceOf
{
    private const double BurstRatio = 20;
    private const double LeastShare = 0.1;
    private const double Tolerance = 0.1;
    private const double LeastTimeShare = 0.05;
    private const int LeastRun = 12; // steps of one length on end that no chance of gaps makes
    private const double CoarsestChanged = 3600; // loads are judged by their hours

    private static readonly double[] NaturalSeconds =
    [
        0.1, 0.2, 0.5, 1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 300, 360, 600, 720, 900, 1200, 1800,
        3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400,
    ];

    /// <summary>The cadence, or null of fewer than two samples.</summary>
    public static TimeSpan? Samples(Samples samples)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        var counts = new int[NaturalSeconds.Length];
        var sums = new double[NaturalSeconds.Length];
        var regular = new double[NaturalSeconds.Length]; // seconds read in runs of one step
        var (before, step, run) = (long.MinValue, -1, 0);
        for (var i = 1; i < samples.Count; i++)
        {
            var microseconds = samples.UnixMicroseconds[i] - samples.UnixMicroseconds[i - 1];
            var seconds = microseconds / 1e6;
            var next = microseconds == before ? step : Nearest(seconds); // most are as the one before
            run = next == step ? run + 1 : 1;
            (before, step) = (microseconds, next);
            counts[step]++;
            sums[step] += seconds;
            regular[step] += run < LeastRun ? 0 : (run == LeastRun ? LeastRun : 1) * NaturalSeconds[step];
        }

        var chosen = Array.IndexOf(counts, counts.Max());
        for (var i = counts.Length - 1; i > chosen; i--)
        {
            if (NaturalSeconds[i] >= BurstRatio * NaturalSeconds[chosen] && counts[i] >= LeastShare * counts[chosen]
                && NaturalSeconds[i] * counts[i] > NaturalSeconds[chosen] * counts[chosen])
            {
                chosen = i;
                break;
            }
        }

        var least = LeastTimeShare * regular.Sum();
        for (var i = counts.Length - 1; i > chosen; i--)
        {
            if (NaturalSeconds[i] <= CoarsestChanged && regular[i] > 0 && regular[i] >= least)
            {
                chosen = i;
            }
        }

        var typical = sums[chosen] / counts[chosen];
        var isOff = typical > NaturalSeconds[chosen] * (1 + Tolerance) && chosen + 1 < NaturalSeconds.Length;
        return TimeSpan.FromSeconds(NaturalSeconds[isOff ? chosen + 1 : chosen]);
    }

    private static int Nearest(double seconds)
    {
        var index = Array.BinarySearch(NaturalSeconds, seconds);
        if (index >= 0)
        {
            return index;
        }

        index = ~index;
        if (index == 0 || index == NaturalSeconds.Length)
        {
            return Math.Min(index, NaturalSeconds.Length - 1);
        }

        // Nearest by ratio: 40 s are nearer to 30 s than to 60 s.
        return seconds / NaturalSeconds[index - 1] <= NaturalSeconds[index] / seconds ? index - 1 : index;
    }
}
