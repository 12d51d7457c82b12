// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Flatness;

/// <summary>How little the load varies as a whole.</summary>
/// <remarks>
/// In: hourly load. Out: dispersion and load factor, all relative to the load's own size. Cannot tell apart: mining,
/// data centers, telecom, a standby site; flatness never convicts by itself. Source: classical load statistics.
/// </remarks>
/// <example>Alternating hours of 90 and 110 kW: coefficient of variation 0.1, half within 2 % and within 10 % of the level it runs at.</example>
internal sealed class FlatnessGroup : IFeatureGroup
{
    /// <summary>Quantile that stands for the maximum, so that one bad hour does not set the load factor.</summary>
    private const double Peak = 0.995;

    public string Group => "flatness";

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio("flatness", "flat_cv", 0, 100, "standard deviation of the hourly load over its mean", "小时负荷的标准差与均值之比"),
        Describe.Ratio("flatness", "flat_cv_day", 0, 100, "standard deviation of the daily means over their mean", "日均负荷的标准差与均值之比"),
        Describe.Ratio("flatness", "flat_load_factor", 0, 1.5, "mean load over its peak (load factor)", "负荷率（均值与峰值之比）"),
        Describe.Ratio("flatness", "flat_low_high", -1, 1, "5th over 95th percentile of the load", "负荷第5与第95百分位之比"),
        Describe.Ratio("flatness", "flat_within_2", 0, 1, "share of hours within 2 % of the level it runs at", "处于运行水平±2%以内的小时占比"),
        Describe.Ratio("flatness", "flat_within_10", 0, 1, "share of hours within 10 % of the level it runs at", "处于运行水平±10%以内的小时占比"),
        Describe.Ratio("flatness", "flat_iqr", 0, 100, "interquartile range over the level it runs at", "四分位距与运行水平之比"),
        Describe.Ratio("flatness", "flat_daily_swing", 0, 100, "median daily swing (highest minus lowest hour) over the level it runs at", "日峰谷差的中位数与运行水平之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        if (!(input.Mean > 0) || !(input.Level > 0))
        {
            return;
        }

        values[0] = (float)(Deviation(input.Known) / input.Mean);
        var daily = input.Days.Statistic(12, static hours => Average(hours));
        float[] days = [.. daily.Where(v => !float.IsNaN(v))];
        values[1] = days.Length > 1 ? (float)(Deviation(days) / Average(days)) : float.NaN;
        values[2] = (float)(input.Mean / input.Sorted(Peak));
        values[3] = (float)(input.Sorted(0.05) / input.Sorted(0.95));
        values[4] = Within(input, 0.02);
        values[5] = Within(input, 0.10);
        values[6] = (float)((input.Sorted(0.75) - input.Sorted(0.25)) / input.Level);
        var swings = input.Days.Statistic(18, static hours => Swing(hours));
        values[7] = (float)(Quantiles.Median([.. swings.Where(v => !float.IsNaN(v))]) / input.Level);
    }

    internal static double Deviation(ReadOnlySpan<float> values)
    {
        double mean = 0, squares = 0;
        foreach (var v in values)
        {
            mean += v;
        }

        mean /= values.Length;
        foreach (var v in values)
        {
            squares += (v - mean) * (v - mean);
        }

        return Math.Sqrt(squares / values.Length);
    }

    private static float Average(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (var v in values)
        {
            sum += v;
        }

        return (float)(sum / values.Length);
    }

    private static float Swing(Span<float> hours)
    {
        float low = hours[0], high = hours[0];
        foreach (var v in hours)
        {
            low = Math.Min(low, v);
            high = Math.Max(high, v);
        }

        return high - low;
    }

    private static float Within(ProfileInput input, double share)
    {
        var near = 0;
        foreach (var v in input.Known)
        {
            near += Math.Abs(v - input.Level) <= share * input.Level ? 1 : 0;
        }

        return (float)near / input.Known.Length;
    }
}
