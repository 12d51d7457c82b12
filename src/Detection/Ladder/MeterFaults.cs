// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>Faults of a meter that validation marked, when they fill so much of a window that nothing can be said of the load: the same for hours and for days.</summary>
internal static class MeterFaults
{
    /// <summary>Share of slots a fault must have taken to be named as the cause of a gap.</summary>
    public const double ExcludedShare = 0.05;

    private const double MostRegister = 0.01; // share of slots that look like a register
    private const double LeastScaleJumps = 0.001; // share of slots a kept scale jump must mark, so that one odd reading is not one
    private const double MostCoarse = 0.5; // share of slots; the rule marks a meter, not a reading
    private const double MostEstimated = 0.2; // share of slots

    /// <summary>Adds what the marks say, in a fixed order.</summary>
    /// <param name="window">The window, as validated.</param>
    /// <param name="isRegister">Whether the load is known for a register by more than its marks.</param>
    /// <param name="missing">What the window lacks.</param>
    public static void Add(LoadSeries window, bool isRegister, List<MissingEvidence> missing)
    {
        if (isRegister || Share(window, QualityFlags.RegisterAsPower) > MostRegister)
        {
            missing.Add(MissingCatalog.RegisterAsPower());
        }

        if (Share(window, QualityFlags.ScaleJump) > LeastScaleJumps)
        {
            missing.Add(MissingCatalog.ScaleJump());
        }

        if (Share(window, QualityFlags.Coarse) > MostCoarse)
        {
            missing.Add(MissingCatalog.Coarse());
        }

        if (Share(window, QualityFlags.Estimated) is var estimated && estimated > MostEstimated)
        {
            missing.Add(MissingCatalog.Estimated(estimated));
        }
    }

    /// <summary>Share of slots that a flag marks, 0 to 1.</summary>
    public static double Share(LoadSeries window, QualityFlags flag)
    {
        var flagged = 0;
        foreach (var quality in window.Quality)
        {
            flagged += (quality & flag) != 0 ? 1 : 0;
        }

        return window.Count == 0 ? 0 : (double)flagged / window.Count;
    }
}
