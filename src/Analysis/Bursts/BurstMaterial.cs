// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Bursts;
using Detector.Profiles.Bursts;

namespace Detector.Analysis.Bursts;

/// <summary>Cuts loads into labelled windows: every grid a load allows, one, two and five minutes, so many of each.</summary>
internal static class BurstMaterial
{
    private const int MostWindows = 16; // of one recording, grid and length: a long recording is not more recordings

    /// <summary>Lengths in seconds.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [60, 120, 300];

    /// <summary>The windows; a recording's weight is shared out over those of each grid.</summary>
    public static IReadOnlyList<BurstSample> Of(IEnumerable<BurstLoad> loads)
    {
        var samples = new List<BurstSample>();
        foreach (var load in loads)
        {
            foreach (var cell in BurstGrid.CellSeconds.Where(c => c >= (BurstGrid.Of(load.Series.Cadence) ?? int.MaxValue)))
            {
                BurstWindow[] windows = [.. Lengths.SelectMany(length => Spread(BurstCutter.Windows(load.Series, cell, length)))];
                samples.AddRange(windows.Select(w => new BurstSample(w, load.Hashing, load.Set, load.Recording, load.Group, load.Weight / windows.Length)));
            }
        }

        return samples;
    }

    private static IEnumerable<BurstWindow> Spread(IReadOnlyList<BurstWindow> windows)
    {
        var taken = Math.Min(MostWindows, windows.Count);
        for (var i = 0; i < taken; i++)
        {
            yield return windows[(int)((long)i * windows.Count / taken)];
        }
    }
}
