// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>What people are told of measures.</summary>
internal static class MeasureText
{
    public static BothTexts NoSuchMeasure(int number) => new($"The case has no measure {number}.", $"该案件没有第 {number} 项措施。");

    public static BothTexts NoStep(string verb, MeasureKind kind) =>
        new($"'{verb}' is not a step of a measure of the kind {kind.Name()}.", $"“{verb}”不是“{ChineseNames.Of(kind)}”类措施的步骤。");

    public static BothTexts NotFrom(string verb, Measure measure, DateTimeOffset now) => now < measure.ObjectionUntil && measure.Own == MeasureState.Noticed
        ? new($"The subject may object until {UtcText.Write(measure.ObjectionUntil.Value)}; before that '{verb}' is not legal.", $"异议期至 {UtcText.Write(measure.ObjectionUntil.Value)}，此前不得执行“{ChineseNames.Of(verb)}”。")
        : new($"'{verb}' is not legal for a measure that is {measure.State.Name()}.", $"措施状态为“{ChineseNames.Of(measure.State)}”，不能执行“{ChineseNames.Of(verb)}”。");

    public static BothTexts CaseDoesNotStand(CaseState state) => new(
        $"Measures need a confirmed case that nobody objects to; this one is {state.Name()}.", $"采取措施须案件已确认且无未决异议；该案件状态为“{ChineseNames.Of(state)}”。");

    public static BothTexts NoBasis(MeasureKind kind, string? region) => new(
        $"No legal basis for {kind.Name()} is in force in {region ?? "the site's region, which is not registered"}; set one in Cases:Measures:Rules.",
        $"{region ?? "未登记区域"} 没有生效的“{ChineseNames.Of(kind)}”法律依据；请在 Cases:Measures:Rules 中配置。");

    public static BothTexts BadPlan { get; } = new(
        "An exit plan needs exit_plan with its ceilings in kW by date; no other measure has one.", "退出计划须附带 exit_plan（按日期排列的功率上限，kW）；其他措施不得附带。");

    public static BothTexts BadPlanAt(ExitPlanFault fault) => new($"{fault.Member}: {fault.Text}", $"{fault.Member}：{fault.TextZh}");

    public static BothTexts AlreadyThere(Measure measure) => new(
        $"Measure {measure.Number} of the kind {measure.Kind.Name()} is {measure.State.Name()} already.", $"第 {measure.Number} 项措施“{ChineseNames.Of(measure.Kind)}”已存在，状态为“{ChineseNames.Of(measure.State)}”。");

    public static BothTexts Overtaken(Measure measure, long present) => new(
        $"The evidence changed after {measure.ProposedBy} proposed measure {measure.Number} on version {measure.EvidenceVersion}; it is at version {present} now. The proposal is void and must be made again.",
        $"{measure.ProposedBy} 依据第 {measure.EvidenceVersion} 版证据提出第 {measure.Number} 项措施之后证据已变化，现为第 {present} 版。该提议作废，须重新提出。");

    public static BothTexts Proposed(int number) => new($"Measure {number} is proposed; a different person must approve it.", $"已提出第 {number} 项措施，须由另一人批准。");

    public static BothTexts Stepped(int number, MeasureState state) => new($"Measure {number} is {state.Name()}.", $"第 {number} 项措施现为“{ChineseNames.Of(state)}”。");

    public static BothTexts NoOnset { get; } = new("The case's evidence has no onset, so nothing can be counted from it.", "案件证据没有起始时间区间，无法计算。");
}
