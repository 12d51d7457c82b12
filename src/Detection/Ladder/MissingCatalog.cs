// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>Everything a judgement can lack: one line a code, in English and Chinese. Codes are frozen: machines read them.</summary>
internal static class MissingCatalog
{
    public static MissingEvidence NoReadings() => new(
        "no_readings", "There is no usable reading in the window.", "窗口内没有可用读数。");

    public static MissingEvidence Conflict(double share) => new(
        "conflict",
        Text($"{share * 100:0.#} % of the readings were sent again for the same time with another value, and which is right is not known."),
        Text($"{share * 100:0.#}%的读数在同一时刻以不同数值重复上报，无法确定哪一个正确。"));

    public static MissingEvidence Resolution(TimeSpan cadence) => new(
        "resolution",
        Text($"Readings come every {cadence.TotalHours:0.#} hours; at least one an hour is needed."),
        Text($"读数间隔为{cadence.TotalHours:0.#}小时；至少需要每小时一个读数。"));

    public static MissingEvidence Span(double days, int needed) => new(
        "span",
        days < 0.1 ? Text($"Readings cover {days * 1440:0.#} minutes; at least {needed} days are needed.") : Text($"Readings cover {days:0.#} days; at least {needed} days are needed."),
        days < 0.1 ? Text($"读数仅覆盖{days * 1440:0.#}分钟；至少需要{needed}天。") : Text($"读数仅覆盖{days:0.#}天；至少需要{needed}天。"));

    public static MissingEvidence Coverage(double coverage, double needed) => new(
        "coverage",
        Text($"{coverage * 100:0.#} % of the hours are known; {needed * 100:0.#} % are needed."),
        Text($"已知小时占{coverage * 100:0.#}%；需要{needed * 100:0.#}%。"));

    public static MissingEvidence Stuck(double share) => new(
        "stuck",
        Text($"{share * 100:0.#} % of the readings repeat the same digits for longer than a real load does: the meter is stuck."),
        Text($"{share * 100:0.#}%的读数长时间重复同一数值，真实负荷不会如此：电表卡滞。"));

    public static MissingEvidence Constant() => new(
        "constant",
        "The load does not change at all: a meter that stands still or an idle site, not evidence of anything.",
        "负荷完全不变：电表停滞或站点空置，不构成任何证据。");

    public static MissingEvidence Coarse() => new(
        "coarse",
        "The meter's steps are over 1 % of the load: its fine structure, which decides, is lost. Finer readings are needed.",
        "电表分辨率粗于负荷的1%，具有判别力的细节已丢失。需要更细的读数。");

    public static MissingEvidence ScaleJump() => new(
        "scale_jump",
        "The level jumps by a factor of ten or more and keeps its shape: a unit or transformer ratio changed. The scale must be settled first.",
        "负荷水平跳变十倍以上而形状不变：单位或互感器变比发生变化。须先确定量纲。");

    public static MissingEvidence RegisterAsPower() => new(
        "register_as_power",
        "The values rise as an energy register does although they were sent as power. The meter's quantity must be corrected.",
        "数值如电能表底数般单调上升，却以功率上报。须更正该表的量别。");

    public static MissingEvidence Estimated(double share) => new(
        "estimated",
        Text($"{share * 100:0.#} % of the readings are estimates of the source, not measurements."),
        Text($"{share * 100:0.#}%的读数为来源估算值，而非实测值。"));

    /// <summary>What a mean below that of one machine says: such a load is small, or it is none.</summary>
    public static MissingEvidence TooLow(double kilowatts) => kilowatts < 0 ? Negative(kilowatts) : BelowOneMachine(kilowatts);

    private static MissingEvidence Negative(double kilowatts) => new(
        "negative",
        Text($"The mean load is negative, {kilowatts:0.##} kW: the site feeds into the grid, or the meter's direction is reversed. The direction must be settled first."),
        Text($"平均负荷为负（{kilowatts:0.##}千瓦）：站点向电网送电，或电表方向接反。须先确定方向。"));

    private static MissingEvidence BelowOneMachine(double kilowatts) => new(
        "below_one_machine",
        Text($"The mean load of {kilowatts:0.##} kW is less than one mining machine with its overhead draws."),
        Text($"平均负荷{kilowatts:0.##}千瓦，低于一台矿机及其附属用电。"));

    public static MissingEvidence Burst() => new(
        "burst",
        "A one-second burst of some minutes: below a minute, hashing and other computing differ plainly.",
        "数分钟的秒级采样：在一分钟以下尺度，哈希运算与其他计算差异明显。");

    public static MissingEvidence History() => new(
        "history",
        "Thirteen months of history: whether the base load was there before, and whether it moves with the seasons.",
        "十三个月的历史负荷：判断基荷是否早已存在、是否随季节变化。");

    public static MissingEvidence LongerWindow(int days) => new(
        "window",
        Text($"{days} days of readings: with fewer, only the plainest load is put forward for inspection."),
        Text($"{days}天的读数：不足时仅对最明显的负荷提请现场检查。"));

    public static MissingEvidence ContractedCapacity() => new(
        "contracted_kw",
        "The contracted capacity: mining uses 0.8 to 1.0 of it, a data center with tenants 0.36 to 0.5.",
        "合同容量：挖矿通常用到其0.8–1.0，托管数据中心为0.36–0.5。");

    public static MissingEvidence DeclaredUse() => new(
        "declared_use", "The declared use, to compare the load with.", "申报用途，用于与负荷对照。");

    public static MissingEvidence AdditionDocument(OnsetInterval onset) => new(
        "addition_document",
        Text($"A document of what was connected between {onset.Earliest:yyyy-MM-dd} and {onset.Latest:yyyy-MM-dd}: a new plant, tenant or machine that runs without pause."),
        Text($"{onset.Earliest:yyyy-MM-dd}至{onset.Latest:yyyy-MM-dd}之间新接入负荷的文件：新设备、新租户或不间断运行的机器。"));

    public static MissingEvidence SubMetering() => new(
        "submetering",
        "Four weeks of a sub-meter on the part that does not vary: by itself it is judged as a load of its own.",
        "在不变的部分加装分表并读取四周：该部分可单独作为一个负荷判断。");

    public static MissingEvidence Inspection() => new(
        "inspection", "An inspection of the premises.", "现场检查。");

    public static MissingEvidence MiningDeclared() => new(
        "mining_declared",
        "The site is declared as mining: there is nothing to uncover; compare its load with its exit plan.",
        "该站点已申报为挖矿：无需揭示；请将其负荷与退出计划对照。");

    public static MissingEvidence AlertBudget(double casesPerWeek) => new(
        "alert_budget",
        Text($"The load is beyond the model's threshold of a case, and not among the few that an alert budget of {casesPerWeek:0.###} false cases a week leaves room for."),
        Text($"该负荷已超过模型的立案阈值，但不在每周{casesPerWeek:0.###}起误报的预警预算所容许的范围内。"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
