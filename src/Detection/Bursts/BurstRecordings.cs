// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Bursts;

/// <summary>A recording as it would be judged: the mean over its windows of one grid and one length.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Set">Its set.</param>
/// <param name="CellSeconds">The grid.</param>
/// <param name="Hashing">Whether it is hashing.</param>
/// <param name="LogOdds">The mean.</param>
public sealed record JudgedBurstRecording(string Recording, string Set, int CellSeconds, bool Hashing, double LogOdds);

/// <summary>Puts windows back together.</summary>
public static class BurstRecordings
{
    private const double LongFrom = 121; // seconds; training also cuts shorter windows, a judgement does not

    /// <summary>One row a recording and grid, of its longest windows; recordings without long ones of those they have.</summary>
    public static IEnumerable<JudgedBurstRecording> Of(IEnumerable<HeldOutBurst> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows.GroupBy(w => (w.Sample.Recording, w.Sample.Set, w.Sample.Window.CellSeconds, w.Sample.Hashing))
            .Select(g =>
            {
                var longest = g.Where(w => w.Sample.Window.Range.Length.TotalSeconds >= LongFrom).ToArray();
                var judged = longest.Length > 0 ? longest : [.. g];
                return new JudgedBurstRecording(g.Key.Recording, g.Key.Set, g.Key.CellSeconds, g.Key.Hashing, judged.Average(w => w.LogOdds));
            });
    }
}
