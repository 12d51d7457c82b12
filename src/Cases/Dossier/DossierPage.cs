// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>The page of a dossier that people read: everything in it is in the other files as data. English and Chinese side by side.</summary>
internal static class DossierPage
{
    /// <summary>Writes the page; the same facts give the same text.</summary>
    public static string Write(DossierFacts facts)
    {
        var page = new Page($"Evidence file of case {facts.Summary.Id} / 案件 {facts.Summary.Id} 证据文件");
        Standing(page, facts);
        Evidence(page, facts);
        foreach (var (_, _, finding) in facts.Judged())
        {
            Features(page, finding);
            Quality(page, finding);
        }

        Charts(page, facts);
        Money(page, facts);
        Measures(page, facts);
        History(page, facts);
        Attachments(page, facts);
        Models(page, facts);
        return page.End();
    }

    private static void Standing(Page page, DossierFacts facts)
    {
        var s = facts.Summary;
        page.Heading("Where it stands", "现状").Table(
            ["", ""],
            [
                ["Site / 站点", s.Site],
                ["State / 状态", PageText.Of(s.State)],
                ["Opened / 立案时间", s.Opened],
                ["In this state since / 进入该状态时间", s.Since],
                ["Verdict / 判定", PageText.Of(s.Verdict)],
                ["Calibrated probability of mining / 校准后的挖矿概率", s.Probability],
                ["Share of the load / 占负荷比例", s.Share is { } share ? $"{Page.Show(share.Low)} – {Page.Show(share.Likely)} – {Page.Show(share.High)}" : null],
                ["Onset: earliest – likely – latest / 起始：最早 – 最可能 – 最晚", s.Onset is { } onset ? $"{Page.Show(onset.Earliest)} – {Page.Show(onset.Likely)} – {Page.Show(onset.Latest)}" : null],
                ["Stock or incremental / 存量或增量", PageText.Of(facts.Category.ToString().ToLowerInvariant())],
                ["Evidence version / 证据版本", s.EvidenceVersion],
                ["Model / 模型", s.Model],
            ]);
    }

    private static void Evidence(Page page, DossierFacts facts) => page.Heading("Evidence", "证据").Table(
        ["Version / 版本", "Joined / 并入时间", "Meter / 电表", "Verdict / 判定", "Probability / 概率", "p-value against honest loads / 相对正常负荷的 p 值", "Window / 判定区间", "Coverage / 完整率", "Cadence, s / 采集间隔（秒）", "Model / 模型"],
        facts.Evidence.Select(e => new object?[]
        {
            e.EvidenceVersion, e.Joined, e.Finding.Meter.Value, PageText.Of(e.Finding.Verdict), e.Finding.Probability, e.Finding.PValue,
            $"{UtcText.Write(e.Finding.Window.From)} – {UtcText.Write(e.Finding.Window.To)}", e.Finding.Coverage, e.Finding.CadenceSeconds, e.Finding.Model,
        }));

    private static void Features(Page page, Finding finding)
    {
        page.Heading($"Features of {finding.Meter} with their reference ranges", $"{finding.Meter} 的特征及参考范围")
            .Paragraph(
                "Each group of features with the one that speaks loudest in it. The range is from the 5th to the 95th percentile of the loads named; weights are in log-odds.",
                "各特征组及其中最显著的特征。范围为所列负荷的第 5 至第 95 百分位；权重为对数几率。")
            .Table(
                ["Group / 特征组", "Speaks / 指向", "Weight / 权重", "Feature / 特征", "Value / 数值", "Range / 范围", "Of / 参照", "In words / 说明"],
                finding.Reasons.Select(r => new object?[]
                {
                    r.Group, r.ForMining ? "for mining / 支持" : "against / 反对", r.Weight, r.Number?.Feature, r.Number?.Value,
                    r.Number is { } n ? $"{Page.Show(n.Low)} – {Page.Show(n.High)}" : null, r.Number?.Reference, $"{r.Text}\n{r.TextZh}",
                }));
        if (finding.Nearest is { } nearest)
        {
            page.Table(
                ["Most similar / 最相似", "Distance / 距离", "What it is / 说明"],
                [
                    ["honest / 正常", nearest.Honest.Distance, $"{nearest.Honest.Text}\n{nearest.Honest.TextZh}"],
                    ["mining / 挖矿", nearest.Mining.Distance, $"{nearest.Mining.Text}\n{nearest.Mining.TextZh}"],
                ]);
        }
    }

    private static void Quality(Page page, Finding finding) => page
        .Heading($"Quality of the readings of {finding.Meter}", $"{finding.Meter} 的读数质量")
        .Table(["Flag / 标志", "Readings / 读数"], [.. finding.Quality.Select(q => new object?[] { q.Flag, q.Readings }), .. finding.Missing.Select(m => new object?[] { m.Code, $"{m.Text}\n{m.TextZh}" })]);

