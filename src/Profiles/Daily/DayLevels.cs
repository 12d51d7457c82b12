// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.TwoLevel;

namespace Detector.Profiles.Daily;

/// <summary>The days as an on level and an off level: sites curtailed for days, switched off, commissioned.</summary>
/// <remarks>Split by Otsu (1979) on the weekless load. Cannot tell apart: a mine shut down by price and a plant between orders, but for the on level's evenness.</remarks>
internal sealed class DayLevels : IDailyGroup
{
    private const string Name = "day_levels";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_two_separation", 0, 1, "share of the variation that an on and an off level explain", "开/关两档可解释的波动占比"),
        Describe.Ratio(Name, "day_two_low_high", -10, 1, "off level over on level", "关档与开档水平之比"),
        Describe.Ratio(Name, "day_two_on_share", 0, 1, "share of days on", "开档天数占比"),
        Describe.LogShare(Name, "day_two_on_spread", "spread of the on level", "开档水平离散度"),
        Describe.LogShare(Name, "day_two_off_spread", "spread of the off level over the on level", "关档离散度与开档水平之比"),
        Describe.Ratio(Name, "day_two_between", 0, 1, "share of days between the two levels", "处于两档之间的天数占比"),
        Describe.Ratio(Name, "day_two_switches", 0, 1, "switches between the levels a day", "每日换档次数"),
        Describe.Ratio(Name, "day_two_on_run", 0, 1, "longest run on, of all days", "最长连续开档占比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var ascending = Moments.Known(input.Weekless);
        if (ascending.Length < 14)
        {
            return;
        }

        Array.Sort(ascending);
        var split = TwoLevelGroup.Split(ascending, out var separation);
        var (low, high) = (ascending[..split], ascending[split..]);
        float off = low[low.Length / 2], on = high[high.Length / 2];
        if (!(on > 0))
        {
            return;
        }

        values[0] = (float)separation;
        values[1] = off / on;
        values[2] = (float)high.Length / ascending.Length;
        values[3] = Moments.Log(Quantiles.Mad([.. high]) / on);
        values[4] = Moments.Log(Quantiles.Mad([.. low]) / on);
        values[5] = (float)ascending.Count(v => v > off + (0.2f * (on - off)) && v < off + (0.8f * (on - off))) / ascending.Length;
        var (switches, longest) = Switching(input.Weekless, ascending[split]);
        values[6] = (float)switches / ascending.Length;
        values[7] = (float)longest / ascending.Length;
    }

    private static (int Switches, int LongestOn) Switching(float[] days, float threshold)
    {
        int switches = 0, longest = 0, run = 0;
        bool? before = null;
        foreach (var v in days)
        {
            if (float.IsNaN(v))
            {
                continue;
            }

            var on = v >= threshold;
            switches += before is { } was && was != on ? 1 : 0;
            run = on ? run + 1 : 0;
            longest = Math.Max(longest, run);
            before = on;
        }

        return (switches, longest);
    }
}
