// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>By how much a day differs from the one before, from two days before, from the same day a week before.</summary>
/// <remarks>Cannot tell apart: a steady miner and a data center without tenants' changes, but for the tail.</remarks>
/// <example>Days of 99 and 101 kW in turn: 2 % at one day, 0 % at two.</example>
internal sealed class DayChanges : IDailyGroup
{
    private const string Name = "day_changes";

    private static readonly int[] Lags = [1, 2, 7, 28];

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.LogShare(Name, "day_change_1", "typical change from one day to the next", "相邻两日的典型变化"),
        Describe.LogShare(Name, "day_change_2", "typical change over two days", "相隔两日的典型变化"),
        Describe.LogShare(Name, "day_change_7", "typical change over a week", "相隔一周的典型变化"),
        Describe.LogShare(Name, "day_change_28", "typical change over four weeks", "相隔四周的典型变化"),
        Describe.LogShare(Name, "day_change_1_large", "large change from one day to the next (one in ten)", "相邻两日的较大变化（十分之一）"),
        Describe.LogShare(Name, "day_change_7_large", "large change over a week (one in ten)", "相隔一周的较大变化（十分之一）"),
        Describe.Log(Name, "day_change_2_1", "change over two days against one", "两日变化与一日变化之比"),
        Describe.Log(Name, "day_change_7_1", "change over a week against a day", "一周变化与一日变化之比"),
        Describe.Log(Name, "day_change_28_7", "change over four weeks against one", "四周变化与一周变化之比"),
        Describe.Log(Name, "day_change_tail", "large against typical change from day to day", "相邻两日较大变化与典型变化之比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        Span<double> typical = stackalloc double[Lags.Length];
        Span<double> large = stackalloc double[Lags.Length];
        for (var k = 0; k < Lags.Length; k++)
        {
            var changes = Changes(input.X, Lags[k]);
            typical[k] = Quantiles.Median(changes) / input.Median;
            large[k] = Quantiles.At(changes, 0.9) / input.Median;
            values[k] = Moments.Log(typical[k]);
        }

        values[4] = Moments.Log(large[0]);
        values[5] = Moments.Log(large[2]);
        values[6] = Moments.Log(typical[1] / typical[0]);
        values[7] = Moments.Log(typical[2] / typical[0]);
        values[8] = Moments.Log(typical[3] / typical[2]);
        values[9] = Moments.Log(large[0] / typical[0]);
    }

    private static float[] Changes(float[] x, int lag)
    {
        var changes = new List<float>(x.Length);
        for (var i = lag; i < x.Length; i++)
        {
            var change = Math.Abs(x[i] - x[i - lag]);
            if (!float.IsNaN(change))
            {
                changes.Add(change);
            }
        }

        return changes.Count >= 7 ? [.. changes] : [];
    }
}
