// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Calendar;

/// <summary>How the load answers to the hour of the day and the day of the week.</summary>
/// <remarks>
/// In: hourly load in local time. Out: size, stability and significance of the daily and weekly rhythm. A faint
/// working-day rhythm that survives averaging marks honest flat load; a miner has none, unless it copies one. Cannot tell
/// apart: mining and other round-the-clock load. Hours are good to one hour only, so no feature asks when the peak is.
/// </remarks>
/// <example>110 kW from 06:00 to 18:00 and 90 kW otherwise, every day: amplitude 0.18 of the level, weekend over weekday 1.</example>
internal sealed class CalendarGroup : IFeatureGroup
{
    public string Group => "calendar";

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio("calendar", "cal_amplitude", 0, 100, "swing of the mean weekday over the level it runs at", "平均工作日峰谷差与运行水平之比"),
        Describe.Ratio("calendar", "cal_weekend", -100, 100, "mean weekend load over mean weekday load", "周末与工作日平均负荷之比"),
        Describe.Ratio("calendar", "cal_week_range", 0, 100, "range of the seven day-of-week means over the level it runs at", "一周七天均值的极差与运行水平之比"),
        Describe.Ratio("calendar", "cal_night_day", -100, 100, "weekday night load (0-5 h) over day load (9-17 h)", "工作日夜间(0-5时)与白天(9-17时)负荷之比"),
        Describe.Ratio("calendar", "cal_explained", -1, 1, "share of the load's variation explained by the hour of the week", "按周内小时可解释的负荷波动占比"),
        Describe.Ratio("calendar", "cal_harmonic_24", 0, 100, "24-hour harmonic of the mean weekday over the level it runs at", "平均工作日24小时谐波幅值与运行水平之比"),
        Describe.Ratio("calendar", "cal_harmonic_12", 0, 100, "12-hour harmonic of the mean weekday over the level it runs at", "平均工作日12小时谐波幅值与运行水平之比"),
        Describe.Ratio("calendar", "cal_stability", -1, 1, "correlation of the mean weekday between the first and the second half", "前后两半窗口平均工作日曲线的相关系数"),
        Describe.Log("calendar", "cal_significance", "swing of the weekly template over the noise of its own estimate", "周模板幅度与其估计噪声之比"),
        Describe.Ratio("calendar", "cal_weekend_shape", -1, 1, "correlation of the mean weekend day with the mean weekday", "周末日与工作日平均曲线的相关系数"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var days = input.Days;
        var level = input.Level;
        if (!(level > 0) || days.Count < 7)
        {
            return;
        }

        var weekday = MeanDays.Of(days, row => !days.IsWeekend(row));
        var weekend = MeanDays.Of(days, days.IsWeekend);
        values[0] = (float)(MeanDays.Range(weekday) / level);
        values[1] = (float)(Moments.Mean(weekend) / Moments.Mean(weekday));
        values[2] = (float)(WeekRange(days) / level);
        values[3] = (float)(Moments.Mean(weekday.AsSpan(0, 6)) / Moments.Mean(weekday.AsSpan(9, 9)));
        values[4] = Explained(input);
        values[5] = (float)(MeanDays.Harmonic(weekday, 1) / level);
        values[6] = (float)(MeanDays.Harmonic(weekday, 2) / level);
        var half = days.Count / 2;
        var first = MeanDays.Of(days, row => row < half && !days.IsWeekend(row));
        var second = MeanDays.Of(days, row => row >= half && !days.IsWeekend(row));
        values[7] = (float)Moments.Correlation(first, second);
        values[8] = Moments.Log(MeanDays.Range(weekday) / (level * input.ResidualMad / Math.Sqrt(Math.Max(1, days.Count * 5 / 7.0))));
        values[9] = (float)Moments.Correlation(weekday, weekend);
    }

    private static double WeekRange(DayGrid days)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (var weekday = 0; weekday < 7; weekday++)
        {
            var mean = Moments.Mean(MeanDays.Of(days, row => days.DayOfWeek(row) == weekday));
            low = Math.Min(low, mean);
            high = Math.Max(high, mean);
        }

        return high - low;
    }

    /// <summary>One minus the ratio of squared robust deviations, residual over load relative to its level.</summary>
    private static float Explained(ProfileInput input)
    {
        var before = Quantiles.Mad(Moments.Known(input.Relative));
        var ratio = input.ResidualMad / before;
        return before > 0 ? Math.Max(-1, 1 - (ratio * ratio)) : float.NaN;
    }
}
