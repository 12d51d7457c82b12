// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>What level and week leave over: size, tails, lean, memory.</summary>
/// <remarks>Outages of a miner fall and never rise: a lean to below with a tight middle. Weather leaves memory, people leave scatter.</remarks>
internal sealed class DayResidual : IDailyGroup
{
    private const string Name = "day_residual";
    private const float Clip = 6; // in deviations: a memory must not be that of one outage

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.LogShare(Name, "day_residual_spread", "what level and week leave over, typically", "扣除水平与周规律后的典型残余"),
        Describe.LogShare(Name, "day_residual_deviation", "standard deviation of what is left over", "残余的标准差"),
        Describe.Log(Name, "day_residual_heaviness", "rare against typical size of what is left over", "残余的罕见幅度与典型幅度之比"),
        Describe.Log(Name, "day_residual_tail", "5th to 95th against 25th to 75th percentile of what is left over", "残余第5–95与第25–75百分位距之比"),
        Describe.Ratio(Name, "day_residual_lean", -1, 1, "lean of what is left over: to above 1, to below -1", "残余的偏向（向上为1，向下为-1）"),
        Describe.Ratio(Name, "day_residual_lean_far", -1, 1, "lean of the rarest days", "最罕见日的偏向"),
        Describe.Ratio(Name, "day_residual_memory_1", -1, 1, "memory of what is left over, one day", "残余的一日记忆"),
        Describe.Ratio(Name, "day_residual_memory_2", -1, 1, "memory of what is left over, two days", "残余的两日记忆"),
        Describe.Ratio(Name, "day_residual_memory_7", -1, 1, "memory of what is left over, a week", "残余的一周记忆"),
        Describe.Log(Name, "day_residual_weekend", "scatter at weekends against working days", "周末与工作日的离散度之比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var residual = input.KnownResidual;
        if (residual.Length < 14)
        {
            return;
        }

        var deviation = Flatness.FlatnessGroup.Deviation(residual);
        values[0] = Moments.Log(input.ResidualMad);
        values[1] = Moments.Log(deviation);
        values[2] = Moments.Log(deviation / (Quantiles.NormalMad * input.ResidualMad));
        float At(double share) => Quantiles.At([.. residual], share);
        var (low, high, middle) = (At(0.05), At(0.95), At(0.5));
        values[3] = Moments.Log((high - low) / (At(0.75) - At(0.25)));
        values[4] = (high + low - (2 * middle)) / (high - low);
        var (lowest, highest) = (At(0.01), At(0.99));
        values[5] = (highest + lowest - (2 * middle)) / (highest - lowest);
        var clipped = Clipped(input);
        foreach (var (at, lag) in (ReadOnlySpan<(int, int)>)[(6, 1), (7, 2), (8, 7)])
        {
            values[at] = clipped.Length > lag + 14 ? (float)Moments.Correlation(clipped.AsSpan(lag), clipped.AsSpan(0, clipped.Length - lag)) : float.NaN;
        }

        values[9] = Moments.Log(Scatter(input, weekend: true) / Scatter(input, weekend: false));
    }

    private static float[] Clipped(DailyInput input)
    {
        var limit = Clip * Math.Max(input.ResidualMad, 1e-4f);
        return [.. input.Residual.Select(r => float.IsNaN(r) ? r : Math.Clamp(r, -limit, limit))];
    }

    private static double Scatter(DailyInput input, bool weekend) => Quantiles.Mad(
        [.. Enumerable.Range(0, input.Count).Where(i => input.Load.DayOfWeek(i) >= 5 == weekend && !float.IsNaN(input.Residual[i])).Select(i => input.Residual[i])]);
}
