// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Recordings.Csv;

/// <summary>Fields of a line by RFC 4180: commas, quotes around a field that holds one, a doubled quote inside.</summary>
internal static class CsvFields
{
    /// <summary>The fields as ranges of the line, quotes included; the number of fields, or -1 where a quote does not end.</summary>
    public static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var count = 0;
        var from = 0;
        while (count < fields.Length)
        {
            var rest = line[from..];
            int length;
            if (!rest.IsEmpty && rest[0] == '"')
            {
                length = QuotedLength(rest);
                if (length < 0)
                {
                    return -1;
                }
            }
            else
            {
                length = rest.IndexOf((byte)',');
                length = length < 0 ? rest.Length : length;
            }

            fields[count++] = from..(from + length);
            from += length + 1;
            if (from > line.Length)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>A field without its quotes, as text.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field.Trim(" \t"u8));
        return text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Every field of a line as text; null where a quote does not end.</summary>
    public static List<string>? Texts(ReadOnlySpan<byte> line)
    {
        var ranges = new Range[line.Count((byte)',') + 1];
        var count = Split(line, ranges);
        if (count < 0)
        {
            return null;
        }

        var texts = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            texts.Add(Text(line[ranges[i]]));
        }

        return texts;
    }

    /// <summary>A value as a field: in quotes where it must be.</summary>
    public static string Quote(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static int QuotedLength(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '"')
            {
                continue;
            }

            if (i + 1 < rest.Length && rest[i + 1] == '"')
            {
                i++;
                continue;
            }

            return i + 1 == rest.Length || rest[i + 1] == ',' ? i + 1 : -1;
        }

        return -1;
    }
}
