// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Detector.Cases.Printing;

/// <summary>A document as PDF, page after page: headings are bookmarks, tables carry their head on, every page its number. The same content gives the same bytes.</summary>
/// <remarks>One is made at a time, which bounds what printing takes of the machine; others wait.</remarks>
internal sealed class PdfPage : IPage, IDisposable
{
    private const double Margin = 42;
    private const double FooterSize = 7.5;
    private const double TextSize = 9;
    private const double HeadingSize = 12.5;
    private const double TitleSize = 17;
    private const double Leading = 1.35; // distance of lines as a multiple of the size

    private static readonly Lock Turn = new();
    private static readonly XColor Ink = XColor.FromArgb(0x11, 0x11, 0x11);
    private static readonly XColor Accent = XColor.FromArgb(0x0b, 0x4f, 0x8a);

    private readonly PdfPaper _paper;
    private readonly PdfDocument _document = new();
    private XGraphics _page;
    private double _at;

    private PdfPage(PdfPaper paper)
    {
        _paper = paper;
        var dated = paper.Dated.UtcDateTime;
        (_document.Info.Title, _document.Info.CreationDate, _document.Info.ModificationDate) = (paper.Title, dated, dated);
        _document.Options.NoCompression = !paper.Compressed;
        _document.Options.CompressContentStreams = paper.Compressed;
        _page = NewPage();
        Write(paper.Title, TitleSize, Accent);
        Skip(TextSize);
    }

    /// <summary>Room between the margins, in points.</summary>
    public double Width => _paper.Width - (2 * Margin);

    /// <summary>Room that is left on the page, in points.</summary>
    public double Left => _paper.Height - (2 * Margin) - _at;

    /// <summary>Makes a document.</summary>
    /// <param name="paper">What it is printed on.</param>
    /// <param name="write">Writes what it holds.</param>
    public static byte[] Make(PdfPaper paper, Action<PdfPage> write)
    {
        lock (Turn)
        {
            using var page = new PdfPage(paper);
            write(page);
            return page.End();
        }
    }

    /// <inheritdoc />
    public IPage Heading(string english, string chinese)
    {
        const int LinesKept = 4; // a heading is not left alone at the foot of a page
        var text = $"{english} / {chinese}";
        if (Left < ((HeadingSize + (LinesKept * TextSize)) * Leading) + TextSize)
        {
            Turnover();
        }

        Skip(TextSize);
        _document.Outlines.Add(PrintFont.Printable(text), _document.Pages[^1], opened: true);
        Write(text, HeadingSize, Accent);
        Skip(TextSize / 3);
        return this;
    }

    /// <inheritdoc />
    public IPage Paragraph(string english, string chinese)
    {
        Write(english, TextSize, Ink);
        Write(chinese, TextSize, Ink);
        Skip(TextSize / 2);
        return this;
    }

    /// <inheritdoc />
    public IPage Preformatted(string text)
    {
        Write(text, TextSize - 1.5, Ink);
        Skip(TextSize / 2);
        return this;
    }

    /// <inheritdoc />
    public IPage Drawing(string svg)
    {
        var drawing = SvgDrawing.Of(svg);
        var scale = Width / drawing.Width;
        if (Left < drawing.Height * scale)
        {
            Turnover();
        }

        drawing.Draw(_page, Margin, Margin + _at, scale);
        Skip((drawing.Height * scale) + TextSize);
        return this;
    }

    /// <inheritdoc />
    public IPage Table(string[] heads, IEnumerable<object?[]> rows)
    {
        new PdfTable(this, heads, rows).Write();
        Skip(TextSize);
        return this;
    }

    /// <summary>Goes on to the next page.</summary>
    public void Turnover()
    {
        _page.Dispose();
        _page = NewPage();
        _at = 0;
    }

    /// <summary>Goes down the page; nothing is drawn below its end.</summary>
    public void Skip(double points) => _at += points;

    /// <summary>A filled box at the place reached.</summary>
    public void Fill(double left, double width, double height, XColor color) =>
        _page.DrawRectangle(new XSolidBrush(color), Margin + left, Margin + _at, width, height);

    /// <summary>A thin frame at the place reached.</summary>
    public void Frame(double left, double width, double height, XColor color) =>
        _page.DrawRectangle(new XPen(color, 0.4), Margin + left, Margin + _at, width, height);

    /// <summary>One line of text below the place reached, which stays where it is.</summary>
    public void Line(string text, double left, double down, double size) =>
        _page.DrawString(text, PrintFont.Of(size), new XSolidBrush(Ink), Margin + left, Margin + _at + down + size);

    /// <inheritdoc />
    public void Dispose()
    {
        _page.Dispose();
        _document.Dispose();
    }

    private void Write(string text, double size, XColor color)
    {
        foreach (var line in TextLines.Break(PrintFont.Printable(text), Width / size))
        {
            if (Left < size * Leading)
            {
                Turnover();
            }

            _page.DrawString(line, PrintFont.Of(size), new XSolidBrush(color), Margin, Margin + _at + size);
            Skip(size * Leading);
        }
    }

    private XGraphics NewPage()
    {
        var page = _document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(_paper.Width), XUnit.FromPoint(_paper.Height));
        return XGraphics.FromPdfPage(page);
    }

    private byte[] End()
    {
        _page.Dispose();
        Footers();
        using var file = new MemoryStream();
        _document.Save(file, closeStream: false);
        return PdfStamp.Settle(file.ToArray());
    }

    private void Footers()
    {
        var title = PrintFont.Printable(_paper.Title);
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[i], XGraphicsPdfPageOptions.Append);
            var (font, brush) = (PrintFont.Of(FooterSize), new XSolidBrush(Ink));
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_document.PageCount}");
            var foot = _paper.Height - (Margin / 2);
            page.DrawString(TextLines.Break(title, (Width / FooterSize) - TextLines.WidthOf(number) - 1)[0], font, brush, Margin, foot);
            page.DrawString(number, font, brush, _paper.Width - Margin - (TextLines.WidthOf(number) * FooterSize), foot);
        }
    }
}
