// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the added load runs at all hours or by the clock, and how level it is while it runs.</summary>
internal sealed class ClockGroup : IChangeGroup
{
    private const string Name = "added_clock";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Multiple(Name, "on_share", "share of the week in which the added load runs", "新增负荷一周内的运行时间占比"),
        ChangeCatalog.Multiple(Name, "on_spread", "spread of the added load while it runs, of its level", "新增负荷运行时的离散度（相对其水平）"),
        ChangeCatalog.Multiple(Name, "on_low", "10th percentile of the added load while it runs, of its level", "新增负荷运行时的10%分位（相对其水平）"),
        ChangeCatalog.Multiple(Name, "off_level", "added load while it does not run, of its level", "新增负荷停运时的水平（相对其水平）"),
        ChangeCatalog.Multiple(Name, "off_clock", "how far it departs from the same hours each day", "其启停偏离每日固定时刻的程度"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        values[0] = (float)added.On.Length / added.Ascending.Length;
        values[1] = added.Relative(Order.Mad(added.On));
        values[2] = added.Relative(Order.At(added.On, 0.1));
        var off = added.Ascending.AsSpan(0, added.Ascending.Length - added.On.Length);
        values[3] = off.IsEmpty ? values[2] : added.Relative(Order.At(off, 0.5));
        values[4] = OffClock(added);
    }

    /// <summary>Mean over the hours of the day of 4 p (1 - p), p the share of days on which it runs at that hour: 0 keeps a clock.</summary>
    private static float OffClock(AddedLoad added)
    {
        var on = new int[24];
        var known = new int[24];
        for (var j = 0; j < added.Added.Length; j++)
        {
            if (!float.IsNaN(added.Added[j]))
            {
                var hour = added.Steps.Clock.HourOfWeek(added.Point.Hour + j) % 24;
                known[hour]++;
                on[hour] += added.Added[j] > added.Level / 2 ? 1 : 0;
            }
        }

        double sum = 0;
        var hours = 0;
        for (var h = 0; h < 24; h++)
        {
            if (known[h] > 0)
            {
                var p = (double)on[h] / known[h];
                sum += 4 * p * (1 - p);
                hours++;
            }
        }

        return hours == 0 ? float.NaN : (float)(sum / hours);
    }
}
