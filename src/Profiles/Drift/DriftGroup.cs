// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Drift;

/// <summary>Slow movement of the level over weeks, as weather, seasons and tenants cause it.</summary>
/// <remarks>
/// In: what each day runs at. Out: range, trend and wander of the weekly level, and whether rhythm and noise grow with the level.
/// Chillers and tenants wander by percents from week to week; machines at a fixed operating point do not. Outdoor
/// temperature itself is not known here.
/// </remarks>
/// <example>A level that rises by 1 % a week for 13 weeks: range 0.12, trend 0.04 in four weeks, wander 0.</example>
internal sealed class DriftGroup : IFeatureGroup
{
    private const string Name = "drift";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "drift_range", 0, 100, "range of the weekly level over the level it runs at", "周负荷水平极差与运行水平之比"),
        Describe.Ratio(Name, "drift_trend", -100, 100, "trend of the level in four weeks over the level it runs at", "每四周的水平趋势与运行水平之比"),
        Describe.LogShare(Name, "drift_wander", "wander of the weekly level around its trend", "周水平围绕趋势的漂移"),
        Describe.LogShare(Name, "drift_steps", "typical change of the level from week to week", "周际水平典型变化"),
        Describe.LogShare(Name, "drift_days", "spread of the days' levels around the weekly level", "日运行水平围绕周水平的离散度"),
        Describe.Ratio(Name, "drift_swing", -1, 1, "correlation of daily swing and daily level", "日内摆动与日水平的相关系数"),
        Describe.Ratio(Name, "drift_memory", -1, 1, "correlation of a day's level with that of the day before", "日运行水平与前一日的相关系数"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var weeks = input.DayLevel.Chunk(7).Where(week => week.Length == 7)
            .Select(week => Quantiles.Median(Moments.Known(week))).ToArray();
        var level = input.Level;
        if (!(level > 0) || weeks.Count(w => !float.IsNaN(w)) < 3)
        {
            return;
        }

        float[] order = [.. Enumerable.Range(0, weeks.Length).Select(k => (float)k)];
        var slope = Moments.Slope(order, weeks);
        values[0] = (float)((weeks.Where(w => !float.IsNaN(w)).Max() - weeks.Where(w => !float.IsNaN(w)).Min()) / level);
        values[1] = (float)((double.IsNaN(slope) ? 0 : slope) * 4 / level);
        float[] around = [.. weeks.Select((w, k) => w - (float)(slope * k))];
        values[2] = Moments.Log(Quantiles.Mad(Moments.Known(around)) / level);
        values[3] = Moments.Log(Quantiles.Median(Moments.Known([.. weeks.Skip(1).Zip(weeks, (b, a) => Math.Abs(b - a))])) / level);
        values[4] = Moments.Log(Quantiles.Median(Moments.Known([.. input.DayLevel.Zip(input.SmoothLevel, (d, l) => Math.Abs((d / l) - 1))])));
        var swing = input.Days.Statistic(18, static hours =>
        {
            hours.Sort();
            return hours[^2] - hours[1]; // second from either end: one bad hour is not a swing
        });
        values[5] = (float)Moments.Correlation(input.DayLevel, swing);
        values[6] = (float)Moments.Correlation(input.DayLevel.AsSpan(1), input.DayLevel.AsSpan(0, input.DayLevel.Length - 1));
    }
}
