// SPDX-License-Identifier: Apache-2.0
using System.Formats.Cbor;
using Detector.Codecs.SenMl;

namespace Detector.Codecs.SenMlCbor;

/// <summary>Reads the records of a pack in CBOR.</summary>
internal readonly struct CborPackReader(CborReader reader, int length)
{
    private const int MostDepth = 16;
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    public DecodeResult Read(in DecodeContext context, ReadingBuffer readings)
    {
        if (reader.PeekState() != CborReaderState.StartArray)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, 0, "The payload is not an array of records, as SenML is.");
        }

        var pack = SenMlPack.Begin();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            var record = new SenMlRecord { At = At };
            if (reader.PeekState() != CborReaderState.StartMap)
            {
                return DecodeResult.Rejected(RejectKind.WrongType, At, "A record is not a map.");
            }

            var result = ReadRecord(pack, ref record);
            result = result.IsDecoded ? pack.Take(record, context) : result;
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        reader.ReadEndArray();
        return reader.BytesRemaining == 0
            ? pack.Finish(context, readings, 0)
            : DecodeResult.Rejected(RejectKind.Trailing, At, "Bytes follow the end of the pack; send one pack a message.");
    }

    private int At => length - reader.BytesRemaining;

    private DecodeResult ReadRecord(SenMlPack pack, ref SenMlRecord record)
    {
        var met = 0;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var at = At;
            var result = ReadLabel(at, out var field);
            if (result.IsDecoded && field != SenMlField.Unknown && (met & (1 << (int)field)) != 0)
            {
                result = DecodeResult.Rejected(RejectKind.DuplicateKey, at, $"The field {field} occurs twice in one record; send it once.");
            }

            met |= 1 << (int)field;
            if (result.IsDecoded)
            {
                result = SenMlFields.IsText(field) ? ReadText(field, pack, ref record)
                    : SenMlFields.IsNumber(field) ? ReadNumber(field, pack, ref record)
                    : Skip(0);
            }

            if (!result.IsDecoded)
            {
                return result;
            }
        }

        reader.ReadEndMap();
        return Fine;
    }

    private DecodeResult ReadLabel(int at, out SenMlField field)
    {
        field = SenMlField.Unknown;
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                field = SenMlFields.Of(reader.ReadInt64());
                return Fine;
            case CborReaderState.TextString:
                Span<byte> text = stackalloc byte[SenMlPack.LongestText];
                if (!TryReadText(text, out var size))
                {
                    return DecodeResult.Rejected(RejectKind.TooLarge, at, FormattableString.Invariant($"A label has more than {SenMlPack.LongestText} bytes."));
                }

                field = SenMlFields.Of(text[..size]);
                return field == SenMlField.MustUnderstand ? SenMlPack.NotUnderstood(text[..size], at) : Fine;
            default:
                return DecodeResult.Rejected(RejectKind.WrongType, at, "A label is neither a number nor text.");
        }
    }

    private DecodeResult ReadText(SenMlField field, SenMlPack pack, ref SenMlRecord record)
    {
        var at = At;
        if (reader.PeekState() != CborReaderState.TextString || !TryReadText(pack.Room(field), out var size))
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, FormattableString.Invariant($"A name or unit must be text of at most {SenMlPack.LongestText} bytes and of definite length."));
        }

        pack.SetLength(field, size, ref record);
        return Fine;
    }

    private bool TryReadText(Span<byte> room, out int size)
    {
        var bytes = reader.ReadDefiniteLengthTextStringBytes().Span;
        size = bytes.Length;
        if (size > room.Length || !System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return false;
        }

        bytes.CopyTo(room);
        return true;
    }

    private DecodeResult ReadNumber(SenMlField field, SenMlPack pack, ref SenMlRecord record)
    {
        var at = At;
        var state = reader.PeekState();
        if (state == CborReaderState.Tag && reader.PeekTag() == CborTag.DecimalFraction)
        {
            var exact = reader.ReadDecimal();
            return field is SenMlField.Time or SenMlField.BaseTime ? Time(field, exact, at, pack, ref record) : SenMlFields.SetNumber(field, (double)exact, at, pack, ref record);
        }

        double number;
        switch (state)
        {
            case CborReaderState.UnsignedInteger:
                number = reader.ReadUInt64();
                break;
            case CborReaderState.NegativeInteger:
                number = -1 - (double)reader.ReadCborNegativeIntegerRepresentation();
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                number = reader.ReadDouble();
                break;
            default:
                return DecodeResult.Rejected(RejectKind.WrongType, at, "The value of this field must be a number.");
        }

        if (!double.IsFinite(number))
        {
            return DecodeResult.Rejected(RejectKind.NonFinite, at, "A number is infinite or not a number; leave it out where the meter has no value.");
        }

        return field is not (SenMlField.Time or SenMlField.BaseTime) ? SenMlFields.SetNumber(field, number, at, pack, ref record)
            : Math.Abs(number) < (double)SenMlFields.LatestTime ? Time(field, (decimal)number, at, pack, ref record)
            : BadTime(at);
    }

    private static DecodeResult Time(SenMlField field, decimal seconds, int at, SenMlPack pack, ref SenMlRecord record) =>
        Math.Abs(seconds) < SenMlFields.LatestTime ? SenMlFields.SetTime(field, seconds, pack, ref record) : BadTime(at);

    private static DecodeResult BadTime(int at) =>
        DecodeResult.Rejected(RejectKind.BadTime, at, "The time is out of range; send seconds since 1970, or seconds before now.");

    // Step by step and bounded: the library's own skipping remembers every open level.
    private DecodeResult Skip(int depth)
    {
        var state = reader.PeekState();
        if (state is CborReaderState.StartArray or CborReaderState.StartMap)
        {
            if (depth == MostDepth)
            {
                return DecodeResult.Rejected(RejectKind.TooLarge, At, FormattableString.Invariant($"Nested deeper than {MostDepth} levels; send a flatter record."));
            }

            return SkipContainer(state == CborReaderState.StartMap, depth);
        }

        if (state == CborReaderState.Tag)
        {
            reader.ReadTag();
            return depth == MostDepth ? DecodeResult.Rejected(RejectKind.TooLarge, At, "Tags are nested too deeply.") : Skip(depth + 1);
        }

        reader.SkipValue();
        return Fine;
    }

    private DecodeResult SkipContainer(bool isMap, int depth)
    {
        _ = isMap ? reader.ReadStartMap() : reader.ReadStartArray();
        while (reader.PeekState() is not (CborReaderState.EndArray or CborReaderState.EndMap))
        {
            var result = Skip(depth + 1);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        if (isMap)
        {
            reader.ReadEndMap();
        }
        else
        {
            reader.ReadEndArray();
        }

        return Fine;
    }
}
