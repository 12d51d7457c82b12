// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Calibration;

/// <summary>Suspicion of honest windows whose site was held out, by source: what a p-value is counted against.</summary>
/// <remarks>
/// Conformal p-value (Vovk, Gammerman, Shafer, 2005): (1 + number of references at least as suspicious) / (1 + number of
/// references). Sources differ, so each with enough windows is counted by itself and the largest p stands; all together
/// are counted as one more.
/// </remarks>
/// <param name="BySource">Ascending suspicion of each source.</param>
internal sealed record ConformalReference(IReadOnlyDictionary<string, double[]> BySource)
{
    /// <summary>Fewest windows for which a source is counted by itself: with fewer, p could not fall below one in four hundred.</summary>
    public const int EnoughWindows = 400;

    /// <summary>The p-value, over 0 and at most 1, six decimals.</summary>
    public double PValue(double suspicion)
    {
        var all = 0;
        var above = 0;
        var worst = 0.0;
        foreach (var scores in BySource.Values)
        {
            var higher = scores.Length - FirstAtLeast(scores, suspicion);
            all += scores.Length;
            above += higher;
            if (scores.Length >= EnoughWindows)
            {
                worst = Math.Max(worst, (1.0 + higher) / (1.0 + scores.Length));
            }
        }

        return Math.Round(Math.Max(worst, (1.0 + above) / (1.0 + all)), 6, MidpointRounding.AwayFromZero);
    }

    private static int FirstAtLeast(double[] ascending, double value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
