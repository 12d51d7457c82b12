// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Codecs.Json;

namespace Detector.Codecs.SenMl;

/// <summary>Reads the records of a pack in JSON.</summary>
internal readonly struct SenMlReader(int skipped) : IJsonRoot<SenMlReader>
{
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    public static SenMlReader Make(int skipped) => new(skipped);

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return JsonFrame.Ended(skipped, ref reader);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is not an array of records, as SenML is.");
        }

        var pack = SenMlPack.Begin();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return pack.Finish(context, readings, skipped);
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "A record is not an object.");
            }

            var record = new SenMlRecord { At = At(ref reader) };
            var result = ReadRecord(ref reader, pack, ref record);
            result = result.IsDecoded ? pack.Take(record, context) : result;
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadRecord(ref Utf8JsonReader reader, SenMlPack pack, ref SenMlRecord record)
    {
        var met = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return Fine;
            }

            var field = SenMlFields.Of(reader.ValueSpan);
            var at = At(ref reader);
            if (field == SenMlField.MustUnderstand)
            {
                return SenMlPack.NotUnderstood(reader.ValueSpan, at);
            }

            if (field != SenMlField.Unknown && (met & (1 << (int)field)) != 0)
            {
                return ReadingAssembler.Duplicate(reader.ValueSpan, at);
            }

            met |= 1 << (int)field;
            if (!reader.Read())
            {
                break;
            }

            var result = SenMlFields.IsText(field) ? ReadText(ref reader, field, pack, ref record)
                : SenMlFields.IsNumber(field) ? ReadNumber(ref reader, field, pack, ref record)
                : reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadText(ref Utf8JsonReader reader, SenMlField field, SenMlPack pack, ref SenMlRecord record)
    {
        var at = At(ref reader);
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > SenMlPack.LongestText)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, FormattableString.Invariant($"A name or unit must be text of at most {SenMlPack.LongestText} bytes."));
        }

        pack.SetLength(field, reader.CopyString(pack.Room(field)), ref record);
        return Fine;
    }

    private DecodeResult ReadNumber(ref Utf8JsonReader reader, SenMlField field, SenMlPack pack, ref SenMlRecord record)
    {
        var at = At(ref reader);
        if (reader.TokenType != JsonTokenType.Number)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, "The value of this field must be a JSON number.");
        }

        if (field is SenMlField.Time or SenMlField.BaseTime)
        {
            return decimal.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < SenMlFields.LatestTime
                ? SenMlFields.SetTime(field, seconds, pack, ref record)
                : DecodeResult.Rejected(RejectKind.BadTime, at, "The time is out of range; send seconds since 1970, or seconds before now.");
        }

        return reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? SenMlFields.SetNumber(field, number, at, pack, ref record)
            : DecodeResult.Rejected(RejectKind.NonFinite, at, "A number is too large; leave it out where the meter has no value.");
    }

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
