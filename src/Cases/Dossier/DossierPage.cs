// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Printing;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>What people read of a dossier, in a browser or on paper: everything in it is in the other files as data. English and Chinese side by side.</summary>
internal static class DossierPage
{
    /// <summary>Its title.</summary>
    public static string TitleOf(DossierFacts facts) => $"Evidence file of case {facts.Summary.Id} / 案件 {facts.Summary.Id} 证据文件";

    /// <summary>It as HTML; the same facts give the same bytes.</summary>
    public static byte[] Html(DossierFacts facts)
    {
        var page = new HtmlPage(TitleOf(facts));
        Write(page, facts);
        return Encoding.UTF8.GetBytes(page.End());
    }

    /// <summary>It as PDF, dated by the case's last event; the same facts give the same bytes.</summary>
    public static byte[] Pdf(DossierFacts facts) => PdfPage.Make(new PdfPaper(TitleOf(facts), facts.Events[^1].At), page => Write(page, facts));

    private static void Write(IPage page, DossierFacts facts)
    {
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
    }

    private static void Standing(IPage page, DossierFacts facts)
    {
        var s = facts.Summary;
        page.Heading("Where it stands", "现状").Table(
            ["", ""],
            [
                ["Site / 站点", string.Join(" · ", facts.Sites)],
                ["State / 状态", PageText.Of(s.State)],
                ["Opened / 立案时间", s.Opened],
                ["In this state since / 进入该状态时间", s.Since],
                ["Verdict / 判定", PageText.Of(s.Verdict)],
                ["Calibrated probability of mining / 校准后的挖矿概率", s.Probability],
                ["Share of the load / 占负荷比例", s.Share is { } share ? $"{CellText.Of(share.Low)} – {CellText.Of(share.Likely)} – {CellText.Of(share.High)}" : null],
                ["Onset: earliest – likely – latest / 起始：最早 – 最可能 – 最晚", s.Onset is { } onset ? $"{CellText.Of(onset.Earliest)} – {CellText.Of(onset.Likely)} – {CellText.Of(onset.Latest)}" : null],
                ["Stock or incremental / 存量或增量", PageText.Of(facts.Category.ToString().ToLowerInvariant())],
                ["Evidence version / 证据版本", s.EvidenceVersion],
                ["Model / 模型", s.Model],
                .. s.MergedInto is { } leading ? new object?[][] { ["Merged into / 并入案件", leading] } : [],
            ]);
    }

    private static void Evidence(IPage page, DossierFacts facts) => page.Heading("Evidence", "证据").Table(
        ["Version / 版本", "Joined / 并入时间", "Meter / 电表", "Verdict / 判定", "Probability / 概率", "p-value against honest loads / 相对正常负荷的 p 值", "Window / 判定区间", "Coverage / 完整率", "Cadence, s / 采集间隔（秒）", "Model / 模型"],
        facts.Evidence.Select(e => new object?[]
        {
            e.EvidenceVersion, e.Joined, e.Finding.Meter.Value, PageText.Of(e.Finding.Verdict), e.Finding.Probability, e.Finding.PValue,
            $"{UtcText.Write(e.Finding.Window.From)} – {UtcText.Write(e.Finding.Window.To)}", e.Finding.Coverage, e.Finding.CadenceSeconds, e.Finding.Model,
        }));

    private static void Features(IPage page, Finding finding)
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
                    r.Number is { } n ? $"{CellText.Of(n.Low)} – {CellText.Of(n.High)}" : null, r.Number?.Reference, $"{r.Text}\n{r.TextZh}",
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

    private static void Quality(IPage page, Finding finding) => page
        .Heading($"Quality of the readings of {finding.Meter}", $"{finding.Meter} 的读数质量")
        .Table(["Flag / 标志", "Readings / 读数"], [.. finding.Quality.Select(q => new object?[] { q.Flag, q.Readings }), .. finding.Missing.Select(m => new object?[] { m.Code, $"{m.Text}\n{m.TextZh}" })]);

    private static void Charts(IPage page, DossierFacts facts)
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

    private static void Money(IPage page, DossierFacts facts)
    {
        page.Heading("Money", "金额");
        if (facts.Surcharge is not { } statement)
        {
            page.Paragraph("Not counted: the evidence has no onset, or no readings are included.", "未计算：证据无起始时间，或未包含读数。");
            return;
        }

        var (from, until) = (UtcText.Write(statement.From), UtcText.Write(statement.Until));
        page.Paragraph(
                $"Surcharge on the energy from {from} to {until}, yuan: {CellText.Of(statement.Yuan.Low)} – {CellText.Of(statement.Yuan.Likely)} – {CellText.Of(statement.Yuan.High)}, because the onset is an interval. Hours without readings: {CellText.Of(statement.UncoveredHours)}; hours without a rule in force: {CellText.Of(statement.FreeHours)}.",
                $"{from} 至 {until} 电量的加价（元）：{CellText.Of(statement.Yuan.Low)} – {CellText.Of(statement.Yuan.Likely)} – {CellText.Of(statement.Yuan.High)}，因起始时间为区间。缺读数小时：{CellText.Of(statement.UncoveredHours)}；无有效规则小时：{CellText.Of(statement.FreeHours)}。")
            .Table(
                ["Month / 月份", "Period / 时段", "Yuan/kWh / 元每千瓦时", "kWh", "Yuan / 元", "Legal basis / 依据"],
                statement.Lines.Select(l => new object?[]
                {
                    l.Month, l.Period, l.YuanPerKilowattHour, $"{CellText.Of(l.KilowattHours.Low)} – {CellText.Of(l.KilowattHours.Likely)} – {CellText.Of(l.KilowattHours.High)}",
                    $"{CellText.Of(l.Yuan.Low)} – {CellText.Of(l.Yuan.Likely)} – {CellText.Of(l.Yuan.High)}", l.Basis,
                }));
    }

    private static void Measures(IPage page, DossierFacts facts) => page.Heading("Measures", "处置措施").Table(
        ["No.", "Measure / 措施", "State / 状态", "Legal basis / 依据", "Proposed / 提出", "Approved / 批准", "Ended / 终止"],
        facts.Measures.Select(m => new object?[]
        {
            m.Number, PageText.Of(m.Kind), PageText.Of(m.State), $"{m.Basis}\n{m.BasisZh}", $"{m.ProposedBy}, {CellText.Of(m.ProposedAt)}",
            m.ApprovedBy is { } by ? $"{by}, {CellText.Of(m.ApprovedAt)}" : null, m.EndedAt is { } ended ? $"{CellText.Of(ended)}, {m.EndedBy}" : null,
        }));

    private static void History(IPage page, DossierFacts facts) => page.Heading("Decision history", "处理经过").Table(
        ["Link / 链号", "When / 时间", "What / 事项", "Who / 人员", "On evidence / 依据证据版本", "Why / 理由", "With / 内容"],
        facts.Events.Select(e => new object?[]
        {
            e.Sequence, e.At, PageText.Of(e), e.Role is { } role ? $"{e.Actor}, {PageText.Of(role)}" : "the program / 系统", e.EvidenceVersion, e.Why, e.Data,
        }));

    private static void Attachments(IPage page, DossierFacts facts) => page.Heading("Files handed in", "附件").Table(
        ["File / 文件", "Name given / 原名", "Bytes / 字节", "SHA-256", "By / 提交人", "When / 时间"],
        facts.Attachments.Select(a => new object?[] { Cases.Attachments.AttachmentFacts.EntryOf(a), a.Name, a.Bytes, a.Sha256, a.By, a.At }));

    private static void Models(IPage page, DossierFacts facts)
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