    private static void Charts(Page page, DossierFacts facts)
    {
        page.Heading("Load", "负荷");
        foreach (var (_, svg) in facts.Charts)
        {
            page.Drawing(svg);
        }

        if (facts.Charts.Count == 0)
        {
            page.Paragraph("No readings are included.", "未包含读数。");
        }
    }

    private static void Money(Page page, DossierFacts facts)
    {
        page.Heading("Money", "金额");
        if (facts.Surcharge is not { } statement)
        {
            page.Paragraph("Not counted: the evidence has no onset, or no readings are included.", "未计算：证据无起始时间，或未包含读数。");
            return;
        }

        var (from, until) = (UtcText.Write(statement.From), UtcText.Write(statement.Until));
        page.Paragraph(
                $"Surcharge on the energy from {from} to {until}, yuan: {Page.Show(statement.Yuan.Low)} – {Page.Show(statement.Yuan.Likely)} – {Page.Show(statement.Yuan.High)}, because the onset is an interval. Hours without readings: {Page.Show(statement.UncoveredHours)}; hours without a rule in force: {Page.Show(statement.FreeHours)}.",
                $"{from} 至 {until} 电量的加价（元）：{Page.Show(statement.Yuan.Low)} – {Page.Show(statement.Yuan.Likely)} – {Page.Show(statement.Yuan.High)}，因起始时间为区间。缺读数小时：{Page.Show(statement.UncoveredHours)}；无有效规则小时：{Page.Show(statement.FreeHours)}。")
            .Table(
                ["Month / 月份", "Period / 时段", "Yuan/kWh / 元每千瓦时", "kWh", "Yuan / 元", "Legal basis / 依据"],
                statement.Lines.Select(l => new object?[]
                {
                    l.Month, l.Period, l.YuanPerKilowattHour, $"{Page.Show(l.KilowattHours.Low)} – {Page.Show(l.KilowattHours.Likely)} – {Page.Show(l.KilowattHours.High)}",
                    $"{Page.Show(l.Yuan.Low)} – {Page.Show(l.Yuan.Likely)} – {Page.Show(l.Yuan.High)}", l.Basis,
                }));
    }

    private static void Measures(Page page, DossierFacts facts) => page.Heading("Measures", "处置措施").Table(
        ["No.", "Measure / 措施", "State / 状态", "Legal basis / 依据", "Proposed / 提出", "Approved / 批准", "Ended / 终止"],
        facts.Measures.Select(m => new object?[]
        {
            m.Number, PageText.Of(m.Kind), PageText.Of(m.State), $"{m.Basis}\n{m.BasisZh}", $"{m.ProposedBy}, {Page.Show(m.ProposedAt)}",
            m.ApprovedBy is { } by ? $"{by}, {Page.Show(m.ApprovedAt)}" : null, m.EndedAt is { } ended ? $"{Page.Show(ended)}, {m.EndedBy}" : null,
        }));

    private static void History(Page page, DossierFacts facts) => page.Heading("Decision history", "处理经过").Table(
        ["Link / 链号", "When / 时间", "What / 事项", "Who / 人员", "On evidence / 依据证据版本", "Why / 理由", "With / 内容"],
        facts.Events.Select(e => new object?[]
        {
            e.Sequence, e.At, PageText.Of(e), e.Role is { } role ? $"{e.Actor}, {PageText.Of(role)}" : "the program / 系统", e.EvidenceVersion, e.Why, e.Data,
        }));

    private static void Attachments(Page page, DossierFacts facts) => page.Heading("Files handed in", "附件").Table(
        ["File / 文件", "Name given / 原名", "Bytes / 字节", "SHA-256", "By / 提交人", "When / 时间"],
        facts.Attachments.Select(a => new object?[] { Cases.Attachments.AttachmentFacts.EntryOf(a), a.Name, a.Bytes, a.Sha256, a.By, a.At }));

    private static void Models(Page page, DossierFacts facts)
    {
        foreach (var (model, papers) in facts.Models)
        {
            page.Heading($"Model {model}", $"模型 {model}");
            if (papers?.Calibration is { } calibration)
            {
                page.Paragraph(
                        $"Calibration, on sources that the model was not trained on. Made by: {calibration.Command}",
                        $"校准：在未用于训练的数据来源上测得。生成命令：{calibration.Command}")
                    .Table(["Stated / 给出概率", "Observed / 实际比例", "Share of windows / 窗口占比"], calibration.Reliability.Select(p => new object?[] { p.Stated, p.Observed, p.Weight }));
            }

            if (papers?.Card is { } card)
            {
                page.Preformatted(card);
            }

            if (papers is null)
            {
                page.Paragraph("Its card was not at hand where this file was made.", "制作本文件处没有该模型的说明。");
            }
        }
    }
}
