// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.TwoLevel;

/// <summary>The load as an on level and an off level: night-only and curtailed mining, lighting, pumps.</summary>
/// <remarks>
/// In: hourly load. Out: the split that separates best (Otsu, 1979), how flat the on level is, how much lies between the
/// levels, how well a clock explains the switching, how the on level drifts. Lighting switches with the sun, so its clock
/// moves; a tariff's does not. Cannot tell apart: a miner and a pump on the same timer, but for the on level's noise.
/// </remarks>
/// <example>Twelve hours at 100 kW and twelve at 10 kW each day: low over high 0.1, on share 0.5, clock 0 (switching explained).</example>
internal sealed class TwoLevelGroup : IFeatureGroup
{
    private const string Name = "two_level";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "two_separation", 0, 1, "share of the variation explained by an on and an off level", "开/关两档可解释的波动占比"),
        Describe.Ratio(Name, "two_low_high", -10, 1, "off level over on level", "关档与开档水平之比"),
        Describe.Ratio(Name, "two_on_share", 0, 1, "share of hours on", "开档小时占比"),
        Describe.LogShare(Name, "two_on_spread", "spread of the on level", "开档水平离散度"),
        Describe.Ratio(Name, "two_on_within_2", 0, 1, "share of on hours within 2 % of the on level", "开档小时中处于±2%以内的占比"),
        Describe.Ratio(Name, "two_on_within_5", 0, 1, "share of on hours within 5 % of the on level", "开档小时中处于±5%以内的占比"),
        Describe.Ratio(Name, "two_between", 0, 1, "share of hours between the two levels", "处于两档之间的小时占比"),
        Describe.Ratio(Name, "two_clock", 0, 1.5, "switching not explained by the hour of day", "不能由时刻解释的开关占比"),
        Describe.Ratio(Name, "two_on_drift", -10, 10, "change of the on level from the first to the last third", "首末三分之一窗口开档水平的变化"),
        Describe.Ratio(Name, "two_clock_drift", 0, 1, "change of the hours on from the first to the last third", "首末三分之一窗口开启时段的变化"),
        Describe.Ratio(Name, "two_edge_drift", 0, 1, "wander of the switching hours from week to week (as the sun's)", "开关时刻逐周的漂移（如随日照变化）"),
        Describe.Ratio(Name, "two_weekend", -1, 1, "share of hours on at weekends minus on weekdays", "周末与工作日开档占比之差"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var known = input.Known;
        if (!(input.Level > 0) || known.Length < HourlyLoad.WeekHours)
        {
            return;
        }

        var split = Split(known, out var separation);
        var low = known.AsSpan(0, split);
        var high = known.AsSpan(split);
        float off = low[split / 2], on = high[high.Length / 2];
        values[0] = (float)separation;
        values[1] = on > 0 ? off / on : float.NaN;
        values[2] = (float)high.Length / known.Length;
        values[3] = Moments.Log(Quantiles.Mad(high.ToArray()) / on);
        values[4] = Near(high, on, 0.02f);
        values[5] = Near(high, on, 0.05f);
        values[6] = (float)Between(known, off, on) / known.Length;
        values[10] = EdgeDrift.Of(input.Days, off, on);
        Clock(input, known[split], values);
    }

    /// <summary>Index of the first hour of the on level among the ascending hours.</summary>
    internal static int Split(float[] ascending, out double separation)
    {
        double total = 0, squares = 0;
        foreach (var v in ascending)
        {
            total += v;
            squares += (double)v * v;
        }

        var n = ascending.Length;
        var variance = (squares / n) - (total / n * (total / n));
        var best = n / 2;
        double sum = 0, bestBetween = -1;
        for (var k = 1; k < n; k++)
        {
            sum += ascending[k - 1];
            var gap = (sum / k) - ((total - sum) / (n - k));
            var between = (double)k / n * (n - k) / n * gap * gap;
            if (between > bestBetween && ascending[k] > ascending[k - 1])
            {
                (best, bestBetween) = (k, between);
            }
        }

        separation = variance > 0 ? Math.Clamp(bestBetween / variance, 0, 1) : 0;
        return best;
    }

    private static float Near(ReadOnlySpan<float> hours, float level, float share)
    {
        var near = 0;
        foreach (var v in hours)
        {
            near += Math.Abs(v - level) <= share * level ? 1 : 0;
        }

        return (float)near / hours.Length;
    }

    private static int Between(float[] known, float off, float on)
    {
        var gap = on - off;
        return known.Count(v => v > off + (0.2f * gap) && v < off + (0.8f * gap));
    }

    private static void Clock(ProfileInput input, float threshold, Span<float> values)
    {
        var all = new HourCounts();
        var first = new HourCounts();
        var last = new HourCounts();
        var weekend = new HourCounts();
        var weekday = new HourCounts();
        for (var i = 0; i < input.Count; i++)
        {
            if (float.IsNaN(input.X[i]))
            {
                continue;
            }

            var hour = input.Load.Local.HourOfWeek[i];
            var on = input.X[i] >= threshold;
            all.Add(hour % 24, on, input.X[i]);
            (hour >= 120 ? weekend : weekday).Add(hour % 24, on, input.X[i]);
            if (i < input.Count / 3)
            {
                first.Add(hour % 24, on, input.X[i]);
            }
            else if (i >= input.Count - (input.Count / 3))
            {
                last.Add(hour % 24, on, input.X[i]);
            }
        }

        values[7] = all.Unexplained();
        values[8] = (float)((last.OnMean - first.OnMean) / all.OnMean);
        values[9] = first.Distance(last);
        values[11] = (float)(weekend.OnShare - weekday.OnShare);
    }
}
