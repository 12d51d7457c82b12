// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>Movement together and from site to site, in sentences.</summary>
internal static class NeighbourTexts
{
    public static Reason Together(CoMovement c, bool suspect, double weight)
    {
        var (names, namesZh) = Numbers.List(c.Others);
        var (place, placeZh) = Place(c.Bond, c.Name);
        var shared = c.Shared.ToString(CultureInfo.InvariantCulture);
        var (expected, p, last) = (Numbers.Text(c.Expected), Numbers.PValue(c.PValue), Numbers.Date(c.Last));
        var (also, alsoZh) = suspect ? (" At least one of them is watched or a case.", "其中至少一块已被关注或立案。") : (string.Empty, string.Empty);
        return new Reason(
            BalanceTexts.Group, weight > 0, weight,
            $"The load falls and returns together with {names} of {place}: {shared} times in the same hours, latest on {last}, where chance gives {expected} ({p}); outages of the whole feeder and region are left out. Sites run by one hand do so.{also}",
            $"负荷与{placeZh}的{namesZh}同时跌落并恢复：同一时段{shared}次，最近为{last}，而偶然仅为{expected}次（{p}）；已排除整条馈线及整个地区的停电。由同一方操控的站点会如此。{alsoZh}");
    }

    public static Reason Move(LoadMove m, bool left, double weight)
    {
        var (place, placeZh) = Place(m.Bond, m.Name);
        var (went, came) = (Numbers.Text(-m.Left.Kilowatts), Numbers.Text(m.Came.Kilowatts));
        var (on, then) = (Numbers.Date(m.Left.Hour), Numbers.Date(m.Came.Hour));
        var (flat, flatZh) = m.Constancy >= 0.6 ? ("the same at all hours of the day", "全天各时段一致") : ("not alike at all hours", "各时段不一");
        var expected = Numbers.Text(m.Expected);
        return new Reason(
            BalanceTexts.Group, weight > 0, weight,
            $"About {went} kW left meter {m.From} on {on} and about {came} kW came to meter {m.To} on {then}, {(left ? "away from here" : "to here")}, {flat}; both belong to {place}. Chance gives {expected} such pairs there.",
            $"约{went}千瓦于{on}离开电表{m.From}，约{came}千瓦于{then}出现在电表{m.To}（{(left ? "由此迁出" : "迁入此处")}），{flatZh}；两者同属{placeZh}。该范围内偶然出现此类配对的期望为{expected}。");
    }

    public static MissingEvidence Ask() => new(
        "neighbours",
        "An inspection of the sites named together, or a document that says who runs them.",
        "对所列站点一并现场检查，或提供说明其运营方的文件。");

    private static (string English, string Chinese) Place(Bond bond, string name) => bond switch
    {
        Bond.Feeder => ($"feeder {name}", $"馈线{name}"),
        Bond.Owner => ($"owner {name}", $"业主{name}"),
        _ => ($"region {name}", $"地区{name}"),
    };
}
