// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Globalization;

namespace Detector.Codecs.Plain;

/// <summary>One number, with its unit behind it or without. See the README beside this file.</summary>
internal sealed class PlainCodec : IPayloadCodec
{
    private const int LongestNumber = 64;
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly KeyBinding Value = new(0, "value", KeyRole.Quantity);

    /// <inheritdoc />
    public string Name => "plain";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var text = payload.TrimStart(" \t\r\n"u8);
        var at = payload.Length - text.Length;
        text = text.TrimEnd(" \t\r\n\0"u8); // firmware in C sends the closing zero at times
        if (text.IsEmpty)
        {
            return DecodeResult.Rejected(RejectKind.Empty, 0, "The payload is blank; send a number.");
        }

        var length = text.IndexOfAnyExcept(OfNumbers);
        length = length < 0 ? text.Length : length;
        if (text[..length] is [.., (byte)'e' or (byte)'E'] or [])
        {
            return NotANumber(text, at);
        }

        if (length > LongestNumber || !double.TryParse(text[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
        {
            return NotANumber(text, at);
        }

        var assembler = default(ReadingAssembler);
        var result = assembler.SetNumber(Value, number, at);
        var unit = text[length..].TrimStart(" \t"u8);
        if (result.IsDecoded && !unit.IsEmpty)
        {
            result = assembler.SetUnit(unit, at + text.Length - unit.Length);
        }

        if (!result.IsDecoded)
        {
            return result;
        }

        result = assembler.Finish(context, at, out var reading);
        if (!result.IsDecoded)
        {
            return result;
        }

        readings.Add(reading);
        return DecodeResult.Decoded(1);
    }

    private static DecodeResult NotANumber(ReadOnlySpan<byte> text, int at) =>
        DecodeResult.Rejected(RejectKind.Malformed, at, $"'{Excerpt.Of(text)}' is not a number, with a unit behind it or without; the decimal separator is a point.");
}
