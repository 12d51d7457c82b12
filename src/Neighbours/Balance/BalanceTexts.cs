// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>A balance in sentences.</summary>
internal static class BalanceTexts
{
    public const string Group = "neighbours";

    public static Reason Balance(FeederBalance b, bool speaks)
    {
        var (kw, low, high) = (Numbers.Text(b.ResidualKilowatts), Numbers.Text(Math.Max(0, b.LowKilowatts)), Numbers.Text(b.HighKilowatts));
        var (parent, sum, loss) = (Numbers.Text(b.ParentKilowatts), Numbers.Text(b.SubMeterKilowatts), Numbers.Percent(b.Loss.Share));
        var (error, share) = (Numbers.Text(b.ErrorKilowatts), Numbers.Percent(b.ParentKilowatts > 0 ? b.ResidualKilowatts / b.ParentKilowatts : 0));
        var lead = $"The feeder's meter {b.Parent} measures {parent} kW, its {b.SubMeters} sub-meters together {sum} kW, and losses are put at {loss} %";
        var leadZh = $"馈线总表{b.Parent}计量{parent}千瓦，其{b.SubMeters}块分表合计{sum}千瓦，技术线损估计为{loss}%";
        var reason = b.IsClosed
            ? new Reason(
                Group, false, 0,
                $"{lead}: the balance closes within the metering error of {error} kW, so nothing larger is drawn past the sub-meters; a smaller tap cannot be seen here.",
                $"{leadZh}：电量平衡在{error}千瓦的计量误差之内，没有更大的负荷绕过分表；更小的窃接在此无法看出。")
            : new Reason(
                Group, speaks, 0,
                $"{lead}: of late {kw} kW ({low} to {high} kW, {share} % of the feeder) reach no sub-meter; the metering error is {error} kW.",
                $"{leadZh}：近期有{kw}千瓦（{low}至{high}千瓦，占馈线{share}%）未经任何分表；计量误差为{error}千瓦。");
        return reason with { Number = new ReasonNumber("residual_kw", b.ResidualKilowatts, b.LowKilowatts, b.HighKilowatts, "balance") };
    }

    public static MissingEvidence Walk() => new(
        "feeder_walk",
        "A walk along the feeder for a connection that no sub-meter measures, or a register entry for a meter that is missing here.",
        "沿馈线巡查未经分表的接线，或补登此处缺失的电表。");

    public static MissingEvidence Fault(SubMeterFault fault)
    {
        if (fault.Kind == SubMeterFaultKind.Multiplier)
        {
            var factor = Numbers.Text(fault.Amount);
            return new MissingEvidence(
                "multiplier",
                $"A check of meter {fault.Meter}'s transformers: the difference follows its load as if it were {factor} times what is registered. A wrong multiplier, not a tap, is the plainer explanation.",
                $"核查电表{fault.Meter}的互感器变比：差额随其负荷变化，其实际负荷似为登记值的{factor}倍。较可能是倍率错误而非窃接。");
        }

        var hours = Numbers.Text(Math.Abs(fault.Amount));
        var (way, wayZh) = fault.Amount > 0 ? ("ahead", "偏快") : ("behind", "偏慢");
        return new MissingEvidence(
            "clock",
            $"A check of meter {fault.Meter}'s clock, which seems to be {hours} h {way}; the balance was drawn up with it set right.",
            $"核查电表{fault.Meter}的时钟，似{wayZh}{hours}小时；平衡已按校正后的时间计算。");
    }

    public static MissingEvidence Unknown(IReadOnlyCollection<MeterId> meters)
    {
        var (names, namesZh) = Numbers.List(meters);
        return new MissingEvidence(
            "sub_meters",
            $"Readings of the sub-meters {names}: without them their load cannot be told from one that nobody meters.",
            $"缺少分表{namesZh}的读数：否则其负荷无法与无表用电区分。");
    }

    public static MissingEvidence Overdrawn(FeederBalance b)
    {
        var kw = Numbers.Text(-b.ResidualKilowatts);
        return new MissingEvidence(
            "sum_check",
            $"A check of the register and of meter {b.Parent}: its sub-meters register {kw} kW more than it, so one of them is fed elsewhere or a multiplier is wrong.",
            $"核查档案与总表{b.Parent}：分表合计比总表多{kw}千瓦，说明有分表由别处供电或倍率错误。");
    }
}
