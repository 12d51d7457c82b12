// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Bursts;

/// <summary>The grids on which readings of seconds are compared: 1, 2, 5 and 10 s.</summary>
/// <remarks>
/// Readings go to the finest grid that is not finer than their own cadence, as means of a cell. So a meter of 10 Hz and one of 1 Hz
/// meet on the same grid, and what only a fast meter sees takes no part in the comparison.
/// </remarks>
public static class BurstGrid
{
    /// <summary>Shortest stretch of readings that says anything, in seconds.</summary>
    public const double LeastSeconds = 60;

    /// <summary>Longest stretch compared as one window, in seconds; longer ones are cut into windows of equal length.</summary>
    public const double MostSeconds = 300;

    /// <summary>Fewest cells of a window: 60 s on the coarsest grid.</summary>
    public const int LeastCells = 6;

    /// <summary>Most cells of a window: bounds the state of <see cref="BurstAccumulator"/>.</summary>
    public const int MostCells = 300;

    /// <summary>The cells' lengths in seconds, finest first.</summary>
    public static IReadOnlyList<int> CellSeconds { get; } = [1, 2, 5, 10];

    /// <summary>The cell for readings of this cadence, in seconds; null where they are coarser than 10 s.</summary>
    public static int? Of(TimeSpan cadence)
    {
        foreach (var cell in CellSeconds)
        {
            if (cadence.TotalSeconds <= cell * 1.001)
            {
                return cell;
            }
        }

        return null;
    }
}
