// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Series;

/// <summary>Blocks of hours that begin on a clock: what a source has that knows the energy of a day or a shift and not that of its hours.</summary>
/// <remarks>
/// A load that rests or repeats its digits does so from any hour on; energy that was spread begins at the hour at which it was read. So the blocks
/// of one phase must be many more than those of the others, and one in twenty from the first to the last of them: among a thousand pairs of hours some are equal by chance. All phases are tried: a day may begin by UTC or by local time, and on daylight-saving days by both.
/// </remarks>
internal static class HourBlocks
{
    private const int LeastBlocks = 7; // a week of days
    private const int TimesOthers = 3;
    private const double LeastDensity = 0.05;

    /// <summary>Starts of the full blocks, by phase, of each phase that has many more than the others.</summary>
    /// <param name="count">Hours.</param>
    /// <param name="length">Hours of a block.</param>
    /// <param name="isFull">Whether the block from an hour on is full.</param>
    public static IEnumerable<List<int>> OnClock(int count, int length, Func<int, bool> isFull)
    {
        var phases = new List<int>[length];
        for (var phase = 0; phase < length; phase++)
        {
            phases[phase] = [];
            for (var start = phase; start + length <= count; start += length)
            {
                if (isFull(start))
                {
                    phases[phase].Add(start);
                }
            }
        }

        var counts = Array.ConvertAll(phases, p => p.Count);
        foreach (var phase in phases)
        {
            if (phase.Count >= LeastBlocks && phase.Count >= TimesOthers * MedianOfOthers(counts, phase.Count)
                && phase.Count * length >= LeastDensity * (phase[^1] - phase[0]))
            {
                yield return phase;
            }
        }
    }

    private static int MedianOfOthers(int[] counts, int own)
    {
        var others = counts.Order().ToList();
        others.Remove(own);
        return others[others.Count / 2];
    }
}
