// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Gaussian noise with an exponential memory, averaged over the steps of a grid.</summary>
/// <remarks>
/// In: standard deviation of the instantaneous value and correlation time. Out: means over steps of an Ornstein-Uhlenbeck process:
/// variance 2 (t/h)^2 (h/t - 1 + exp(-h/t)) of the instantaneous one for step h and correlation time t, so that a finer grid shows
/// more of it and an average of a fine grid agrees with a coarse one. Parts slower than sixteen steps are drawn on a coarser grid
/// and joined by straight lines.
/// </remarks>
internal static class ColouredNoise
{
    // Quieter than this share of the load is below every meter's last digit.
    private const double Inaudible = 2e-6;

    /// <summary>Adds the noise to <paramref name="to"/>.</summary>
    public static void Add(Prng chance, Grid grid, Span<double> to, double deviation, double correlationHours)
    {
        var stride = (int)Math.Clamp(correlationHours / (16 * grid.StepHours), 1, int.MaxValue / 4);
        var x = grid.StepHours * stride / correlationHours;
        var amplitude = deviation * Math.Sqrt(VarianceOfMean(x));
        var memory = PortableMath.Exp(-x);
        if (amplitude < Inaudible)
        {
            return;
        }

        var innovation = amplitude * Math.Sqrt(1 - (memory * memory));
        var value = amplitude * chance.Normal();
        for (var i = 0; i < to.Length; i += stride)
        {
            var next = (memory * value) + (innovation * chance.Normal());
            var end = Math.Min(stride, to.Length - i);
            var slope = (next - value) / stride;
            for (var j = 0; j < end; j++)
            {
                to[i + j] += value + (slope * j);
            }

            value = next;
        }
    }

    /// <summary>A fresh array of the noise.</summary>
    public static double[] Of(Prng chance, Grid grid, double deviation, double correlationHours)
    {
        var noise = new double[grid.Steps];
        Add(chance, grid, noise, deviation, correlationHours);
        return noise;
    }

    // Under 0.02 the formula loses its digits and is one within a hundredth.
    private static double VarianceOfMean(double x) => x < 0.02 ? 1 : 2 * (x - 1 + PortableMath.Exp(-x)) / (x * x);
}
