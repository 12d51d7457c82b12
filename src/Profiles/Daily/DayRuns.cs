// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>Order in the days: turning points, quiet stretches, stays on one side.</summary>
/// <remarks>Independent days turn two times in three (Bienaymé, 1874). Quiet days are those within 1 % of the day before; the meter's steps are finer.</remarks>
internal sealed class DayRuns : IDailyGroup
{
    private const string Name = "day_runs";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_turns", 0, 1, "share of days that are higher or lower than both neighbours", "高于或低于前后两日的天数占比"),
        Describe.Ratio(Name, "day_quiet_1", 0, 1, "share of days within 1 % of the day before", "与前一日相差1%以内的天数占比"),
        Describe.Ratio(Name, "day_quiet_3", 0, 1, "share of days within 3 % of the day before", "与前一日相差3%以内的天数占比"),
        Describe.Ratio(Name, "day_quiet_run", 0, 1, "longest stretch within 3 % of its level, of all days", "处于自身水平±3%以内的最长连续时段占比"),
        Describe.Ratio(Name, "day_one_side", 0, 1, "longest stay above or below the median, of all days", "连续处于中位数同侧的最长时段占比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var x = input.X;
        int turns = 0, triples = 0, quiet1 = 0, quiet3 = 0, pairs = 0;
        for (var i = 1; i < x.Length; i++)
        {
            var change = Math.Abs(x[i] - x[i - 1]) / input.Median;
            if (double.IsNaN(change))
            {
                continue;
            }

            pairs++;
            quiet1 += change <= 0.01 ? 1 : 0;
            quiet3 += change <= 0.03 ? 1 : 0;
            if (i + 1 < x.Length && !float.IsNaN(x[i + 1]))
            {
                triples++;
                turns += (x[i] - x[i - 1]) * (x[i] - x[i + 1]) > 0 ? 1 : 0;
            }
        }

        values[0] = triples >= 7 ? (float)turns / triples : float.NaN;
        values[1] = pairs >= 7 ? (float)quiet1 / pairs : float.NaN;
        values[2] = pairs >= 7 ? (float)quiet3 / pairs : float.NaN;
        values[3] = (float)Longest(input.Relative, v => Math.Abs(v - 1) <= 0.03f) / input.Known.Length;
        var median = (float)input.Median;
        values[4] = (float)Math.Max(Longest(x, v => v > median), Longest(x, v => v < median)) / input.Known.Length;
    }

    private static int Longest(float[] days, Func<float, bool> holds)
    {
        int longest = 0, run = 0;
        foreach (var v in days)
        {
            if (!float.IsNaN(v))
            {
                run = holds(v) ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return longest;
    }
}
