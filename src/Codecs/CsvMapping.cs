// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>How delimited text is cut: section <c>Csv</c> of a mapping.</summary>
public sealed class CsvMapping
{
    /// <summary>Keys of the columns, in order; empty means that the first line of each payload names them. An empty name passes a column over.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>One character between fields; not a quote, a line end, or what numbers are made of.</summary>
    public string Delimiter { get; set; } = ",";

    /// <summary>Decimal separator, <c>.</c> or <c>,</c>.</summary>
    public string Decimal { get; set; } = ".";

    internal IEnumerable<(string Member, string Value, string Rule)> Faults()
    {
        if (Delimiter.Length != 1 || !char.IsAscii(Delimiter[0]) || char.IsAsciiLetterOrDigit(Delimiter[0]) || "\"\r\n.+-".Contains(Delimiter[0], StringComparison.Ordinal))
        {
            yield return ("Csv:Delimiter", Delimiter, "it must be one ASCII character that no number, time or quote holds, such as , or ;");
        }

        if (Decimal is not ("." or ","))
        {
            yield return ("Csv:Decimal", Decimal, "it must be . or ,");
        }
        else if (Decimal == Delimiter)
        {
            yield return ("Csv:Decimal", Decimal, "it is the delimiter too; choose another of the two");
        }
    }
}

/// <summary>A <see cref="CsvMapping"/> made ready.</summary>
internal sealed class CsvForm
{
    public CsvForm(CsvMapping csv, PayloadMapping mapping)
    {
        Columns = csv.Columns.Count == 0 ? null : [.. csv.Columns.Select(c => mapping.Bindings.FirstOrDefault(b => b.Key == c))];
        Delimiter = (byte)csv.Delimiter[0];
        HasDecimalComma = csv.Decimal == ",";
    }

    /// <summary>What each column holds, null where it is passed over; null altogether where the payload says.</summary>
    public KeyBinding?[]? Columns { get; }

    public byte Delimiter { get; }

    public bool HasDecimalComma { get; }
}
