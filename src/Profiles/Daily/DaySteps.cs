// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>The largest lasting rise, and what was added by it: size, suddenness, evenness, whether the week scaled with it.</summary>
/// <remarks>
/// Mining that starts under an honest load adds the same every day: the level rises, the week's amplitude in kW stays, the
/// added load is flatter than its host. A building that grows, heats or cools scales its week with it.
/// </remarks>
internal sealed class DaySteps : IDailyGroup
{
    private const string Name = "day_steps";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_rise", 0, 1, "largest lasting rise, of the level after it", "最大持续上升占其后水平的比例"),
        Describe.Log(Name, "day_rise_clear", "the rise against the scatter around it", "上升幅度与其前后离散度之比"),
        Describe.Log(Name, "day_rise_evenness", "scatter after the rise against before it, in kW", "上升后与上升前离散度之比（千瓦）"),
        Describe.Log(Name, "day_rise_flatter", "scatter after the rise against before it, each over its level", "上升后与上升前相对离散度之比"),
        Describe.Log(Name, "day_rise_new", "low days after the rise against high days before it", "上升后低值日与上升前高值日之比"),
        Describe.Ratio(Name, "day_rise_stays", 0, 1, "share of days after the rise that keep half of it", "上升后保持至少一半增量的天数占比"),
        Describe.Ratio(Name, "day_rise_holds", 0, 1, "share of days after the rise within a quarter of it", "上升后与新水平相差不足四分之一增量的天数占比"),
        Describe.Ratio(Name, "day_rise_sudden", -2, 3, "share of the rise that came within three days", "三日内完成的上升占比"),
        Describe.Ratio(Name, "day_rise_week", -5, 5, "growth of the week's amplitude with the rise (0 constant addition, 1 in proportion)", "周摆幅随上升的增长（0为恒定叠加，1为同比例）"),
        Describe.LogShare(Name, "day_added_spread", "spread of the added load over its size", "新增负荷离散度与其大小之比"),
        Describe.Ratio(Name, "day_added_weekend", -5, 5, "added load at weekends over working days", "新增负荷周末与工作日之比"),
        Describe.Ratio(Name, "day_fall", 0, 1, "largest lasting fall, of the level before it", "最大持续下降占其前水平的比例"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        if (input.Count < 3 * LastingRise.LeastDays)
        {
            return;
        }

        float[] backwards = [.. input.Weekless.Reverse()];
        values[11] = LastingRise.Find(backwards) is { } fall ? fall.Added / fall.After : 0;
        if (LastingRise.Find(input.Weekless) is not { } rise || !(rise.After > 0))
        {
            values[0] = 0;
            return;
        }

        values[0] = rise.Added / rise.After;
        var before = Moments.Known(Window(input.Weekless, rise.Day - LastingRise.Reach, rise.Day));
        var after = Moments.Known(Window(input.Weekless, rise.Day, rise.Day + LastingRise.Reach));
        if (before.Length < 7 || after.Length < 7)
        {
            return;
        }

        var least = 1e-4f * rise.After; // below it a meter's rounding, not the load, would be compared
        var (scatterBefore, scatterAfter) = (Math.Max(least, Quantiles.Mad([.. before])), Math.Max(least, Quantiles.Mad([.. after])));
        values[1] = Moments.Log(rise.Added / (scatterBefore + scatterAfter));
        values[2] = Moments.Log(scatterAfter / scatterBefore);
        values[3] = Moments.Log(scatterAfter / rise.After / (scatterBefore / Math.Max(least, rise.Before)));
        var earlier = Moments.Known(input.Weekless.AsSpan(0, rise.Day));
        values[4] = Moments.Log(Quantiles.At([.. after], 0.1) / Quantiles.At(earlier, 0.95));
        var later = Moments.Known(input.Weekless.AsSpan(rise.Day));
        values[5] = (float)later.Count(v => v >= rise.Before + (rise.Added / 2)) / later.Length;
        values[6] = (float)later.Count(v => Math.Abs(v - rise.After) <= rise.Added / 4) / later.Length;
        values[7] = (float)((Moments.Mean(Window(input.Weekless, rise.Day, rise.Day + 3)) - Moments.Mean(Window(input.Weekless, rise.Day - 3, rise.Day))) / rise.Added);
        Added(input, rise, values);
    }

    private static void Added(DailyInput input, LastingRise rise, Span<float> values)
    {
        var (workBefore, restBefore) = Halves(input, rise.Day - (2 * LastingRise.Reach), rise.Day);
        var (workAfter, restAfter) = Halves(input, rise.Day, rise.Day + (2 * LastingRise.Reach));
        var proportional = (workBefore - restBefore) * (rise.Added / Math.Max(rise.Before, 1e-4f * rise.After));
        var grown = workAfter - restAfter - (workBefore - restBefore);
        values[8] = Math.Abs(workBefore - restBefore) > 0.01 * rise.Before ? (float)(grown / proportional) : float.NaN;
        values[10] = (float)((restAfter - restBefore) / (workAfter - workBefore));
        var added = new List<float>();
        for (var i = rise.Day; i < input.Count; i++)
        {
            var expected = input.Load.DayOfWeek(i) >= 5 ? restBefore : workBefore;
            if (!float.IsNaN(input.X[i]) && !double.IsNaN(expected))
            {
                added.Add((float)(input.X[i] - expected));
            }
        }

        values[9] = added.Count >= 7 ? Moments.Log(Quantiles.Mad([.. added]) / rise.Added) : float.NaN;
    }

    /// <summary>Median working day and median weekend day in kW.</summary>
    private static (double Working, double Weekend) Halves(DailyInput input, int from, int to)
    {
        var work = new List<float>();
        var rest = new List<float>();
        for (var i = Math.Max(0, from); i < Math.Min(input.Count, to); i++)
        {
            if (!float.IsNaN(input.X[i]))
            {
                (input.Load.DayOfWeek(i) >= 5 ? rest : work).Add(input.X[i]);
            }
        }

        return (Quantiles.Median([.. work]), Quantiles.Median([.. rest]));
    }

    private static ReadOnlySpan<float> Window(float[] values, int from, int to) =>
        values.AsSpan(Math.Max(0, from), Math.Min(values.Length, to) - Math.Max(0, from));
}
