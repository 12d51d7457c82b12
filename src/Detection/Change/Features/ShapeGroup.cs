// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Shape of the added load over the hours of the week: machines add the same at all of them.</summary>
internal sealed class ShapeGroup : IChangeGroup
{
    private const string Name = "added_shape";
    private const int Morning = 9;
    private const int Evening = 17;
    private const int Dawn = 6;
    private const int Weekend = 120; // hour of week of Saturday midnight

    private static readonly double[] Shares = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        .. Shares.Select(s => ChangeCatalog.Multiple(Name, $"added_q{s * 100:00}", $"{s * 100:0}th percentile of the added load over the week, of its level", $"新增负荷在一周内的{s * 100:0}%分位（相对其水平）")),
        ChangeCatalog.Multiple(Name, "added_spread", "spread of the added load over the week, of its level", "新增负荷在一周内的离散度（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_night", "added load at night, of its level", "夜间新增负荷（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_day", "added load in working hours, of its level", "工作时段新增负荷（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_weekend", "added load at weekends, of its level", "周末新增负荷（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_hours", "range of the added load over the hours of the day, of its level", "新增负荷在一天各小时间的极差（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_days", "range of the added load over the days of the week, of its level", "新增负荷在一周各日间的极差（相对其水平）"),
        ChangeCatalog.Multiple(Name, "added_follows", "correlation of the added load with the load before", "新增负荷与原有负荷的相关系数"),
        ChangeCatalog.Multiple(Name, "slope", "slope of the load after on the load before", "变化后负荷对变化前负荷的斜率"),
        ChangeCatalog.Multiple(Name, "intercept", "part of the added load that does not grow with the load before, of its level", "新增负荷中不随原负荷增长的部分（相对其水平）"),
        ChangeCatalog.Log(Name, "additive", "misfit of an addition over that of a growth in proportion", "“叠加”与“按比例增长”两种解释的误差之比"),
        ChangeCatalog.Log(Name, "amplitude", "weekly swing after over that before", "变化后与变化前周内摆幅之比"),
        ChangeCatalog.Multiple(Name, "added_share", "added load over the load after", "新增负荷占变化后负荷的比例"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        for (var i = 0; i < Shares.Length; i++)
        {
            values[i] = added.Relative(Order.At(added.Ascending, Shares[i]));
        }

        var rest = values[Shares.Length..];
        rest[0] = added.Relative(Order.Mad(added.Ascending));
        rest[1] = added.Relative(Over(added, h => h % 24 < Dawn));
        rest[2] = added.Relative(Over(added, h => h < Weekend && h % 24 is >= Morning and < Evening));
        rest[3] = added.Relative(Over(added, h => h >= Weekend));
        rest[4] = added.Relative(Range(added, 24, h => h % 24));
        rest[5] = added.Relative(Range(added, 7, h => h / 24));
        Regress(added, rest);
        var before = Order.Known(added.Before);
        var after = Order.Known(added.After);
        rest[10] = ChangeCatalog.LogRatio(Swing(after), Swing(before), 0.02 * added.AfterLevel);
        rest[11] = (float)Math.Clamp(added.Level / Math.Max(added.AfterLevel, 1e-9), 0, 2);
    }

    private static double Swing(float[] ascending) => Order.At(ascending, 0.9) - Order.At(ascending, 0.1);

    private static float Over(AddedLoad added, Func<int, bool> holds)
    {
        Span<float> some = stackalloc float[HourlyLoad.WeekHours];
        var count = 0;
        for (var j = 0; j < added.Added.Length; j++)
        {
            if (holds(added.Steps.Clock.HourOfWeek(added.Point.Hour + j)))
            {
                some[count++] = added.Added[j];
            }
        }

        return Order.Median(some[..count]);
    }

    private static float Range(AddedLoad added, int parts, Func<int, int> part)
    {
        var medians = Order.Known([.. Enumerable.Range(0, parts).Select(p => Over(added, h => part(h) == p))]);
        return medians.Length == 0 ? float.NaN : medians[^1] - medians[0];
    }

    private static void Regress(AddedLoad added, Span<float> rest)
    {
        double n = 0, sb = 0, sa = 0, sbb = 0, sab = 0, sdd = 0, sd = 0, sbd = 0;
        for (var j = 0; j < added.Added.Length; j++)
        {
            if (float.IsNaN(added.Added[j]))
            {
                continue;
            }

            double b = added.Before[j], a = added.After[j], d = added.Added[j];
            (n, sb, sa, sbb, sab) = (n + 1, sb + b, sa + a, sbb + (b * b), sab + (a * b));
            (sd, sdd, sbd) = (sd + d, sdd + (d * d), sbd + (b * d));
        }

        double varianceB = sbb - (sb * sb / n), varianceD = sdd - (sd * sd / n), joint = sbd - (sb * sd / n);
        var mean = sb / n;
        if (!(varianceB > 1e-4 * mean * mean * n))
        {
            return; // a load before that does not move says nothing about growth in proportion
        }

        rest[6] = (float)(joint / Math.Sqrt(varianceB * Math.Max(varianceD, 1e-6 * varianceB)));
        var slope = (sab - (sa * sb / n)) / varianceB;
        rest[7] = (float)Math.Clamp(slope, -5, 5);
        rest[8] = added.Relative((sa / n) - (slope * mean));
        var factor = sa / Math.Max(sb, 1e-9);
        float[] grown = [.. added.Added.Select((_, j) => added.After[j] - (float)(factor * added.Before[j]))];
        rest[9] = ChangeCatalog.LogRatio(Order.Mad(added.Ascending), Order.Mad(grown), 0.005 * added.AfterLevel);
    }
}
