// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the added load came at once, stayed, and keeps its level, week by week.</summary>
internal sealed class WeeksGroup : IChangeGroup
{
    private const string Name = "added_weeks";
    private const int Weeks = 8;
    private const int LeastKnown = 48;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Multiple(Name, "weeks_before", "highest week of the eight before, over what is usual, of the added level", "此前八周中最高一周超出常值的量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "weeks_after", "lowest week since, over what was usual before, of the added level", "此后最低一周超出原常值的量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "weeks_gap", "gap between the weeks before and the weeks since, of the added level", "此前各周与此后各周之间的间隔（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "weeks_wander", "wander of the weeks since, of the added level", "此后各周的漂移（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "weeks_last", "last seven days over what was usual before, of the added level", "最近七天超出原常值的量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "weeks_rise", "rise in the month before, of the added level", "变化前一个月内的上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "stays", "share of the hours since with over half of the added level", "此后负荷增量过半的小时占比"),
        ChangeCatalog.Multiple(Name, "keeps", "share of the days since within a quarter of the added level", "此后日增量在新增水平±25%以内的天数占比"),
        ChangeCatalog.Multiple(Name, "goes", "share of the hours since with under a fifth of the added level", "此后增量不足五分之一的小时占比"),
        ChangeCatalog.Multiple(Name, "edge", "rise from the day before to the day after, of the added level", "变化前一日到后一日的上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "edge_week", "rise from the three days before to the three days after, of the added level", "变化前三日到后三日的上升（相对新增水平）"),
        new(
            "days_since", Name, "1", 0, 56, "days since the change, at most 56", "变化至今的天数（至多56）"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        var before = Order.Known([.. Enumerable.Range(1, Weeks).Select(w => Part(added, -w * HourlyLoad.WeekHours, HourlyLoad.WeekHours))]);
        float[] inOrder = [.. Enumerable.Range(0, Weeks).Select(w => Part(added, w * HourlyLoad.WeekHours, HourlyLoad.WeekHours))];
        var after = Order.Known(inOrder);
        if (before.Length > 0)
        {
            values[0] = added.Relative(before[^1]);
        }

        if (after.Length > 0)
        {
            values[1] = added.Relative(after[0]);
            values[2] = before.Length > 0 ? added.Relative(after[0] - before[^1]) : float.NaN;
            values[3] = after.Length > 1 ? added.Relative(after[^1] - after[0]) : float.NaN;
        }

        var since = Math.Min(added.Steps.End - added.Point.Hour, Weeks * HourlyLoad.WeekHours);
        values[4] = added.Relative(Part(added, since - HourlyLoad.WeekHours, HourlyLoad.WeekHours));
        values[5] = added.Relative(Part(added, -HourlyLoad.WeekHours, HourlyLoad.WeekHours) - Part(added, -4 * HourlyLoad.WeekHours, HourlyLoad.WeekHours));
        Staying(added, since, values);
        values[9] = added.Relative(Part(added, 0, 24, 8) - Part(added, -24, 24, 8));
        values[10] = added.Relative(Part(added, 0, 72) - Part(added, -72, 72));
        values[11] = since / 24f;
    }

    private static void Staying(AddedLoad added, int since, Span<float> values)
    {
        int known = 0, over = 0, under = 0, days = 0, kept = 0;
        foreach (var e in added.ExcessOf(0, since))
        {
            known += float.IsNaN(e) ? 0 : 1;
            over += e > added.Level / 2 ? 1 : 0;
            under += e < added.Level / 5 ? 1 : 0;
        }

        for (var day = 0; day < since / 24; day++)
        {
            var middle = Part(added, day * 24, 24, 12);
            days += float.IsNaN(middle) ? 0 : 1;
            kept += Math.Abs(middle - added.Level) < added.Level / 4 ? 1 : 0;
        }

        values[6] = known == 0 ? float.NaN : (float)over / known;
        values[7] = days == 0 ? float.NaN : (float)kept / days;
        values[8] = known == 0 ? float.NaN : (float)under / known;
    }

    private static float Part(AddedLoad added, int from, int hours, int least = LeastKnown)
    {
        var known = Order.Known(added.ExcessOf(from, hours));
        return known.Length < least ? float.NaN : Order.At(known, 0.5);
    }
}
