// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Statistics;
using Detector.Metering;

namespace Detector.Analysis.Baselines;

/// <summary>Means and deviations of a window at an hour: what a generic model would be given.</summary>
/// <remarks>Everything is divided by the window's mean, so that no baseline learns levels in kW.</remarks>
internal sealed class WindowStatistics
{
    private const int HoursOfDay = 24;
    private static readonly double[] Levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    internal WindowStatistics(double[] values, double variation, double loadFactor, double dailyAmplitude)
    {
        Values = values;
        Variation = variation;
        LoadFactor = loadFactor;
        DailyAmplitude = dailyAmplitude;
    }

    /// <summary>Every statistic, without units: 24 hourly means, seven quantiles, deviations at several times.</summary>
    public double[] Values { get; }

    /// <summary>Standard deviation over mean.</summary>
    public double Variation { get; }

    /// <summary>Mean over maximum, 0 to 1.</summary>
    public double LoadFactor { get; }

    /// <summary>Highest minus lowest hour of the mean day, over the mean.</summary>
    public double DailyAmplitude { get; }

    /// <summary>The statistics of a load at an hour or finer.</summary>
    public static WindowStatistics Of(LoadSeries load)
    {
        var hour = Math.Max(1, (int)Math.Round(TimeSpan.FromHours(1) / load.Cadence));
        var hourly = LoadValues.Coarser(load.PowerKilowatts, hour);
        var mean = LoadValues.Mean(hourly);
        var relative = Array.ConvertAll(hourly, v => v / mean);
        double[] present = [.. relative.Where(v => !double.IsNaN(v))];
        Array.Sort(present);
        var day = DayShape(relative);
        var variation = Deviation(relative);
        var factor = present.Length > 0 && present[^1] > 0 ? 1 / present[^1] : 0;
        var amplitude = day.Max() - day.Min();
        double[] values =
        [
            .. day, .. Levels.Select(l => Quantile.OfSorted(present, l)), variation, factor, amplitude,
            Deviation(Changes(relative, 1)), Deviation(Changes(relative, HoursOfDay)), Deviation(Changes(relative, 7 * HoursOfDay)), Deviation(DailyMeans(relative)),
        ];
        return new WindowStatistics(Array.ConvertAll(values, v => double.IsFinite(v) ? v : 0), variation, factor, amplitude);
    }

    private static double[] DayShape(double[] relative)
    {
        var shape = new double[HoursOfDay];
        for (var h = 0; h < HoursOfDay; h++)
        {
            shape[h] = Mean(relative.Where((v, i) => i % HoursOfDay == h && !double.IsNaN(v)));
        }

        return shape;
    }

    private static double[] DailyMeans(double[] relative) => [.. relative.Chunk(HoursOfDay).Select(d => Mean(d.Where(v => !double.IsNaN(v))))];

    private static double[] Changes(double[] relative, int lag) => [.. relative.Skip(lag).Zip(relative, (now, then) => now - then)];

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(1).Average();

    private static double Deviation(double[] values)
    {
        var present = values.Where(v => !double.IsNaN(v)).ToArray();
        var mean = Mean(present);
        return present.Length < 2 ? 0 : Math.Sqrt(present.Sum(v => (v - mean) * (v - mean)) / (present.Length - 1));
    }
}
