// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Text;

namespace Detector.Analysis.Reporting;

/// <summary>One HTML file that needs nothing else: a title, a sentence, figures and tables.</summary>
internal sealed class HtmlPage
{
    private const string Style =
        "body{font:14px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;color:#1c2430}"
        + "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;font-size:12px}"
        + "th,td{border:1px solid #d5dae1;padding:3px 6px;text-align:right;white-space:nowrap}th{background:#f0f3f7}"
        + "td:first-child,th:first-child,td:nth-child(2){text-align:left}.scroll{overflow-x:auto}p.note{color:#55606e;max-width:75ch}"
        + "figure{display:inline-block;margin:1rem 2rem 0 0;vertical-align:top}figcaption{max-width:420px;color:#55606e;font-size:12px}";

    private readonly StringBuilder _html = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Title of the window.</param>
    /// <param name="heading">Heading of the page.</param>
    /// <param name="command">Command that makes it again.</param>
    /// <param name="about">What a reader must know first.</param>
    public HtmlPage(string title, string heading, string command, string about) => _html
        .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Text(title)).Append("</title><style>")
        .Append(Style).Append("</style></head><body>\n<h1>").Append(Text(heading)).Append("</h1>\n<p>Made by <code>").Append(Text(command)).Append("</code>. ")
        .Append(Text(about)).Append("</p>\n");

    /// <summary>Adds a plot with its caption.</summary>
    public void Figure(string svg, string caption) =>
        _html.Append("<figure>").Append(svg).Append("<figcaption>").Append(Text(caption)).Append("</figcaption></figure>\n");

    /// <summary>Adds a table.</summary>
    public void Table(ReportTable table)
    {
        _html.Append("<h2>").Append(Text(table.Title)).Append("</h2>\n<div class=\"scroll\"><table><thead><tr>");
        _html.AppendJoin(string.Empty, table.Columns.Select(c => $"<th>{Text(c)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            _html.Append("<tr>").AppendJoin(string.Empty, row.Select(c => $"<td>{Text(c)}</td>")).Append("</tr>\n");
        }

        _html.Append("</tbody></table></div>\n");
        if (table.Note is not null)
        {
            _html.Append("<p class=\"note\">").Append(Text(table.Note)).Append("</p>\n");
        }
    }

    /// <summary>The whole page.</summary>
    public override string ToString() => _html + "</body></html>\n";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
