// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Codecs.Json;

/// <summary>Walks the tokens of one payload.</summary>
internal readonly ref struct JsonElementReader(int skipped)
{
    private const int LongestText = 384; // UTF-8 of the longest meter name; keys, times and kinds are shorter

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return Ended(ref reader);
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return ReadElement(ref reader, context, readings);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is neither an object nor an array of objects.");
        }

        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return count > 0
                    ? DecodeResult.Decoded(count)
                    : DecodeResult.Rejected(RejectKind.Empty, At(ref reader), "The array is empty; send at least one reading.");
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), $"Element {count} of the array is not an object.");
            }

            var result = ReadElement(ref reader, context, readings);
            if (!result.IsDecoded)
            {
                return result;
            }

            count++;
        }

        return Ended(ref reader);
    }

    private DecodeResult ReadElement(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        var start = At(ref reader);
        var assembler = default(ReadingAssembler);
        Span<byte> unescaped = stackalloc byte[LongestText];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                var made = assembler.Finish(context, start, out var reading);
                if (made.IsDecoded)
                {
                    readings.Add(reading);
                }

                return made;
            }

            var length = Unescape(ref reader, unescaped);
            var key = length < 0 ? reader.ValueSpan : unescaped[..length];
            var role = context.Mapping.RoleOf(key);
            if (role != KeyRole.None && !assembler.TryMeet(role))
            {
                return ReadingAssembler.Duplicate(key, At(ref reader));
            }

            if (!reader.Read())
            {
                break;
            }

            if (role == KeyRole.None)
            {
                if (!reader.TrySkip())
                {
                    break;
                }

                continue;
            }

            var taken = Take(ref reader, role, context, ref assembler, unescaped);
            if (!taken.IsDecoded)
            {
                return taken;
            }
        }

        return Ended(ref reader);
    }

    private DecodeResult Take(ref Utf8JsonReader reader, KeyRole role, in DecodeContext context, ref ReadingAssembler assembler, scoped Span<byte> unescaped)
    {
        var at = At(ref reader);
        if (reader.TokenType == JsonTokenType.Null)
        {
            assembler.Unmeet(role); // null says "not given"
            return DecodeResult.Decoded(0);
        }

        if (role >= KeyRole.FirstQuantity || role == KeyRole.Interval)
        {
            return reader.TokenType == JsonTokenType.Number
                ? assembler.SetNumber(role, reader.TryGetDouble(out var number) ? number : double.NaN, at)
                : DecodeResult.Rejected(RejectKind.WrongType, at, "A quantity must be a JSON number; send it without quotes.");
        }

        var isText = reader.TokenType == JsonTokenType.String;
        if (role == KeyRole.Time && reader.TokenType == JsonTokenType.Number)
        {
            return TakeUnixTime(reader.ValueSpan, context.Mapping.Precision, ref assembler, at);
        }

        if (role == KeyRole.Quality && !isText)
        {
            if (!reader.TrySkip())
            {
                return Ended(ref reader);
            }

            assembler.SetQuality(QualityFlags.Suspect); // a code whose table is not known is a reservation, not a fault
            return DecodeResult.Decoded(0);
        }

        if (!isText)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, "The value of this key must be text in quotes (a time may be a number).");
        }

        var length = Unescape(ref reader, unescaped);
        return TakeText(length < 0 ? reader.ValueSpan : unescaped[..length], role, context, ref assembler, at);
    }

    private static DecodeResult TakeText(ReadOnlySpan<byte> text, KeyRole role, in DecodeContext context, ref ReadingAssembler assembler, int at)
    {
        switch (role)
        {
            case KeyRole.Time:
                var fault = Instants.TryParse(text, context.Mapping.Precision, out var moment);
                return assembler.SetTime(fault, moment, text, at);
            case KeyRole.Kind:
                return assembler.SetKind(text, at);
            case KeyRole.Meter:
                return assembler.SetMeter(text, context.Names, at);
            default:
                assembler.SetQuality(text);
                return DecodeResult.Decoded(0);
        }
    }

    private static DecodeResult TakeUnixTime(ReadOnlySpan<byte> number, UnixUnit unit, ref ReadingAssembler assembler, int at)
    {
        DateTimeOffset moment = default;
        var fault = decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Instants.TryUnix(value, unit, out moment)
            : InstantFault.OutOfRange;
        return assembler.SetTime(fault, moment, number, at);
    }

    /// <summary>Length of the unescaped text; negative where the text stands as it is, or is longer than any that is known.</summary>
    private static int Unescape(ref Utf8JsonReader reader, scoped Span<byte> unescaped) =>
        reader.ValueIsEscaped && reader.ValueSpan.Length <= unescaped.Length ? reader.CopyString(unescaped) : -1;

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;

    private DecodeResult Ended(ref Utf8JsonReader reader)
    {
        var at = skipped + (int)reader.BytesConsumed;
        return DecodeResult.Rejected(RejectKind.Truncated, at, "The JSON ends in the middle; send the whole message, and check the publisher's buffer size.");
    }
}
