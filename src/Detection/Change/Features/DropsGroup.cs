// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the added load falls away as a whole and comes back: one pool, network or switch for all machines.</summary>
/// <remarks>A drop is one to twelve hours at least half the level below the hours around it. Its depth tells the added load from the rest.</remarks>
internal sealed class DropsGroup : IChangeGroup
{
    private const string Name = "added_drops";
    private const int Longest = 12;
    private const int Span = 8 * HourlyLoad.WeekHours;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        new("drops_since", Name, "1", 0, 100, "drops of at least half the added load and back, in four weeks since", "此后每四周内跌落新增负荷一半以上并恢复的次数"),
        new("drops_before", Name, "1", 0, 100, "the same before the change", "变化前同样跌落的次数"),
        ChangeCatalog.Multiple(Name, "drop_depth", "usual depth of these drops, of the added level", "这类跌落的通常深度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "drop_deepest", "deepest of these drops, of the added level", "这类跌落的最大深度（相对新增水平）"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        var since = added.ExcessOf(0, Span);
        var before = added.ExcessOf(-Span, Span);
        var depths = Depths(since, added.Level);
        values[0] = PerMonth(depths.Count, since.Length);
        values[1] = PerMonth(Depths(before, added.Level).Count, before.Length);
        if (depths.Count > 0)
        {
            values[2] = added.Relative(Order.Median([.. depths]));
            values[3] = added.Relative(depths.Max());
        }
    }

    private static float PerMonth(int count, int hours) => hours == 0 ? float.NaN : Math.Min(100, count * 672f / hours);

    private static List<float> Depths(ReadOnlySpan<float> excess, double level)
    {
        var depths = new List<float>();
        for (var i = 2; i < excess.Length; i++)
        {
            var from = excess[i - 1];
            if (!(from - excess[i] > level / 2) && !(excess[i - 2] - excess[i] > level / 2))
            {
                continue;
            }

            from = Math.Max(from, excess[i - 2]);
            var lowest = excess[i];
            for (var j = i + 1; j < Math.Min(excess.Length, i + Longest + 1); j++)
            {
                lowest = Math.Min(lowest, excess[j]);
                if (excess[j] > from - (level / 4) && lowest < from - (level / 2))
                {
                    depths.Add(from - lowest);
                    i = j;
                    break;
                }
            }
        }

        return depths;
    }
}
