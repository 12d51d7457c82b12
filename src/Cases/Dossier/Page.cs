// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>An HTML page without scripts or anything from outside: text is always encoded, numbers and times have one form everywhere.</summary>
internal sealed class Page
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();

    public Page(string title) => _html.Append($$"""
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

    public Page Heading(string english, string chinese) => Raw($"<h2>{Encoder.Encode(english)} / {Encoder.Encode(chinese)}</h2>\n");

    public Page Paragraph(string english, string chinese) => Raw($"<p>{Encoder.Encode(english)}<br>{Encoder.Encode(chinese)}</p>\n");

    public Page Preformatted(string text) => Raw($"<pre>{Encoder.Encode(text.ReplaceLineEndings("\n"))}</pre>\n");

    /// <summary>A drawing that this program made; nothing that came from outside but what it encoded.</summary>
    public Page Drawing(string svg) => Raw(svg);

    /// <summary>A table; cells are shown as <see cref="Show"/> writes them.</summary>
    public Page Table(string[] heads, IEnumerable<object?[]> rows)
    {
        Raw("<table>\n<tr>" + string.Concat(heads.Select(h => $"<th>{Encoder.Encode(h)}</th>")) + "</tr>\n");
        foreach (var row in rows)
        {
            Raw("<tr>" + string.Concat(row.Select(cell => $"<td>{Encoder.Encode(Show(cell)).Replace("&#xA;", "<br>", StringComparison.Ordinal)}</td>")) + "</tr>\n");
        }

        return Raw("</table>\n");
    }

    public string End() => _html.Append("</body>\n</html>\n").ToString();

    /// <summary>Absent values as a dash, times in UTC, numbers with at most four digits after the point; money keeps its cents.</summary>
    public static string Show(object? value) => value switch
    {
        null or "" => "–",
        DateTimeOffset time => UtcText.Write(time),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        decimal money => money.ToString("0.00##", CultureInfo.InvariantCulture),
        IFormattable other and (int or long) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.ReplaceLineEndings("\n"),
    };

    private Page Raw(string html)
    {
        _html.Append(html);
        return this;
    }
}
