// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the whole distribution of the load moved up by the same, its daily minima included.</summary>
internal sealed class ShiftGroup : IChangeGroup
{
    private const string Name = "added_shift";
    private const int Quantiles = 19;
    private const int LeastOfDay = 12;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Multiple(Name, "shift_uneven", "mean distance of the load after from the load before moved up (Wasserstein), of the added level", "变化后负荷与整体平移后的原负荷之间的平均距离（Wasserstein，相对新增水平）"),
        ChangeCatalog.Multiple(Name, "shift_bend", "spread of the move over the quantiles of the load, of the added level", "各分位平移量的离散度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "shift_low", "move of the 5th percentile of the load, of the added level", "负荷5%分位的平移量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "shift_middle", "move of the median of the load, of the added level", "负荷中位数的平移量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "shift_high", "move of the 95th percentile of the load, of the added level", "负荷95%分位的平移量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "minimum_shift", "move of the daily minimum, of the added level", "日最小值的平移量（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "minimum_gap", "gap between the daily minima before and after, of the added level", "变化前后日最小值之间的间隔（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "median_gap", "gap between the daily medians before and after, of the added level", "变化前后日中位数之间的间隔（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "maximum_shift", "move of the daily maximum, of the added level", "日最大值的平移量（相对新增水平）"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        var before = Order.Known(added.HoursBefore);
        var after = Order.Known(added.HoursAfter);
        if (before.Length == 0 || after.Length == 0)
        {
            return;
        }

        var moves = new float[Quantiles];
        for (var q = 0; q < Quantiles; q++)
        {
            var share = (q + 1) / (Quantiles + 1.0);
            moves[q] = Order.At(after, share) - Order.At(before, share);
        }

        values[0] = added.Relative(moves.Average(m => Math.Abs(m - added.Level)));
        values[1] = added.Relative(Order.Mad(moves));
        values[2] = added.Relative(moves[0]);
        values[3] = added.Relative(moves[Quantiles / 2]);
        values[4] = added.Relative(moves[^1]);
        var daysBefore = Days(added.HoursBefore, fromEnd: true);
        var daysAfter = Days(added.HoursAfter, fromEnd: false);
        if (daysBefore.Length == 0 || daysAfter.Length == 0)
        {
            return;
        }

        Gap(added, daysBefore, daysAfter, d => d.Low, out values[5], out values[6]);
        Gap(added, daysBefore, daysAfter, d => d.Middle, out _, out values[7]);
        Gap(added, daysBefore, daysAfter, d => d.High, out values[8], out _);
    }

    private static void Gap(
        AddedLoad added, (float Low, float Middle, float High)[] before, (float Low, float Middle, float High)[] after,
        Func<(float Low, float Middle, float High), float> of, out float shift, out float gap)
    {
        var b = Order.Known([.. before.Select(of)]);
        var a = Order.Known([.. after.Select(of)]);
        shift = added.Relative(Order.At(a, 0.5) - Order.At(b, 0.5));
        gap = added.Relative(Order.At(a, 0.2) - Order.At(b, 0.8)); // the outer fifths may overlap: an outage is not an end
    }

    /// <summary>Third lowest hour, median and third highest of each 24 hours next to the moment.</summary>
    private static (float Low, float Middle, float High)[] Days(ReadOnlySpan<float> hours, bool fromEnd)
    {
        var days = new List<(float Low, float Middle, float High)>();
        for (var day = 0; day < hours.Length / 24; day++)
        {
            var first = fromEnd ? hours.Length - ((day + 1) * 24) : day * 24;
            var known = Order.Known(hours.Slice(first, 24));
            if (known.Length >= LeastOfDay)
            {
                days.Add((known[2], Order.At(known, 0.5), known[^3]));
            }
        }

        return [.. days];
    }
}
