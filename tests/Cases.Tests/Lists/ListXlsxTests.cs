// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Xml.Linq;
using Detector.Cases.Lists;

namespace Detector.Cases.Tests.Lists;

/// <summary>Lists as workbooks: read back as XML, because that is what a spreadsheet program does.</summary>
public sealed class ListXlsxTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly object?[][] Rows =
    [
        ["=1+1", 12.5, null, new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero)],
        ["@SUM(A1) 厂\u0001<&>", 7L, "line\nend", "\U0001F600"],
    ];

    [Test]
    public async Task Text_is_text_and_never_a_formula_numbers_are_numbers()
    {
        var sheets = await ReadAsync(await WriteAsync(Rows));
        var cells = sheets.Single().Value;
        Assert.That(cells.Select(r => string.Join('|', r)), Is.EqualTo(new[] { "a|b|c|d", "=1+1|12.5||2026-04-02T00:00:00Z", "@SUM(A1) 厂\ufffd<&>|7|line\nend|\U0001F600" }));
    }

    [Test]
    public async Task The_same_list_gives_the_same_bytes_at_any_time()
    {
        var first = await WriteAsync(Rows);
        var made = StepOfZip();
        while (StepOfZip() == made)
        {
            await Task.Delay(20); // a ZIP dates its entries to two seconds: until the next date
        }

        Assert.That(await WriteAsync(Rows), Is.EqualTo(first));
    }

    private static long StepOfZip() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 2;

    [Test]
    public async Task A_long_list_goes_on_in_another_sheet_with_its_head()
    {
        var sheets = await ReadAsync(await WriteAsync([.. Enumerable.Range(0, 5).Select(i => new object?[] { $"row {i}" })], rowsOfSheet: 3));
        Assert.That(sheets.Keys, Is.EqualTo(new[] { "projects", "projects 2", "projects 3" }));
        Assert.That(sheets.Values.Select(rows => string.Join(' ', rows.Select(r => r[0]))), Is.EqualTo(new[] { "a row 0 row 1", "a row 2 row 3", "a row 4" }));
    }

    [Test]
    public async Task An_empty_list_has_its_head_and_a_long_text_says_that_it_was_cut()
    {
        Assert.That((await ReadAsync(await WriteAsync([]))).Single().Value.Single(), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        var cut = (await ReadAsync(await WriteAsync([[new string('x', 40_000)]]))).Single().Value[1][0];
        Assert.That((cut.Length, cut[^1]), Is.EqualTo((32_767, '…')));
    }

    private static async Task<byte[]> WriteAsync(object?[][] rows, int rowsOfSheet = ListXlsx.RowsOfSheet)
    {
        using var file = new MemoryStream();
        await ListXlsx.WriteAsync(new ListTable("projects", ["a", "b", "c", "d"], rows), file, default, rowsOfSheet);
        return file.ToArray();
    }

    private static async Task<Dictionary<string, List<List<string>>>> ReadAsync(byte[] file)
    {
        await using var book = new ZipArchive(new MemoryStream(file));
        Assert.That(book.Entries.Select(e => e.FullName), Has.None.Contain("vba").And.None.Contain("externalLink"));
        var shared = await XmlAsync(book, "xl/sharedStrings.xml");
        var texts = shared?.Root!.Elements(Main + "si").Select(s => s.Value).ToList() ?? [];
        var names = (await XmlAsync(book, "xl/workbook.xml"))!.Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!).ToList();
        var sheets = new Dictionary<string, List<List<string>>>();
        for (var i = 0; i < names.Count; i++)
        {
            var sheet = (await XmlAsync(book, $"xl/worksheets/sheet{i + 1}.xml"))!;
            Assert.That(sheet.Descendants(Main + "f"), Is.Empty, "a formula");
            sheets[names[i]] = [.. sheet.Descendants(Main + "row").Select(r => r.Elements(Main + "c").Select(c => (string?)c.Attribute("t") == "s" ? texts[(int)c.Element(Main + "v")!] : c.Value).ToList())];
        }

        return sheets;
    }

    private static async Task<XDocument?> XmlAsync(ZipArchive book, string name)
    {
        if (book.GetEntry(name) is not { } entry)
        {
            return null;
        }

        await using var text = await entry.OpenAsync();
        return await XDocument.LoadAsync(text, LoadOptions.PreserveWhitespace, default);
    }
}
