// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Cases.Printing;

namespace Detector.Cases.Tests.Printing;

/// <summary>Documents on paper: nothing is lost at the end of a line or a page, nothing reads otherwise than it is written, and the same content gives the same bytes.</summary>
public sealed class PdfPageTests
{
    private static readonly PdfPaper Paper = new("Title / 标题", new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero));

    [Test]
    public void Text_of_both_languages_can_be_read_back_and_headings_are_bookmarks()
    {
        var text = PdfText.Of(PdfPage.Make(Paper, page => page.Heading("Evidence", "证据").Paragraph("A café's load: 5 ≤ x → y", "虚拟货币“挖矿”，海南省儋州市").Preformatted("a\n\tb")));
        Assert.Multiple(() =>
        {
            Assert.That(text.Whole, Does.Contain("Evidence/证据").And.Contain("Acafé'sload:5≤x→y").And.Contain("虚拟货币“挖矿”，海南省儋州市"));
            Assert.That(text.Bookmarks, Is.EqualTo(new[] { "Evidence / 证据" }));
            Assert.That(text.Title, Is.EqualTo("Title / 标题"));
            Assert.That(text.AllOnPaper, Is.True);
        });
    }

    [TestCase("a\u202eb", "a[U+202E]b", TestName = "A mark that turns text round is shown")]
    [TestCase("a\u0000b", "a[U+0000]b", TestName = "A control character is shown")]
    [TestCase("\U0001F600", "[U+1F600]", TestName = "What the typeface lacks is shown as its code point")]
    [TestCase("\u0e01", "[U+0E01]", TestName = "So is a letter of another script")]
    [TestCase("堃喆祎", "堃喆祎", TestName = "Rare characters of names are printed")]
    [TestCase("\U00020164", "[U+20164]", TestName = "Those beyond the basic plane as their code point")]
    [TestCase("<script>alert(1)</script>=1+1", "<script>alert(1)</script>=1+1", TestName = "What would run elsewhere is text")]
    public void Outside_text(string text, string printed)
    {
        var file = PdfPage.Make(Paper, page => page.Paragraph(text, string.Empty));
        Assert.That(PdfText.Of(file).Whole, Does.Contain(printed));
        Assert.That(Encoding.Latin1.GetString(file), Does.Not.Contain("/JavaScript").And.Not.Contain("/Launch").And.Not.Contain("/URI"));
    }

    [Test]
    public void A_long_table_has_its_head_on_every_page_and_every_row_once()
    {
        var rows = Enumerable.Range(0, 200).Select(i => new object?[] { $"row{i:D3}.", "电表", 1.5 }).ToList();
        var text = PdfText.Of(PdfPage.Make(Paper with { Landscape = true }, page => page.Table(["Name / 名称", "Meter / 电表", "kW"], rows)));
        Assert.Multiple(() =>
        {
            Assert.That(text.Pages, Has.Count.InRange(4, 9).And.All.Contain("Name/名称"));
            Assert.That(text.Pages.Select((page, i) => page.Contains($"{i + 1}/{text.Pages.Count}", StringComparison.Ordinal)), Is.All.True, "numbers of the pages");
            Assert.That(rows.Select(row => Count(text.Whole, (string)row[0]!)), Is.All.EqualTo(1));
            Assert.That(text.AllOnPaper, Is.True);
        });
    }

    [Test]
    public void A_row_longer_than_a_page_goes_on_with_the_head_and_loses_nothing()
    {
        var words = Enumerable.Range(0, 3_000).Select(i => $"w{i}.").ToList();
        var text = PdfText.Of(PdfPage.Make(Paper, page => page.Table(["Head", "Text"], [[1, string.Join(' ', words)], ["last", null]])));
        Assert.Multiple(() =>
        {
            Assert.That(text.Pages, Has.Count.GreaterThan(2).And.All.Contain("Head"));
            Assert.That(words.Where(w => !text.Whole.Contains(w, StringComparison.Ordinal)), Is.Empty);
            Assert.That(text.Whole, Does.Contain("last"));
            Assert.That(text.AllOnPaper, Is.True);
        });
    }

    [Test]
    public void A_text_without_a_place_to_break_is_broken_anywhere()
    {
        var hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 40));
        var text = PdfText.Of(PdfPage.Make(Paper, page => page.Table(["a", "b", "c"], [[hash, "x", hash]])));
        Assert.That((Count(text.Whole.Replace("x", string.Empty, StringComparison.Ordinal), "0"), text.AllOnPaper), Is.EqualTo((80, true)));
    }

    [Test]
    public void The_same_content_gives_the_same_bytes_and_another_other_names([Values] bool compressed)
    {
        byte[] Make(string text) => PdfPage.Make(Paper with { Compressed = compressed }, page => page.Paragraph(text, "证据"));
        var first = Make("a");
        Assert.That(Make("a"), Is.EqualTo(first));
        Assert.That(Encoding.Latin1.GetString(first), Does.Match(@"/[A-Z]{6}\+Noto").And.Match("uuid:[0-9a-f-]{36}").And.Match(@"/ID\s*\[<[0-9A-F]{32}>"));
        Assert.That(IdOf(Make("b")), Is.Not.EqualTo(IdOf(first)));
    }

    [Test]
    public void Many_are_made_at_a_time_and_none_disturbs_another()
    {
        var alone = Enumerable.Range(0, 8).Select(Numbered).ToList();
        var together = new byte[alone.Count][];
        Parallel.For(0, alone.Count, i => together[i] = Numbered(i));
        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public void Columns_get_what_they_want_while_there_is_room_and_share_the_rest()
    {
        Assert.That(PdfTable.Shares([10, 20], 100), Is.EqualTo(new double[] { 10, 20 }));
        var shares = PdfTable.Shares([10, 400, 1_600], 100);
        Assert.Multiple(() =>
        {
            Assert.That(shares.Sum(), Is.EqualTo(100).Within(1e-9));
            Assert.That(shares[2] / shares[1], Is.EqualTo(2).Within(1e-9));
            Assert.That(shares[0], Is.LessThanOrEqualTo(10).And.GreaterThan(0));
        });
    }

    [Test]
    public void A_drawing_with_a_part_that_is_not_printed_is_refused_and_not_left_out()
    {
        const string Circle = """<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle r="4"/></svg>""";
        Assert.That(() => PdfPage.Make(Paper, page => page.Drawing(Circle)), Throws.TypeOf<NotSupportedException>().With.Message.Contains("circle"));
    }

    private static byte[] Numbered(int number) => PdfPage.Make(Paper, page => page.Table(["n"], Enumerable.Range(0, 60).Select(i => new object?[] { $"{number}: {i} 数量" })));

    private static string IdOf(byte[] file) => Encoding.Latin1.GetString(file)[^200..];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
