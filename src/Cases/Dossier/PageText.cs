// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>The words of a dossier's page, in English and Chinese; those of the console.</summary>
internal static class PageText
{
    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
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
        ["stop_support"] = "停止支持",
        ["exit_plan"] = "退出计划",
        ["approved"] = "已批准",
        ["noticed"] = "已告知",
        ["in_force"] = "生效",
        ["suspended"] = "中止",
        ["ended"] = "已终止",
    };

    public static string Of(CaseState state) => Of(state.Name());

    public static string Of(CaseEventKind kind) => Of(kind.Name());

    public static string Of(Role role) => Of(role.Name());

    public static string Of(Verdict verdict) => Of(verdict.Name());

    public static string Of(MeasureKind kind) => Of(kind.Name());

    public static string Of(MeasureState state) => Of(state.Name());

    /// <summary>A code as English words and in Chinese; a code without Chinese stands alone, as verbs of measures do.</summary>
    public static string Of(string code) => Chinese.TryGetValue(code, out var text) ? $"{Words(code)} / {text}" : Words(code);

    /// <summary>What happened, in one line.</summary>
    public static string Of(CaseEvent happened) => happened.Kind switch
    {
        CaseEventKind.Moved => $"{Of(happened.Verb ?? "moved")}: {Of(happened.Before!.Value)} → {Of(happened.After)}",
        CaseEventKind.Proposed or CaseEventKind.ProposalVoided or CaseEventKind.Measure when happened.Verb is { } verb => $"{Of(happened.Kind)}: {Of(verb)}",
        _ => Of(happened.Kind),
    };

    private static string Words(string code) => code.Replace('_', ' ').Replace('-', ' ');
}
