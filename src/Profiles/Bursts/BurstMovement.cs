// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Bursts;

/// <summary>How a load moves from cell to cell: noise, memory, and the scales on which the movement lives.</summary>
internal static class BurstMovement
{
    private const double NoiseFloor = 0.0005; // of the median; below it a meter's digits move, not the load
    private const double MostDeviations = 4; // beyond, a value is an event and not movement

    /// <summary>Values drawn in to a few robust deviations, so that one dip or a start does not stand for the movement.</summary>
    public static void Clip(ReadOnlySpan<float> relative, Span<float> scratch, Span<float> to)
    {
        relative.CopyTo(scratch);
        var most = (float)Math.Max(MostDeviations * Quantiles.NormalMad * Quantiles.Mad(scratch), MostDeviations * NoiseFloor);
        for (var i = 0; i < relative.Length; i++)
        {
            to[i] = Math.Clamp(relative[i], -most, most);
        }
    }

    /// <summary>Robust standard deviation of the change from cell to cell, as if the noise had no memory.</summary>
    public static double Step(ReadOnlySpan<float> relative, Span<float> scratch)
    {
        var steps = scratch[..(relative.Length - 1)];
        for (var i = 1; i < relative.Length; i++)
        {
            steps[i - 1] = Math.Abs(relative[i] - relative[i - 1]);
        }

        return Quantiles.Median(steps) * Quantiles.NormalMad / Math.Sqrt(2);
    }

    /// <summary>Standard deviation of means over some cells; leftover cells at the end are left out.</summary>
    public static double Coarse(ReadOnlySpan<float> relative, int cells)
    {
        double mean = 0, squares = 0;
        var count = 0;
        for (var from = 0; from + cells <= relative.Length; from += cells)
        {
            double sum = 0;
            foreach (var v in relative.Slice(from, cells))
            {
                sum += v;
            }

            count++;
            var step = (sum / cells) - mean;
            mean += step / count;
            squares += step * ((sum / cells) - mean);
        }

        return count < 2 ? 0 : Math.Sqrt(squares / (count - 1));
    }

    /// <summary>Autocorrelation at a lag, drawn towards zero where the movement is at a meter's last digit.</summary>
    public static float Memory(ReadOnlySpan<float> values, int lag)
    {
        if (values.Length <= lag + 2)
        {
            return 0;
        }

        var mean = Mean(values);
        double own = 0, cross = 0;
        for (var i = 0; i < values.Length; i++)
        {
            own += (values[i] - mean) * (values[i] - mean);
            cross += i >= lag ? (values[i] - mean) * (values[i - lag] - mean) : 0;
        }

        return (float)(cross / (own + (values.Length * NoiseFloor * NoiseFloor)));
    }

    /// <summary>Shares of the movement at the fastest dyadic scale, and at scales from eight cells up.</summary>
    /// <remarks>
    /// Haar wavelet variances (Percival, 1995, "On estimation of the wavelet variance"). White noise has a half at the fastest scale. The floor is
    /// added as white noise, so that a load at a meter's last digit has the shares of white noise.
    /// </remarks>
    public static (float Fast, float Slow) Scales(ReadOnlySpan<float> values, Span<float> scratch)
    {
        values.CopyTo(scratch);
        var length = values.Length;
        double all = 0, fast = 0, slow = 0;
        var floor = NoiseFloor * NoiseFloor / 2;
        for (var scale = 1; length >= 4; scale *= 2, length /= 2, floor /= 2)
        {
            double squares = 0;
            for (var i = 0; i < length / 2; i++)
            {
                var (one, other) = (scratch[2 * i], scratch[(2 * i) + 1]);
                squares += (one - other) * (one - other) / 4;
                scratch[i] = (one + other) / 2;
            }

            var variance = (squares / (length / 2)) + floor;
            all += variance;
            fast += scale == 1 ? variance : 0;
            slow += scale >= 8 ? variance : 0;
        }

        return all > 0 ? ((float)(fast / all), (float)(slow / all)) : (0, 0);
    }

    /// <summary>The mean.</summary>
    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (var v in values)
        {
            sum += v;
        }

        return sum / values.Length;
    }
}
