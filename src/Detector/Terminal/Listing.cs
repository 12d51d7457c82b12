// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Metering;
using Spectre.Console;

namespace Detector.Host.Terminal;

/// <summary>Columns and rows, written as a table, as JSON or as CSV on standard output.</summary>
internal sealed class Listing(params string[] columns)
{
    private readonly List<object?[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params object?[] values) => _rows.Add(values);

    public void Write(OutputFormat format, TextWriter output)
    {
        switch (format)
        {
            case OutputFormat.Json:
                var objects = _rows.Select(row => columns.Zip(row).ToDictionary(p => p.First, p => p.Second));
                output.WriteLine(JsonSerializer.Serialize(objects, FindingJson.Indented));
                break;
            case OutputFormat.Csv:
                output.WriteLine(string.Join(',', columns.Select(Quote)));
                foreach (var row in _rows)
                {
                    output.WriteLine(string.Join(',', row.Select(v => Quote(Text(v)))));
                }

                break;
            default:
                WriteTable(output);
                break;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        DateTimeOffset time => UtcText.Write(time),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    // A cell that a spreadsheet would run as a formula is made text, as OWASP advises against CSV injection.
    private static string Quote(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '@' or '\t' || (text.Length > 1 && text[0] is '+' or '-' && !double.TryParse(text, CultureInfo.InvariantCulture, out _)) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private void WriteTable(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 200;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column.Replace('_', ' '))));
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(v => new Text(Text(v)))]);
        }

        console.Write(table);
    }
}
