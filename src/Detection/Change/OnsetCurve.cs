// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Change;

/// <summary>How likely each hour is to be the onset: log-likelihoods by length of ramp and hour.</summary>
/// <param name="First">Local hour of the first entry.</param>
/// <param name="ByRamp">Log-likelihood, by ramp of <see cref="OnsetLikelihood.Ramps"/> and hour from <paramref name="First"/> on.</param>
internal sealed record OnsetCurve(int First, float[][] ByRamp)
{
    private const double Content = 0.9;

    /// <summary>The hour that is most likely the first with the added load.</summary>
    public int Likely
    {
        get
        {
            var weights = Weights(1);
            return First + Array.IndexOf(weights, weights.Max());
        }
    }

    /// <summary>The shortest stretch around the most likely hour that holds 90 % once the likelihood is flattened.</summary>
    /// <param name="temperature">What log-likelihoods are divided by, for the memory that whitening leaves.</param>
    public (int Earliest, int Likely, int Latest) Interval(double temperature)
    {
        var weights = Weights(temperature);
        var total = weights.Sum();
        var likely = Likely - First;
        var held = weights[likely];
        int low = likely, high = likely;
        while (held < Content * total && (low > 0 || high < weights.Length - 1))
        {
            var below = low > 0 ? weights[low - 1] : -1;
            var above = high < weights.Length - 1 ? weights[high + 1] : -1;
            held += Math.Max(below, above);
            (low, high) = below >= above ? (low - 1, high) : (low, high + 1);
        }

        return (First + low, First + likely, First + high + 1); // the onset lies before the end of its hour
    }

    private double[] Weights(double temperature)
    {
        var best = ByRamp.Max(r => r.Max());
        var weights = new double[ByRamp[0].Length];
        for (var r = 0; r < ByRamp.Length; r++)
        {
            var prior = r == 0 ? 0.5 : 0.5 / (ByRamp.Length - 1); // most are switched on at once
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += prior * Math.Exp((ByRamp[r][i] - best) / temperature);
            }
        }

        return weights;
    }
}
