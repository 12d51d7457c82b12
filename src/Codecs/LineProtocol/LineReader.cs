// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Codecs.LineProtocol;

/// <summary>Reads one line: <c>measurement[,tag=value…] field=value[,field=value…] [time]</c>.</summary>
/// <remarks>In measurement, tags and field keys a backslash takes the special sense from comma, equals sign and space; in quoted values from quote and backslash.</remarks>
internal ref struct LineReader(ReadOnlySpan<byte> payload, int start)
{
    private const int LongestText = 384; // UTF-8 of the longest meter name
    private readonly ReadOnlySpan<byte> _payload = payload;
    private readonly int _start = start;
    private int _at = start;

    /// <summary>Where the next line begins, after <see cref="Read"/>.</summary>
    public readonly int End => _at;

    /// <summary>Passes over an empty line or a comment.</summary>
    public readonly bool TryPassOver(out int next)
    {
        var rest = _payload[_start..];
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        next = end < 0 ? _payload.Length : _start + end + 1;
        var text = line.Trim(" \t\r"u8);
        return text.IsEmpty || text[0] == '#';
    }

    public DecodeResult Read(in DecodeContext context, ReadingBuffer readings)
    {
        PassSpaces();
        var assembler = default(ReadingAssembler);
        if (Token(isTag: true).IsEmpty)
        {
            return Malformed("the measurement is missing");
        }

        var result = ReadTags(context, ref assembler);
        if (result.IsDecoded)
        {
            result = ReadFields(context, ref assembler);
        }

        if (result.IsDecoded)
        {
            result = ReadTime(context, ref assembler);
        }

        if (!result.IsDecoded)
        {
            return result;
        }

        result = assembler.Finish(context, _start, out var reading);
        if (result.IsDecoded)
        {
            readings.Add(reading);
        }

        return result;
    }

    private DecodeResult ReadTags(in DecodeContext context, ref ReadingAssembler assembler)
    {
        Span<byte> plainKey = stackalloc byte[LongestText];
        Span<byte> plainValue = stackalloc byte[LongestText];
        while (_at < _payload.Length && _payload[_at] == ',')
        {
            _at++;
            var keyAt = _at;
            var key = LineText.Unescape(Token(isTag: true), plainKey);
            if (key.IsEmpty || Current != '=')
            {
                return Malformed("a tag needs a name, an equals sign and a value");
            }

            _at++;
            var valueAt = _at;
            var value = LineText.Unescape(Token(isTag: true), plainValue);
            if (value.IsEmpty)
            {
                return Malformed("a tag has no value");
            }

            if (context.Mapping.Find(key) is { Role: KeyRole.Meter or KeyRole.Kind or KeyRole.Quality or KeyRole.Unit } binding)
            {
                var taken = assembler.TryMeet(binding) ? assembler.SetText(binding.Role, value, context, valueAt) : ReadingAssembler.Duplicate(key, keyAt);
                if (!taken.IsDecoded)
                {
                    return taken;
                }
            }
        }

        return DecodeResult.Decoded(0);
    }

    private DecodeResult ReadFields(in DecodeContext context, ref ReadingAssembler assembler)
    {
        if (Current != ' ')
        {
            return Malformed("after measurement and tags a space and the fields must follow");
        }

        PassSpaces();
        Span<byte> plainKey = stackalloc byte[LongestText];
        while (true)
        {
            var keyAt = _at;
            var key = LineText.Unescape(Token(isTag: true), plainKey);
            if (key.IsEmpty || Current != '=')
            {
                return Malformed("a field needs a name, an equals sign and a value");
            }

            _at++;
            var result = ReadFieldValue(context.Mapping.Find(key), key, keyAt, context, ref assembler);
            if (!result.IsDecoded || Current != ',')
            {
                return result;
            }

            _at++;
        }
    }

    private DecodeResult ReadFieldValue(KeyBinding? binding, scoped ReadOnlySpan<byte> key, int keyAt, in DecodeContext context, ref ReadingAssembler assembler)
    {
        var valueAt = _at;
        Span<byte> plain = stackalloc byte[LongestText];
        ReadOnlySpan<byte> text;
        var isText = Current == '"';
        if (isText)
        {
            if (!TryQuoted(out text))
            {
                return DecodeResult.Rejected(RejectKind.Truncated, _payload.Length, "A quoted value does not end; send the whole line.");
            }
        }
        else
        {
            text = Token(isTag: false);
            if (text.IsEmpty)
            {
                return Malformed("a field has no value");
            }
        }

        if (binding is null or { Role: KeyRole.Time or KeyRole.Ignored })
        {
            return isText || LineText.IsValue(text) ? DecodeResult.Decoded(0) : Malformed("a field's value is neither a number, a boolean nor quoted text", valueAt);
        }

        if (!assembler.TryMeet(binding))
        {
            return ReadingAssembler.Duplicate(key, keyAt);
        }

        if (binding.Role is not (KeyRole.Quantity or KeyRole.Interval))
        {
            return isText
                ? assembler.SetText(binding.Role, LineText.Unescape(text, plain), context, valueAt)
                : DecodeResult.Rejected(RejectKind.WrongType, valueAt, $"The field '{Excerpt.Of(key)}' must be text in quotes.");
        }

        return !isText && LineText.TryNumber(text, out var number)
            ? assembler.SetNumber(binding, number, valueAt)
            : DecodeResult.Rejected(RejectKind.WrongType, valueAt, $"The field '{Excerpt.Of(key)}' must be a number, without quotes.");
    }

    private DecodeResult ReadTime(in DecodeContext context, ref ReadingAssembler assembler)
    {
        PassSpaces();
        var at = _at;
        var rest = _payload[_at..];
        var end = rest.IndexOf((byte)'\n');
        _at = end < 0 ? _payload.Length : _at + end + 1;
        var text = (end < 0 ? rest : rest[..end]).TrimEnd(" \r"u8);
        if (text.IsEmpty)
        {
            return DecodeResult.Decoded(0);
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(text)}' is not a whole number of the mapping's precision (nanoseconds unless told otherwise).");
        }

        var unit = context.Mapping.Precision == UnixUnit.ByMagnitude ? UnixUnit.Nanoseconds : context.Mapping.Precision;
        if (Instants.TryUnix(number, unit, out var moment) != InstantFault.None)
        {
            return DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(text)}' is out of range; send an existing date and time.");
        }

        assembler.SetTime(moment);
        return DecodeResult.Decoded(0);
    }

    private void PassSpaces()
    {
        while (_at < _payload.Length && _payload[_at] is (byte)' ' or (byte)'\t')
        {
            _at++;
        }
    }

    private readonly byte Current => _at < _payload.Length ? _payload[_at] : (byte)'\n';

    /// <summary>Bytes up to the next comma, space, line end and, for keys and tags, equals sign that is not escaped.</summary>
    private ReadOnlySpan<byte> Token(bool isTag)
    {
        var from = _at;
        for (; _at < _payload.Length; _at++)
        {
            var b = _payload[_at];
            if (isTag && b == '\\' && _at + 1 < _payload.Length && _payload[_at + 1] != '\n')
            {
                _at++;
                continue;
            }

            if (b is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' || (isTag && b == '='))
            {
                break;
            }
        }

        return _payload[from.._at];
    }

    private bool TryQuoted(out ReadOnlySpan<byte> text)
    {
        var from = ++_at;
        for (; _at < _payload.Length; _at++)
        {
            if (_payload[_at] == '\\' && _at + 1 < _payload.Length)
            {
                _at++;
            }
            else if (_payload[_at] == '"')
            {
                text = _payload[from.._at];
                _at++;
                return true;
            }
        }

        text = default;
        return false;
    }

    private readonly DecodeResult Malformed(string what) => Malformed(what, _at);

    private readonly DecodeResult Malformed(string what, int at) => at >= _payload.Length
        ? DecodeResult.Rejected(RejectKind.Truncated, _payload.Length, $"The line ends too early: {what}.")
        : DecodeResult.Rejected(RejectKind.Malformed, at, $"Not line protocol: {what}, but here is '{Excerpt.Of(_payload[at..])}'.");
}
