// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the load has ever been there before, and whether last year brought the same at the same date.</summary>
/// <remarks>Needs thirteen months before the moment; unknown where they are not there. The largest gain of the research (section 2).</remarks>
internal sealed class HistoryGroup : IChangeGroup
{
    /// <summary>Name of the group.</summary>
    public const string Name = "added_history";

    /// <summary>Name of the feature that says how far the base load is beyond all of thirteen months.</summary>
    public const string UnseenBase = "unseen_base";

    private const int Year = 364 * 24; // the same hour of the week
    private const int LeastWeeks = 46;
    private const int MostWeeks = 57;
    private const int LeastKnown = 84;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Multiple(Name, UnseenBase, "base load now over the highest of thirteen months, of the added level", "当前基荷超出此前十三个月最高值的量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "unseen_level", "median load now over the highest week of thirteen months, of the added level", "当前负荷中位数超出此前十三个月最高周的量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "base_rank", "share of the weeks of thirteen months with a base load as high", "此前十三个月中基荷不低于当前的周占比"),
        ChangeCatalog.Multiple(Name, "base_place", "base load before the change over the middle of thirteen months, of the added level", "变化前基荷相对十三个月中位的位置（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "base_wander", "spread of the weekly base load over thirteen months, of the added level", "十三个月周基荷的离散度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "last_year_step", "rise at the same date of last year, of the added level", "去年同期的上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "last_year_low", "25th percentile of that rise over the week, of the added level", "去年同期上升在一周内的25%分位（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "over_last_year", "rise beyond that of last year, of the added level", "超出去年同期的上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "last_year_spread", "spread over the week of the rise beyond last year's, of the added level", "超出去年同期部分在一周内的离散度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "year_on_year", "load now over the load a year ago, of the added level", "当前负荷与一年前之差（相对新增水平）"),
    ];

    /// <summary>Whether a moment has thirteen months before it that are known.</summary>
    public static bool Known(AddedLoad added) => Weeks(added).Length >= LeastWeeks && LastYear(added).Count(v => !float.IsNaN(v)) >= LeastKnown;

    public void Compute(AddedLoad added, Span<float> values)
    {
        var weeks = Weeks(added);
        var lastYear = LastYear(added);
        var known = Order.Known(lastYear);
        if (weeks.Length < LeastWeeks || known.Length < LeastKnown)
        {
            return;
        }

        var after = Order.Known(added.HoursAfter);
        double baseNow = Order.At(after, 0.1), levelNow = Order.At(after, 0.5);
        var bases = Order.Known([.. weeks.Select(w => w.Tenth)]);
        values[0] = added.Relative(baseNow - bases[^1]);
        values[1] = added.Relative(levelNow - weeks.Max(w => w.Median));
        values[2] = (float)bases.Count(b => b >= baseNow) / bases.Length;
        values[3] = added.Relative(Order.At(Order.Known(added.HoursBefore), 0.1) - Order.At(bases, 0.5));
        values[4] = added.Relative(Order.At(bases, 0.9) - Order.At(bases, 0.1));
        values[5] = added.Relative(Order.At(known, 0.5));
        values[6] = added.Relative(Order.At(known, 0.25));
        var beyond = Order.Known([.. added.Added.Zip(lastYear, (now, then) => now - then)]);
        values[7] = added.Relative(Order.At(beyond, 0.5));
        values[8] = added.Relative(Order.Mad(beyond));
        values[9] = added.Relative(Order.Median([.. added.After.Select((now, j) => now - Then(added, j, ahead: true))]));
    }

    /// <summary>The weeks of thirteen months before the moment.</summary>
    private static (float Median, float Tenth)[] Weeks(AddedLoad added)
    {
        var first = (added.Steps.End - added.Point.Hour + HourlyLoad.WeekHours - 1) / HourlyLoad.WeekHours;
        return [.. Enumerable.Range(first, MostWeeks - 1).Select(added.Steps.Week).Where(w => !float.IsNaN(w.Tenth))];
    }

    private static float[] LastYear(AddedLoad added) =>
        [.. Enumerable.Range(0, HourlyLoad.WeekHours).Select(j => Then(added, j, ahead: true) - Then(added, j, ahead: false))];

    private static float Then(AddedLoad added, int place, bool ahead)
    {
        var at = added.Point.Hour + place - Year;
        return at < 0 ? float.NaN : ahead ? WeekMedians.Ahead(added.Steps.Hours, at) : WeekMedians.Back(added.Steps.Hours, at);
    }
}
