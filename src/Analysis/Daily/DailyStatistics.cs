// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Statistics;
using Detector.Metering;

namespace Detector.Analysis.Daily;

/// <summary>Means and deviations of a window of daily energy: what the baselines are given.</summary>
internal static class DailyStatistics
{
    private const int Parts = 12;
    private static readonly double[] Levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    /// <summary>The week's seven means, twelve parts of the window, quantiles and deviations, all over the window's mean.</summary>
    public static WindowStatistics Of(LoadSeries days)
    {
        var mean = LoadValues.Mean(days.PowerKilowatts);
        var relative = Array.ConvertAll(days.PowerKilowatts, v => v / mean);
        double[] present = [.. relative.Where(v => !double.IsNaN(v)).Order()];
        double[] week = [.. Enumerable.Range(0, 7).Select(d => Average(relative.Where((_, i) => i % 7 == d)))];
        double[] parts = [.. Enumerable.Range(0, Parts).Select(p => Average(relative.Where((_, i) => i * Parts / relative.Length == p)))];
        double[] weeks = [.. Enumerable.Range(0, relative.Length / 7).Select(w => Average(relative.Skip(w * 7).Take(7)))];
        var variation = Deviation(relative);
        var factor = present.Length > 0 && present[^1] > 0 ? 1 / present[^1] : 0;
        var amplitude = week.Max() - week.Min();
        double[] values =
        [
            .. week.Order(), .. parts, .. Levels.Select(l => Quantile.OfSorted(present, l)), variation, factor, amplitude,
            Deviation(Changes(relative, 1)), Deviation(Changes(relative, 7)), Deviation(Changes(relative, 28)), Deviation(weeks),
        ];
        return new WindowStatistics(Array.ConvertAll(values, v => double.IsFinite(v) ? v : 0), variation, factor, amplitude);
    }

    private static double[] Changes(double[] values, int lag) => [.. Enumerable.Range(0, Math.Max(0, values.Length - lag)).Select(i => values[i + lag] - values[i])];

    private static double Average(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v))];
        return known.Length == 0 ? 1 : known.Average();
    }

    private static double Deviation(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v))];
        var mean = known.Length == 0 ? 0 : known.Average();
        return known.Length == 0 ? 0 : Math.Sqrt(known.Average(v => (v - mean) * (v - mean)));
    }
}
