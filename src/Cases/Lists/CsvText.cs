// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Cases.Lists;

/// <summary>Rows as CSV (RFC 4180, UTF-8, CRLF) in which nothing is run as a formula by a spreadsheet.</summary>
public static class CsvText
{
    /// <summary>One line of cells, ended.</summary>
    public static string Line(params ReadOnlySpan<object?> cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(i == 0 ? string.Empty : ",").Append(Cell(cells[i]));
        }

        return line.Append("\r\n").ToString();
    }

    /// <summary>One cell of text: quoted where it must be, and never a formula.</summary>
    /// <remarks>
    /// Text that begins as a formula does gets an apostrophe before it, as OWASP advises against CSV injection; line ends inside stay in quotes.
    /// </remarks>
    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var safe = text.TrimStart(' ', '\u00a0') is { Length: > 0 } trimmed && "=+-@\t\r\n＝＋－＠".Contains(trimmed[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        DateTimeOffset time => UtcText.Write(time),
        IFormattable number and (int or long or decimal or double) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Cell(value.ToString() ?? string.Empty),
    };
}
