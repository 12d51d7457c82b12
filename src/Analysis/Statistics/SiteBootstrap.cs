// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>Intervals by resampling whole sites with replacement, since windows of one site are not independent.</summary>
/// <remarks>
/// Percentile bootstrap over clusters (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13).
/// It cannot see beyond the data: a rate of zero gets the interval 0 to 0, which is why counts are reported beside it.
/// </remarks>
internal sealed class SiteBootstrap
{
    private const double LowQuantile = 0.05;
    private const double HighQuantile = 0.95;

    private readonly int[][] _draws;

    /// <summary>Draws <paramref name="repeats"/> resamples of <paramref name="sites"/> sites, the same for the same seed.</summary>
    public SiteBootstrap(int sites, int repeats, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sites);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        Sites = sites;
        var random = new Random(seed);
        _draws = new int[repeats][];
        for (var r = 0; r < repeats; r++)
        {
            var times = new int[sites];
            for (var s = 0; s < sites; s++)
            {
                times[random.Next(sites)]++;
            }

            _draws[r] = times;
        }
    }

    /// <summary>How many sites there are.</summary>
    public int Sites { get; }

    /// <summary>The statistic on all the data and its 90 % interval over resampled sites.</summary>
    /// <param name="statistic">Takes how often each site counts; may answer NaN, which is left out.</param>
    public Estimate Of(Func<IReadOnlyList<int>, double> statistic)
    {
        if (Sites == 0)
        {
            return Estimate.None;
        }

        var value = statistic(Enumerable.Repeat(1, Sites).ToArray());
        var resampled = _draws.Select(statistic).Where(v => !double.IsNaN(v)).Order().ToArray();
        return resampled.Length == 0
            ? new Estimate(value, double.NaN, double.NaN)
            : new Estimate(value, Quantile.OfSorted(resampled, LowQuantile), Quantile.OfSorted(resampled, HighQuantile));
    }

    /// <summary>A ratio of sums: hits over trials, both summed over the sites drawn.</summary>
    public Estimate Ratio(IReadOnlyList<double> hits, IReadOnlyList<double> trials) => Of(times =>
    {
        double top = 0;
        double bottom = 0;
        for (var s = 0; s < Sites; s++)
        {
            top += times[s] * hits[s];
            bottom += times[s] * trials[s];
        }

        return bottom > 0 ? top / bottom : double.NaN;
    });
}
