// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>Expected calibration error: by how much stated probabilities miss the observed share, on average.</summary>
/// <remarks>
/// Ten bins of equal width, each weighted by what falls in it: sum over bins of (weight in the bin / all) times
/// |mean stated probability - observed share| (Naeini, Cooper and Hauskrecht, AAAI 2015). 0 is perfect.
/// </remarks>
internal static class CalibrationError
{
    private const int Bins = 10;

    /// <summary>One bin of the reliability diagram.</summary>
    public readonly record struct Bin(double Stated, double Observed, double Weight);

    /// <summary>The error over windows whose score is a probability.</summary>
    public static double Of(IEnumerable<Ranked> windows, IReadOnlyList<int>? times = null)
    {
        var bins = Reliability(windows, times);
        var total = bins.Sum(b => b.Weight);
        return total > 0 ? bins.Sum(b => b.Weight / total * Math.Abs(b.Stated - b.Observed)) : double.NaN;
    }

    /// <summary>The bins that hold anything, in rising order.</summary>
    public static IReadOnlyList<Bin> Reliability(IEnumerable<Ranked> windows, IReadOnlyList<int>? times = null)
    {
        var weight = new double[Bins];
        var stated = new double[Bins];
        var positive = new double[Bins];
        foreach (var window in windows)
        {
            var bin = Math.Clamp((int)(window.Score * Bins), 0, Bins - 1);
            var w = times is null ? window.Weight : window.Weight * times[window.Site];
            weight[bin] += w;
            stated[bin] += w * window.Score;
            positive[bin] += window.Positive ? w : 0;
        }

        return [.. Enumerable.Range(0, Bins).Where(b => weight[b] > 0).Select(b => new Bin(stated[b] / weight[b], positive[b] / weight[b], weight[b]))];
    }
}
