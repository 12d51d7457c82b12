// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Flatness;

namespace Detector.Profiles.Daily;

/// <summary>How little the daily energy varies as a whole.</summary>
/// <remarks>
/// Cannot tell apart: mining, data centers, telecom. At a day night-only and throttled mining are as flat as steady mining:
/// what varies within the day is gone. Flatness never convicts by itself.
/// </remarks>
/// <example>Days of 90 and 110 kW in turn: coefficient of variation 0.1, none within 5 % of the median 100, all within 10 %.</example>
internal sealed class DayFlatness : IDailyGroup
{
    private const string Name = "day_flatness";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_cv", 0, 100, "standard deviation of the daily energy over its mean", "日电量的标准差与均值之比"),
        Describe.LogShare(Name, "day_spread", "typical distance of a day from the median day", "日电量偏离中位数的典型幅度"),
        Describe.Ratio(Name, "day_load_factor", 0, 1.5, "mean daily energy over its peak", "日电量均值与峰值之比"),
        Describe.Ratio(Name, "day_low_high", -1, 1, "5th over 95th percentile of the daily energy", "日电量第5与第95百分位之比"),
        Describe.Ratio(Name, "day_within_2", 0, 1, "share of days within 2 % of the median", "处于中位数±2%以内的天数占比"),
        Describe.Ratio(Name, "day_within_5", 0, 1, "share of days within 5 % of the median", "处于中位数±5%以内的天数占比"),
        Describe.Ratio(Name, "day_within_10", 0, 1, "share of days within 10 % of the median", "处于中位数±10%以内的天数占比"),
        Describe.Ratio(Name, "day_skew", -1, 1, "lean of the daily energy: far days above less far days below", "日电量分布的偏向（高于与低于中位数的幅度之差）"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        values[0] = (float)(FlatnessGroup.Deviation(input.Known) / input.Mean);
        values[1] = Moments.Log(Quantiles.Mad([.. input.Known]) / input.Median);
        values[2] = (float)(input.Mean / input.Sorted(0.99));
        values[3] = (float)(input.Sorted(0.05) / input.Sorted(0.95));
        values[4] = Within(input, 0.02);
        values[5] = Within(input, 0.05);
        values[6] = Within(input, 0.10);
        var (low, high) = (input.Sorted(0.05), input.Sorted(0.95));
        values[7] = (float)((high + low - (2 * input.Median)) / (high - low));
    }

    private static float Within(DailyInput input, double share) =>
        (float)input.Known.Count(v => Math.Abs(v - input.Median) <= share * input.Median) / input.Known.Length;
}
