// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>A feeder's hours lined up: the parent, each sub-meter, their sum and the difference.</summary>
/// <remarks>An hour in which any of them is unknown has no sum: a silent sub-meter's load must not look like a tap.</remarks>
internal sealed class BalanceSheet
{
    private BalanceSheet(MeterId parentMeter, long first, double[] parent, MeterId[] meters, double[][] children)
    {
        ParentMeter = parentMeter;
        First = first;
        Parent = parent;
        Meters = meters;
        Children = children;
    }

    public MeterId ParentMeter { get; }

    public long First { get; }

    public double[] Parent { get; }

    public MeterId[] Meters { get; }

    public double[][] Children { get; }

    public int Count => Parent.Length;

    /// <summary>Lines up meters over the parent's hours.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="children">Each sub-meter; without hours where it has none in the window.</param>
    /// <param name="feeders">Who was a sub-meter when: before a meter's service, and while it was elsewhere, it drew nothing here.</param>
    public static BalanceSheet Of(MeterHours parent, IReadOnlyList<(MeterId Meter, MeterHours? Hours)> children, Feeders feeders)
    {
        var count = (int)(parent.End - parent.First);
        var loads = children
            .Select(c => Enumerable.Range(0, count).Select(i => (double)Value(c.Meter, c.Hours, parent.First + i)).ToArray())
            .ToArray();
        var whole = Enumerable.Range(0, count).Select(i => (double)parent.At(parent.First + i)).ToArray();
        return new BalanceSheet(parent.Meter, parent.First, whole, [.. children.Select(c => c.Meter)], loads);

        float Value(MeterId meter, MeterHours? hours, long hour)
        {
            if (!feeders.IsBehind(parent.Meter, meter, hour))
            {
                return 0;
            }

            var value = hours?.At(hour) ?? float.NaN;
            return float.IsNaN(value) && hour < feeders.CommissionedHour(meter) ? 0 : value;
        }
    }

    /// <summary>Sum of the sub-meters by hour.</summary>
    public double[] Sum() => [.. Enumerable.Range(0, Count).Select(i => Children.Sum(c => c[i]))];

    /// <summary>Share of the hours with a known parent in which a sub-meter is unknown.</summary>
    public double UnknownShare(int child)
    {
        var due = Parent.Count(double.IsFinite);
        return due == 0 ? 0 : Parent.Where((p, i) => double.IsFinite(p) && !double.IsFinite(Children[child][i])).Count() / (double)due;
    }

    /// <summary>The hours without those at the end that not every meter has sent yet, at most <paramref name="most"/>.</summary>
    public BalanceSheet WithoutUnfinishedEnd(int most)
    {
        var end = Count;
        while (end > 0 && Count - end < most && (!double.IsFinite(Parent[end - 1]) || Children.Any(c => !double.IsFinite(c[end - 1]))))
        {
            end--;
        }

        return end > 0 && Count - end < most ? new BalanceSheet(ParentMeter, First, Parent[..end], Meters, [.. Children.Select(c => c[..end])]) : this;
    }

    /// <summary>The same with a clock set right: of one sub-meter, or of the parent (-1) by moving all the others.</summary>
    public BalanceSheet Shifted(int child, double hours) => new(
        ParentMeter, First, Parent, Meters,
        [.. Children.Select((c, i) => i == child ? Shift(c, hours) : child < 0 ? Shift(c, -hours) : c)]);

    /// <summary>The same with a sub-meter's registration multiplied.</summary>
    public BalanceSheet Multiplied(int child, double factor) => new(
        ParentMeter, First, Parent, Meters, [.. Children.Select((c, i) => i == child ? Array.ConvertAll(c, v => v * factor) : c)]);

    // What a clock that is ahead by some hours called t + hours happened at t; between hours linearly.
    private static double[] Shift(double[] load, double hours)
    {
        var whole = (int)Math.Floor(hours);
        var part = hours - whole;
        var moved = new double[load.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = part == 0 ? At(i + whole) : ((1 - part) * At(i + whole)) + (part * At(i + whole + 1));
        }

        return moved;

        double At(int i) => i >= 0 && i < load.Length ? load[i] : double.NaN;
    }
}
