// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Measures;

namespace Detector.Cases;

/// <summary>What codes of states, moves, measures and roles are called in Chinese: in answers, dossiers and lists as in the console.</summary>
internal static class ChineseNames
{
    private static readonly Dictionary<string, string> ByCode = new(StringComparer.Ordinal)
    {
        ["screened"] = "已筛出",
        ["triaged"] = "已研判",
        ["inspecting"] = "现场检查中",
        ["confirmed"] = "已确认",
        ["refuted"] = "已排除",
        ["inconclusive"] = "尚无定论",
        ["measures"] = "处置中",
        ["exit_monitoring"] = "退出监测",
        ["closed"] = "已结案",
        ["objection"] = "异议处理",
        ["merged"] = "已并案",
        ["merge"] = "并案",
        ["split"] = "拆案",
        ["merged_into"] = "并入其他案件",
        ["merged_from"] = "其他案件并入",
        ["split_from"] = "从并案中拆出",
        ["split_off"] = "并入的案件已拆出",
        ["triage"] = "研判",
        ["start-inspection"] = "开始现场检查",
        ["confirm"] = "确认挖矿",
        ["refute"] = "排除嫌疑",
        ["mark-inconclusive"] = "认定无法判定",
        ["start-measures"] = "启动处置措施",
        ["start-exit-monitoring"] = "启动退出监测",
        ["object"] = "登记异议",
        ["uphold-objection"] = "异议成立",
        ["reject-objection"] = "驳回异议",
        ["reopen"] = "重新立案",
        ["close"] = "结案",
        ["opened"] = "由判定立案",
        ["evidence_joined"] = "新证据并入",
        ["moved"] = "状态变更",
        ["proposed"] = "提议",
        ["proposal_voided"] = "证据已变化，提议作废",
        ["suppressed"] = "冷却期内的判定，未另立案",
        ["assigned"] = "已指派",
        ["noted"] = "备注",
        ["snoozed"] = "已暂缓",
        ["woken"] = "已提前恢复处理",
        ["escalated"] = "超过期限",
        ["reopened"] = "复发，重新立案",
        ["measure"] = "处置措施",
        ["inspected"] = "现场检查报告",
        ["attached"] = "附加文件",
        ["operator"] = "操作员",
        ["supervisor"] = "主管",
        ["analyst"] = "分析员",
        ["auditor"] = "审计员",
        ["admin"] = "管理员",
        ["case"] = "立案",
        ["watch"] = "观察",
        ["clear"] = "无嫌疑",
        ["insufficient"] = "无法判定",
        ["stock"] = "存量",
        ["incremental"] = "增量",
        ["undecided"] = "无法判定存量或增量",
        ["restrict_connection"] = "限制用电接入",
        ["differential_price"] = "差别电价",
        ["market_exclusion"] = "不得参与电力市场",
        ["credit_event"] = "信用事件",
        ["stop_support"] = "停止扶持",
        ["exit_plan"] = "退出计划",
        ["propose"] = "提议",
        ["approve"] = "批准",
        ["notify"] = "告知当事人",
        ["enter"] = "登记",
        ["suspend"] = "中止",
        ["resume"] = "恢复",
        ["repair"] = "信用修复",
        ["withdraw"] = "撤回",
        ["inspection"] = "导入现场检查报告",
        ["attach"] = "附加文件",
        ["assign"] = "指派",
        ["note"] = "备注",
        ["snooze"] = "暂缓",
        ["wake"] = "提前恢复处理",
    };

    public static string Of(CaseState state) => Of(state.Name());

    public static string Of(Role role) => Of(role.Name());

    public static string Of(MeasureKind kind) => Of(kind.Name());

    public static string Of(MeasureState state) => state switch
    {
        MeasureState.Proposed => "已提出",
        MeasureState.Approved => "已批准，待告知",
        MeasureState.Noticed => "已告知，异议期内",
        MeasureState.InForce => "已生效",
        MeasureState.Suspended => "已中止",
        MeasureState.Ended => "已结束",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a measure."),
    };

    /// <summary>The name of a code; the code where it has none.</summary>
    public static string Of(string code) => ByCode.GetValueOrDefault(code, code);

    /// <summary>Whether a code has a name.</summary>
    public static bool Has(string code) => ByCode.ContainsKey(code);
}
