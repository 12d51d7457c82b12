// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Dossier;
using Detector.Cases.Measures;
using Detector.Cases.Printing;
using Detector.Metering;

namespace Detector.Cases.Lists;

/// <summary>The lists on paper, to be read and filed: fewer and wider columns than the tables, a summary first, English and Chinese.</summary>
/// <remarks>The same list as known at the same moment gives the same bytes.</remarks>
public static class ListPdf
{
    /// <summary>Media type of the file.</summary>
    public const string MediaType = "application/pdf";

    /// <summary>Rows that are printed at most, some six hundred pages; who wants more wants a workbook.</summary>
    public const int MostRows = 10_000;

    /// <summary>The project list.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="asOf">The moment it is known at, UTC.</param>
    /// <exception cref="ListTooLongException">There are more than <see cref="MostRows"/>.</exception>
    public static byte[] Of(IReadOnlyCollection<ProjectRow> rows, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Make("Project list / 项目清单", asOf, rows.Count, page =>
        {
            page.Paragraph("Every case that is neither refuted nor closed nor merged into another, as known at the time named. The system proposes; people decide.", "截至所示时间，所有尚未排除、结案或并入他案的案件。系统提出建议，由人决定。")
                .Heading("In short", "概要");
            Counts(page, "State / 状态", rows, r => PageText.Of(r.State));
            Counts(page, "Region / 地区", rows, r => r.Site.Region);
            page.Heading("Projects", "项目").Table(
                ["Case / 案件", "Site / 站点", "Region, feeder / 地区、馈线", "Owner, declared use / 业主、申报用途", "State, since / 状态、起始", "Stock or incremental / 存量或增量", "Probability / 概率", "Share / 占比", "Onset / 起始", "Measures / 处置措施"],
                rows.Select(r => new object?[]
                {
                    $"{r.CaseId}\n{Minute(r.Opened)}", Lines([Named(r.Site), .. r.FurtherSites]), Lines(r.Site.Region, r.Site.Feeder), Lines(r.Site.Owner, r.Site.DeclaredUse.Name()), $"{PageText.Of(r.State)}\n{Minute(r.Since)}",
                    PageText.Of(r.Category.ToString().ToLowerInvariant()), r.Finding.Probability,
                    r.Finding.Share is { } share ? $"{CellText.Of(share.Low)} – {CellText.Of(share.Likely)} – {CellText.Of(share.High)}" : null,
                    r.Finding.Onset is { } onset ? $"{Minute(onset.Earliest)}\n{Minute(onset.Likely)}\n{Minute(onset.Latest)}" : null,
                    string.Join('\n', r.Measures.Select(m => $"{PageText.Of(m.Kind)}: {PageText.Of(m.State)}")),
                }));
        });
    }

    /// <summary>The coverage report.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="asOf">The moment it is known at, UTC.</param>
    /// <exception cref="ListTooLongException">There are more than <see cref="MostRows"/>.</exception>
    public static byte[] Of(IReadOnlyCollection<CoverageRow> rows, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Make("Coverage report / 覆盖报告", asOf, rows.Count, page =>
        {
            page.Paragraph("Every meter that is registered or was judged: what was found, or why nothing could be.", "所有已登记或已判定的电表：判定结果，或无法判定的原因。")
                .Heading("In short", "概要");
            Counts(page, "Verdict / 判定", rows, r => Verdict(r));
            Counts(page, "What is missing / 缺少", rows.SelectMany(r => r.Finding?.Missing ?? []).ToList(), m => $"{m.Text}\n{m.TextZh}");
            page.Heading("Meters", "电表").Table(
                ["Site / 站点", "Meter / 电表", "Region, feeder / 地区、馈线", "Owner, declared use / 业主、申报用途", "Verdict, judged / 判定、时间", "Window / 判定区间", "Coverage / 完整率", "What is missing / 缺少"],
                rows.Select(r => new object?[]
                {
                    Named(r.Site), r.Meter.Value, Lines(r.Site.Region, r.Site.Feeder), Lines(r.Site.Owner, r.Site.DeclaredUse.Name()),
                    Lines(Verdict(r), r.Judged is { } judged ? Minute(judged) : null),
                    r.Finding is { } finding ? $"{Minute(finding.Window.From)}\n{Minute(finding.Window.To)}" : null, r.Finding?.Coverage,
                    string.Join('\n', (r.Finding?.Missing ?? []).Select(m => $"{m.Text}\n{m.TextZh}")),
                }));
        });
    }

    private static byte[] Make(string title, DateTimeOffset asOf, int rows, Action<IPage> write)
    {
        if (rows > MostRows)
        {
            throw new ListTooLongException(rows);
        }

        return PdfPage.Make(new PdfPaper($"{title}, {Minute(asOf)}", asOf) { Landscape = true, Compressed = true }, write);
    }

    private static void Counts<T>(IPage page, string head, IReadOnlyCollection<T> rows, Func<T, string?> of) => page.Table(
        [head, "Count / 数量"],
        rows.GroupBy(row => of(row) ?? string.Empty, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new object?[] { g.Key, g.Count() }));

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Verdict(CoverageRow row) => row.Finding is { } finding ? PageText.Of(finding.Verdict) : "not judged / 未判定";

    private static string Named(SitePlace site) => site.Name == site.Site ? site.Site : $"{site.Name}\n{site.Site}";

    private static string Lines(params string?[] texts) => string.Join('\n', texts.Where(t => !string.IsNullOrEmpty(t)));
}

/// <summary>A list is too long to be printed; its message says what to take instead.</summary>
/// <param name="rows">Rows that it has.</param>
public sealed class ListTooLongException(int rows)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The list has {rows:N0} rows, and {ListPdf.MostRows:N0} are printed at most: choose a region or feeder, or take csv or xlsx."));
