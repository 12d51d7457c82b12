// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Base;

/// <summary>The load that never goes away, and whether the rest behaves as if it stood on a constant.</summary>
/// <remarks>
/// In: hourly load by local day. Out: base over level and mean, steadiness of the base, how it moves with the day, and two
/// offsets: the level at which honest scatter and honest swing would vanish. Scatter shrinks with the honest part of a
/// load, not with a constant one. Cannot tell whose base load it is.
/// </remarks>
/// <example>Days from 50 to 150 kW, each alike: base 0.5 of the mean, every day within 1 % of the median base.</example>
internal sealed class BaseGroup : IFeatureGroup
{
    private const string Name = "base";
    private const int LeastDays = 7;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "base_level", -10, 10, "base load (three lowest hours of the day) over the level it runs at", "基荷（日内最低三小时）与运行水平之比"),
        Describe.Ratio(Name, "base_mean", -10, 10, "base load over the mean load", "基荷与平均负荷之比"),
        Describe.LogShare(Name, "base_spread", "spread of the daily base over the load", "每日基荷离散度"),
        Describe.LogShare(Name, "base_movement", "typical change of the base from day to day", "基荷逐日典型变化"),
        Describe.Ratio(Name, "base_within_1", 0, 1, "share of days whose base is within 1 % of the median base", "基荷处于中位基荷±1%以内的天数占比"),
        Describe.Ratio(Name, "base_within_3", 0, 1, "share of days whose base is within 3 % of the median base", "基荷处于中位基荷±3%以内的天数占比"),
        Describe.Ratio(Name, "base_within_10", 0, 1, "share of days whose base is within 10 % of the median base", "基荷处于中位基荷±10%以内的天数占比"),
        Describe.LogShare(Name, "base_weeks", "range of the weekly base over the load", "周基荷极差"),
        Describe.LogShare(Name, "peak_weeks", "range of the weekly peak over the load", "周峰荷极差"),
        Describe.Log(Name, "base_against_peak", "range of the weekly base against that of the weekly peak", "周基荷与周峰荷极差之比"),
        Describe.Ratio(Name, "base_elasticity", -100, 100, "elasticity of the base on the daily mean", "基荷对日均负荷的弹性"),
        Describe.Ratio(Name, "base_weekend", -100, 100, "weekend base over weekday base", "周末与工作日基荷之比"),
        Describe.Ratio(Name, "base_offset_peak", -100, 100, "part of the base that does not move with the peak", "不随峰荷变化的基荷比例"),
        Describe.Ratio(Name, "base_offset_scatter", -5, 2, "level at which the load's scatter would vanish, over the level it runs at", "散布趋零时的负荷水平与运行水平之比"),
        Describe.Ratio(Name, "base_offset_swing", -5, 2, "level at which the daily swing would vanish, over the level it runs at", "日内摆动趋零时的负荷水平与运行水平之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var extremes = DailyExtremes.Of(input.Days);
        var known = Moments.Known(extremes.Low);
        if (!(input.Level > 0) || known.Length < LeastDays)
        {
            return;
        }

        var middle = Quantiles.Median([.. known]);
        values[0] = (float)(middle / input.Level);
        values[1] = (float)(middle / input.Mean);
        values[2] = Moments.Log(Quantiles.Mad([.. known]) / input.Level);
        values[3] = Moments.Log(Quantiles.Median(Changes(extremes.Low)) / input.Level);
        values[4] = Within(known, middle, 0.01f);
        values[5] = Within(known, middle, 0.03f);
        values[6] = Within(known, middle, 0.10f);
        values[7] = Moments.Log(WeeklyRange(extremes.Low) / input.Level);
        values[8] = Moments.Log(WeeklyRange(extremes.High) / input.Level);
        values[9] = values[7] - values[8];
        values[10] = (float)Moments.Slope(Logs(extremes.Mean), Logs(extremes.Low));
        values[11] = Weekend(input.Days, extremes.Low);
        values[12] = (float)(1 - (Moments.Slope(extremes.High, extremes.Low) * Quantiles.Median(Moments.Known(extremes.High)) / middle));
        values[13] = ScatterOffset(input);
        values[14] = SwingOffset(extremes, input.Level);
    }

    private static float Within(float[] known, float middle, float share) =>
        (float)known.Count(v => Math.Abs(v - middle) <= share * middle) / known.Length;

    private static float[] Changes(float[] daily)
    {
        var changes = new float[daily.Length];
        for (var d = 0; d < daily.Length; d++)
        {
            changes[d] = d == 0 ? float.NaN : Math.Abs(daily[d] - daily[d - 1]);
        }

        return Moments.Known(changes);
    }

    private static float[] Logs(float[] daily) => [.. daily.Select(v => Moments.Log(v))];

    private static double WeeklyRange(float[] daily)
    {
        var weeks = daily.Chunk(7).Select(week => Quantiles.Median(Moments.Known(week))).Where(v => !float.IsNaN(v)).ToArray();
        return weeks.Length < 2 ? double.NaN : weeks.Max() - weeks.Min();
    }

    private static float Weekend(DayGrid days, float[] daily)
    {
        float Side(bool weekend) => Quantiles.Median(Moments.Known([.. daily.Where((_, row) => days.IsWeekend(row) == weekend)]));
        return Side(weekend: true) / Side(weekend: false);
    }

    /// <summary>Zero of the line of |residual| on the template, hours with outliers clipped.</summary>
    private static float ScatterOffset(ProfileInput input)
    {
        var level = new float[input.Count];
        var scatter = new float[input.Count];
        for (var i = 0; i < input.Count; i++)
        {
            level[i] = input.Template[input.Load.Local.HourOfWeek[i]];
            scatter[i] = Math.Min(Math.Abs(input.Residual[i]), 8 * input.ResidualMad); // NaN stays NaN
        }

        return Zero(level, scatter, 1);
    }

    private static float SwingOffset(DailyExtremes extremes, double level)
    {
        float[] swing = [.. extremes.High.Zip(extremes.Low, (high, low) => high - low)];
        return Zero(extremes.Mean, swing, level);
    }

    private static float Zero(float[] x, float[] y, double scale)
    {
        var slope = Moments.Slope(x, y);
        return slope > 0 ? (float)Math.Clamp((Moments.Mean(x) - (Moments.Mean(y) / slope)) / scale, -5, 2) : -5;
    }
}
