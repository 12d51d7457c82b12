// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Other steps of the same window: where a load often steps, one more says little.</summary>
internal sealed class CompetitionGroup : IChangeGroup
{
    private const string Name = "added_among";
    private const int Apart = 10 * 24;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Multiple(Name, "other_rise", "largest other rise of the window, of the added level", "窗口内其他最大上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "other_fall", "largest fall of the window, of the added level", "窗口内最大下降（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "other_even", "largest other rise at all hours of the week, of the added level", "窗口内其他最大全时段上升（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "fall_before", "largest fall before it, of the added level: a return from a low follows a fall", "此前最大下降（相对新增水平）：先降后升多为复原"),
        ChangeCatalog.Multiple(Name, "steps_usual", "usual size of the window's steps, of the added level", "窗口内阶跃的通常幅度（相对新增水平）"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        var others = added.Steps.Points.Where(p => Math.Abs(p.Hour - added.Point.Hour) >= Apart).ToArray();
        if (others.Length == 0)
        {
            return;
        }

        values[0] = added.Relative(others.Max(p => p.Median));
        values[1] = added.Relative(others.Min(p => p.Median));
        values[2] = added.Relative(others.Max(p => p.Low));
        values[3] = added.Relative(others.Where(p => p.Hour < added.Point.Hour).Select(p => p.Median).DefaultIfEmpty(0).Min());
        values[4] = added.Relative(Order.Median([.. others.Select(p => Math.Abs(p.Median))]));
    }
}
