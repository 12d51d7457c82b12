// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>How the level wanders over weeks and seasons.</summary>
/// <remarks>Weather moves buildings and cooling over the year, tenants move data centers in steps; machines stay where they were put.</remarks>
internal sealed class DayDrift : IDailyGroup
{
    private const string Name = "day_drift";
    private const int SeasonDays = 300; // less does not tell a season from a trend

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.LogShare(Name, "day_drift_range", "wander of the fortnight's level (10th to 90th percentile)", "两周水平的漂移幅度（第10至90百分位）"),
        Describe.LogShare(Name, "day_drift_week", "typical change of the weekly level", "周水平的典型变化"),
        Describe.Ratio(Name, "day_drift_slope", -10, 10, "change over the window by a straight line", "按直线拟合的窗口内变化"),
        Describe.Ratio(Name, "day_drift_smooth", -1, 1, "share of the weekly levels' variation that a slow curve explains", "慢曲线可解释的周水平变化占比"),
        Describe.Ratio(Name, "day_drift_lowest", -1, 2, "lowest week over the median", "最低周与中位数之比"),
        Describe.Ratio(Name, "day_drift_highest", 0, 20, "highest week over the median", "最高周与中位数之比"),
        Describe.Log(Name, "day_drift_thirds", "last third over first third", "末三分之一与首三分之一之比"),
        Describe.LogShare(Name, "day_drift_season", "swing of the year", "年内季节摆幅"),
        Describe.Ratio(Name, "day_drift_season_share", 0, 1, "share of the weekly levels' variation that the year's swing explains", "季节摆动可解释的周水平变化占比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var level = Moments.Known(input.Level);
        values[0] = Moments.Log((Quantiles.At([.. level], 0.9) - Quantiles.At([.. level], 0.1)) / input.Median);
        var weeks = Weeks(input);
        if (weeks.Length >= 4)
        {
            values[1] = Moments.Log(Quantiles.Median([.. weeks.Skip(1).Select((w, i) => Math.Abs(w - weeks[i]))]) / input.Median);
            values[2] = (float)(Slope(weeks) * weeks.Length / input.Median);
            values[3] = Curve.Explained(weeks, Curve.Slow(weeks.Length));
            values[4] = (float)(weeks.Min() / input.Median);
            values[5] = (float)(weeks.Max() / input.Median);
            var third = Math.Max(1, weeks.Length / 3);
            values[6] = Moments.Log(Quantiles.Median([.. weeks.TakeLast(third)]) / Quantiles.Median([.. weeks.Take(third)]));
        }

        if (input.Count >= SeasonDays && weeks.Length >= SeasonDays / 7 * 0.8)
        {
            var year = Curve.Year(weeks.Length);
            values[7] = Moments.Log(Curve.Swing(weeks, year) / input.Median);
            values[8] = Curve.Explained(weeks, year);
        }
    }

    private static float[] Weeks(DailyInput input)
    {
        var weeks = new List<float>();
        for (var i = 0; i + 7 <= input.Count; i += 7)
        {
            var known = Moments.Known(input.Weekless.AsSpan(i, 7));
            if (known.Length >= 4)
            {
                weeks.Add((float)Moments.Mean(known));
            }
        }

        return [.. weeks];
    }

    private static double Slope(float[] values)
    {
        float[] time = [.. Enumerable.Range(0, values.Length).Select(i => (float)i)];
        var slope = Moments.Slope(time, values);
        return double.IsNaN(slope) ? 0 : slope;
    }
}
