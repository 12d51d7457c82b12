// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Codecs.LineProtocol;

/// <summary>Escapes and values of line protocol.</summary>
internal static class LineText
{
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        if (!text.Contains((byte)'\\') || text.Length > plain.Length)
        {
            return text;
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // A backslash before any other character stands for itself.
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is (byte)',' or (byte)'=' or (byte)' ' or (byte)'"' or (byte)'\\')
            {
                i++;
            }

            plain[length++] = text[i];
        }

        return plain[..length];
    }

    public static bool IsValue(ReadOnlySpan<byte> text) => TryNumber(text, out _) || text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8)
        || text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8) || text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8)
        || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8);

    public static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        var digits = text[^1] is (byte)'i' or (byte)'u' ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }
}
