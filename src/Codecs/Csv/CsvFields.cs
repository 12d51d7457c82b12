// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Codecs.Csv;

/// <summary>Cuts delimited text into lines and fields as RFC 4180 says; LF or CR LF; empty lines are passed over.</summary>
internal ref struct CsvFields(ReadOnlySpan<byte> payload, int start, byte delimiter)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private bool _isLineDone = true;

    /// <summary>Where the next byte is.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Where the line began.</summary>
    public int LineStart { get; private set; }

    /// <summary>Where the field began.</summary>
    public int FieldStart { get; private set; }

    /// <summary>What was wrong with the line's quotes; null where nothing was.</summary>
    public DecodeResult? Fault { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public readonly bool IsAtEnd => Position >= _payload.Length && (_payload.IsEmpty || _payload[^1] != '\n');

    public bool TryBeginLine()
    {
        while (Position < _payload.Length && _payload[Position] is (byte)'\r' or (byte)'\n')
        {
            Position++;
        }

        LineStart = Position;
        _isLineDone = Position >= _payload.Length;
        return !_isLineDone;
    }

    /// <summary>The next field of the line without its quotes; a quote doubled within quotes stays doubled: no number or time holds one.</summary>
    public bool TryNext(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_isLineDone || Fault is not null)
        {
            return false;
        }

        FieldStart = Position;
        return Position < _payload.Length && _payload[Position] == '"' ? TryQuoted(out field) : TryBare(out field);
    }

    public static bool TryNumber(ReadOnlySpan<byte> text, bool hasDecimalComma, out double number)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!hasDecimalComma)
        {
            return double.TryParse(text, styles, CultureInfo.InvariantCulture, out number);
        }

        Span<byte> pointed = stackalloc byte[64];
        number = 0;
        if (text.Length > pointed.Length || text.Contains((byte)'.'))
        {
            return false;
        }

        text.Replace(pointed, (byte)',', (byte)'.');
        return double.TryParse(pointed[..text.Length], styles, CultureInfo.InvariantCulture, out number);
    }

    private bool TryBare(out ReadOnlySpan<byte> field)
    {
        var length = _payload[Position..].IndexOfAny(delimiter, (byte)'\n');
        var end = length < 0 ? _payload.Length : Position + length;
        field = _payload[Position..end].Trim(" \t\r"u8);
        Pass(end);
        return true;
    }

    private bool TryQuoted(out ReadOnlySpan<byte> field)
    {
        var at = Position + 1;
        while (at < _payload.Length)
        {
            if (_payload[at] != '"')
            {
                at++;
            }
            else if (at + 1 < _payload.Length && _payload[at + 1] == '"')
            {
                at += 2;
            }
            else
            {
                field = _payload[(Position + 1)..at];
                var end = at + 1;
                if (end < _payload.Length && _payload[end] == '\r')
                {
                    end++;
                }

                if (end < _payload.Length && _payload[end] != delimiter && _payload[end] != '\n')
                {
                    Fault = DecodeResult.Rejected(RejectKind.Malformed, end, "Text follows a closing quote; double a quote that is part of a field.");
                    return false;
                }

                Pass(end);
                return true;
            }
        }

        field = default;
        Fault = DecodeResult.Rejected(RejectKind.Truncated, _payload.Length, "A quoted field does not end; send the whole message.");
        return false;
    }

    // Past the delimiter; a line end ends the line and is passed too.
    private void Pass(int end)
    {
        _isLineDone = end >= _payload.Length || _payload[end] != delimiter;
        Position = Math.Min(end + 1, _payload.Length);
    }
}
