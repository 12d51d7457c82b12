// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Bursts;

/// <summary>Computes the features of <see cref="BurstFeatures"/> from the cells of a window.</summary>
/// <remarks>In: cells in kW, none missing. Out: one value a feature, all finite; null where the median is not over zero: there is no load to describe.</remarks>
public static class BurstShape
{
    private const double Floor = 0.001; // of the median: digits of common meters lie at and below it
    private const double DipAt = 0.95; // of the median
    private const double RiseAt = 1.05;
    private const double SlowSeconds = 10;
    private const double LevelWidth = 0.04; // of the median
    private const double LevelShare = 0.1; // of the time; less is passing through

    /// <summary>The features; null where there is no load.</summary>
    /// <param name="cells">Means of the cells in kW, <see cref="BurstGrid.LeastCells"/> to <see cref="BurstGrid.MostCells"/>.</param>
    /// <param name="cellSeconds">Length of a cell in seconds.</param>
    public static float[]? Of(ReadOnlySpan<float> cells, int cellSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells.Length, BurstGrid.LeastCells);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cells.Length, BurstGrid.MostCells);
        Span<float> scratch = stackalloc float[cells.Length];
        cells.CopyTo(scratch);
        var median = Quantiles.Median(scratch);
        if (!(median > 0))
        {
            return null;
        }

        Span<float> relative = stackalloc float[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            relative[i] = (cells[i] / median) - 1;
        }

        var minutes = cells.Length * cellSeconds / 60.0;
        var slow = (int)Math.Round(SlowSeconds / cellSeconds);
        Span<float> clipped = stackalloc float[cells.Length];
        BurstMovement.Clip(relative, scratch, clipped);
        var (fast, slowShare) = BurstMovement.Scales(clipped, scratch);
        var (dips, depth, rises) = Excursions(relative);
        return
        [
            Ln(Between(relative, scratch, 0.1, 0.9)),
            Near(relative, 0.02f),
            Near(relative, 0.05f),
            Ln(BurstMovement.Step(relative, scratch)),
            Ln(BurstMovement.Coarse(relative, slow)),
            BurstMovement.Memory(clipped, 1),
            BurstMovement.Memory(clipped, Math.Max(2, slow)),
            fast,
            slowShare,
            (float)(dips / minutes),
            depth,
            (float)(rises / minutes),
            Lean(relative, scratch),
            Levels(relative),
            Ln(Drift(clipped)),
        ];
    }

    private static float Ln(double share) => (float)Math.Log(share + Floor);

    private static float Near(ReadOnlySpan<float> relative, float within)
    {
        var count = 0;
        foreach (var v in relative)
        {
            count += Math.Abs(v) <= within ? 1 : 0;
        }

        return (float)count / relative.Length;
    }

    private static double Between(ReadOnlySpan<float> relative, Span<float> scratch, double low, double high)
    {
        relative.CopyTo(scratch);
        return Quantiles.At(scratch, high) - Quantiles.At(scratch, low);
    }

    private static (int Dips, float Depth, int Rises) Excursions(ReadOnlySpan<float> relative)
    {
        int dips = 0, rises = 0;
        var depth = 0.0;
        bool low = false, high = false;
        foreach (var v in relative)
        {
            var (isLow, isHigh) = (v < DipAt - 1, v > RiseAt - 1);
            dips += isLow && !low ? 1 : 0;
            rises += isHigh && !high ? 1 : 0;
            depth += isLow ? DipAt - 1 - v : 0;
            (low, high) = (isLow, isHigh);
        }

        return (dips, (float)(depth / relative.Length), rises);
    }

    private static float Lean(ReadOnlySpan<float> relative, Span<float> scratch)
    {
        relative.CopyTo(scratch);
        double high = Quantiles.At(scratch, 0.98), low = Quantiles.At(scratch, 0.02);
        return (float)((high + low) / (high - low + (2 * Floor)));
    }

    private static float Levels(ReadOnlySpan<float> relative)
    {
        Span<int> counts = stackalloc int[51]; // from -100 % to +100 % of the median; beyond is the last
        counts.Clear();
        foreach (var v in relative)
        {
            counts[Math.Clamp((int)Math.Round(v / LevelWidth) + 25, 0, 50)]++;
        }

        var levels = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            // Neighbouring bins are one level whose middle falls between them.
            var isPeak = counts[i] >= LevelShare * relative.Length && (i == 0 || counts[i] > counts[i - 1]) && (i == 50 || counts[i] >= counts[i + 1]);
            levels += isPeak ? 1 : 0;
        }

        return levels;
    }

    // Means of drawn-in values: a median moves in a meter's steps.
    private static double Drift(ReadOnlySpan<float> clipped)
    {
        var third = clipped.Length / 3;
        return Math.Abs(BurstMovement.Mean(clipped[^third..]) - BurstMovement.Mean(clipped[..third]));
    }
}
