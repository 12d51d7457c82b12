// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Detector.Cases.Printing;

/// <summary>An HTML page without scripts or anything from outside: text is always encoded.</summary>
internal sealed class HtmlPage : IPage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();

    public HtmlPage(string title) => _html.Append($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{{Encoder.Encode(title)}}</title>
        <style>
        body { font: 15px/1.5 sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em; color: #111 }
        table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em }
        th, td { border: 1px solid #bbb; padding: .3em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
        th { background: #eee }
        svg { max-width: 100%; height: auto; border: 1px solid #bbb }
        pre { white-space: pre-wrap; background: #f6f6f6; padding: 1em }
        </style>
        </head>
        <body>
        <h1>{{Encoder.Encode(title)}}</h1>

        """.ReplaceLineEndings("\n"));

    public IPage Heading(string english, string chinese) => Raw($"<h2>{Encoder.Encode(english)} / {Encoder.Encode(chinese)}</h2>\n");

    public IPage Paragraph(string english, string chinese) => Raw($"<p>{Encoder.Encode(english)}<br>{Encoder.Encode(chinese)}</p>\n");

    public IPage Preformatted(string text) => Raw($"<pre>{Encoder.Encode(text.ReplaceLineEndings("\n"))}</pre>\n");

    public IPage Drawing(string svg) => Raw(svg);

    public IPage Table(string[] heads, IEnumerable<object?[]> rows)
    {
        Raw("<table>\n<tr>" + string.Concat(heads.Select(h => $"<th>{Encoder.Encode(h)}</th>")) + "</tr>\n");
        foreach (var row in rows)
        {
            Raw("<tr>" + string.Concat(row.Select(cell => $"<td>{Encoder.Encode(CellText.Of(cell)).Replace("&#xA;", "<br>", StringComparison.Ordinal)}</td>")) + "</tr>\n");
        }

        return Raw("</table>\n");
    }

    /// <summary>The page as text.</summary>
    public string End() => _html.Append("</body>\n</html>\n").ToString();

    private HtmlPage Raw(string html)
    {
        _html.Append(html);
        return this;
    }
}
