// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Codecs.Json;

/// <summary>Walks the tokens of one payload: an element, an array of elements, or an object that holds the array where the mapping says.</summary>
internal readonly ref struct JsonElementReader(int skipped) : IJsonRoot<JsonElementReader>
{
    public static JsonElementReader Make(int skipped) => new(skipped);

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return JsonFrame.Ended(skipped, ref reader);
        }

        var shared = default(ReadingAssembler);
        if (context.Mapping.Items.Length > 0)
        {
            return ReadAround(ref reader, context, readings);
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadElement(ref reader, context, shared, readings),
            JsonTokenType.StartArray => ReadElements(ref reader, context, shared, readings),
            _ => DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is neither an object nor an array of objects."),
        };
    }

    // What stands around the array holds for each element, wherever it stands: so the array is passed over first and read afterwards.
    private DecodeResult ReadAround(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is not an object, but the mapping's Items says that the elements lie within one.");
        }

        var shared = default(ReadingAssembler);
        var items = reader;
        var found = false;
        var walk = new JsonKeyWalk(skipped, isShared: true);
        var result = walk.ReadObject(ref reader, context.Mapping.Keys, context, ref shared, 0, ref items, ref found);
        if (!result.IsDecoded || !found)
        {
            return result.IsDecoded ? DecodeResult.Rejected(RejectKind.NoValue, skipped, "There is no array where the mapping's Items says; check the path.") : result;
        }

        if (items.TokenType != JsonTokenType.StartArray)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref items), "What the mapping's Items names is not an array; check the path.");
        }

        shared.ForgetMet();
        return ReadElements(ref items, context, shared, readings);
    }

    private DecodeResult ReadElements(ref Utf8JsonReader reader, in DecodeContext context, in ReadingAssembler shared, ReadingBuffer readings)
    {
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

            if (count == RowTable.MostRows)
            {
                return RowTable.TooMany(At(ref reader));
            }

            var result = ReadElement(ref reader, context, shared, readings);
            if (!result.IsDecoded)
            {
                return result;
            }

            count++;
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadElement(ref Utf8JsonReader reader, in DecodeContext context, in ReadingAssembler shared, ReadingBuffer readings)
    {
        var start = At(ref reader);
        var assembler = shared;
        var result = new JsonKeyWalk(skipped, isShared: false).ReadElement(ref reader, context, ref assembler);
        if (!result.IsDecoded)
        {
            return result;
        }

        result = assembler.Finish(context, start, out var reading);
        if (!result.IsDecoded)
        {
            return result;
        }

        readings.Add(reading);
        return DecodeResult.Decoded(1);
    }

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
