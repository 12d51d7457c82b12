// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Lists;
using Detector.Cases.Tests.Printing;
using Detector.Metering;

namespace Detector.Cases.Tests.Lists;

/// <summary>The lists on paper.</summary>
public sealed class ListPdfTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 4, 2, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task The_project_list_names_each_project_where_it_is_and_how_it_stands()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenCaseAsync();
        var rows = await new ListDesk(bench.Desk).ProjectsAsync(SiteRegistry.Empty, null, default);
        var file = ListPdf.Of(rows, AsOf);
        var text = PdfText.Of(file);
        Assert.Multiple(() =>
        {
            Assert.That(text.Whole, Does.Contain("Projectlist/项目清单").And.Contain(id).And.Contain(rows[0].Site.Site).And.Contain("screened/已筛出"));
            Assert.That(text.Title, Does.EndWith("2026-04-02 00:00Z"));
            Assert.That(ListPdf.Of(rows, AsOf), Is.EqualTo(file));
        });
    }

    [Test]
    public void The_coverage_report_counts_what_could_not_be_judged_and_says_why()
    {
        var missing = CasesBench.Finding(day: 1) with { Verdict = Verdict.Insufficient, Missing = [new MissingEvidence("coverage", "Too few readings.", "读数过少。")] };
        CoverageRow[] rows = [new(missing.Meter, Place("a"), AsOf, missing), new(MeterId.Of("m-2"), Place("b"), null, null)];
        var text = PdfText.Of(ListPdf.Of(rows, AsOf));
        Assert.That(text.Whole, Does.Contain("Toofewreadings.读数过少。1").And.Contain("notjudged/未判定1").And.Contain("insufficient/无法判定1").And.Contain("城西线"));
    }

    [Test]
    public void A_list_too_long_for_paper_says_what_to_take_instead()
    {
        var rows = Enumerable.Range(0, ListPdf.MostRows + 1).Select(i => new CoverageRow(MeterId.Of($"m-{i}"), Place("a"), null, null)).ToArray();
        Assert.That(() => ListPdf.Of(rows, AsOf), Throws.TypeOf<ListTooLongException>().With.Message.Contains("10,001").And.Message.Contains("xlsx"));
    }

    private static SitePlace Place(string site) => new(site, "厂", "海南", "城西线", null, DeclaredUse.Unknown);
}
