// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Codecs.Json;

namespace Detector.Codecs.JsonColumns;

/// <summary>Reads one batch, or an array of them: arrays become rows, single values hold for every row.</summary>
internal readonly struct ColumnsReader(int skipped) : IJsonRoot<ColumnsReader>
{
    private const int LongestText = 384; // UTF-8 of the longest meter name
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    public static ColumnsReader Make(int skipped) => new(skipped);

    public DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        if (!reader.Read())
        {
            return JsonFrame.Ended(skipped, ref reader);
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return ReadBatch(ref reader, context, readings);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "The payload is neither an object of columns nor an array of such objects.");
        }

        var count = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return count > 0 ? DecodeResult.Decoded(count) : DecodeResult.Rejected(RejectKind.Empty, At(ref reader), "The array is empty; send at least one batch.");
            }

            var at = At(ref reader);
            var result = reader.TokenType == JsonTokenType.StartObject
                ? ReadBatch(ref reader, context, readings)
                : DecodeResult.Rejected(RejectKind.WrongType, at, "An element of the array is not an object of columns.");
            if (!result.IsDecoded)
            {
                return result;
            }

            count += result.Count;
            if (count > RowTable.MostRows)
            {
                return RowTable.TooMany(at);
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadBatch(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings)
    {
        var start = At(ref reader);
        var rows = RowTable.Take();
        var shared = default(ReadingAssembler);
        var (hasColumns, hasTimes) = (false, false);
        Span<byte> unescaped = stackalloc byte[LongestText];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return hasColumns
                    ? Finish(context, start, rows, shared, hasTimes, readings)
                    : DecodeResult.Rejected(RejectKind.NoValue, start, "There is no column of a known quantity; send one of kw, w, mw, kwh, kvar, pf, v, a as an array, or map its key under Codecs:Mappings.");
            }

            var length = JsonFrame.Unescape(ref reader, unescaped);
            var key = length < 0 ? reader.ValueSpan : unescaped[..length];
            var binding = context.Mapping.FindUsed(key);
            if (binding is not null && !shared.TryMeet(binding))
            {
                return ReadingAssembler.Duplicate(key, At(ref reader));
            }

            if (!reader.Read())
            {
                break;
            }

            var isColumn = binding is not null && reader.TokenType == JsonTokenType.StartArray;
            var result = binding is null ? Skip(ref reader)
                : isColumn ? ReadColumn(ref reader, binding, context, rows, isFirst: !hasColumns && !hasTimes, unescaped)
                : ReadShared(ref reader, binding, context, ref shared, unescaped);
            if (!result.IsDecoded)
            {
                return result;
            }

            hasColumns |= isColumn && binding!.Role == KeyRole.Quantity;
            hasTimes |= isColumn && binding!.Role == KeyRole.Time;
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadShared(ref Utf8JsonReader reader, KeyBinding binding, in DecodeContext context, ref ReadingAssembler shared, scoped Span<byte> unescaped) =>
        binding.Role == KeyRole.Quantity && reader.TokenType != JsonTokenType.Null
            ? DecodeResult.Rejected(RejectKind.WrongType, At(ref reader), "A quantity must be a column: an array of numbers.")
            : new JsonKeyWalk(skipped, isShared: true).Take(ref reader, binding, context, ref shared, unescaped);

    private DecodeResult ReadColumn(ref Utf8JsonReader reader, KeyBinding binding, in DecodeContext context, RowTable rows, bool isFirst, scoped Span<byte> unescaped)
    {
        isFirst |= rows.Count == 0;
        var walk = new JsonKeyWalk(skipped, isShared: false);
        for (var i = 0; reader.Read(); i++)
        {
            var at = At(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return i == rows.Count ? Fine : Uneven(binding, i, rows.Count, at);
            }

            if (i == rows.Count)
            {
                if (!isFirst)
                {
                    return DecodeResult.Rejected(RejectKind.Contradiction, at, FormattableString.Invariant($"The column '{binding.Key}' has more than the {rows.Count} values of the columns before it; send as many of each, null where there is none."));
                }

                if (!rows.TryAdd(at, out _))
                {
                    return RowTable.TooMany(at);
                }
            }

            var result = walk.Take(ref reader, binding, context, ref rows[i], unescaped);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private static DecodeResult Finish(in DecodeContext context, int start, RowTable rows, in ReadingAssembler shared, bool hasTimes, ReadingBuffer readings)
    {
        if (!hasTimes && rows.Count > 1 && shared.Step(context.Mapping) is null)
        {
            return DecodeResult.Rejected(RejectKind.BadTime, start, "Several rows need times: a column of them, or the first one and interval_s.");
        }

        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Inherit(shared, hasTimes ? TimeSpan.Zero : (shared.Step(context.Mapping) ?? TimeSpan.Zero) * i);
            if (hasTimes && !rows[i].HasTime && rows[i].HasQuantity)
            {
                return DecodeResult.Rejected(RejectKind.BadTime, start, FormattableString.Invariant($"Row {i} has no time; a column of times has one for every row."));
            }
        }

        var result = rows.Finish(context, readings);
        return result is { IsDecoded: true, Count: 0 } ? DecodeResult.Rejected(RejectKind.NoValue, start, "The columns hold no value; send at least one reading.") : result;
    }

    private static DecodeResult Uneven(KeyBinding binding, int count, int expected, int at) =>
        DecodeResult.Rejected(RejectKind.Contradiction, at, FormattableString.Invariant($"The column '{binding.Key}' has {count} values, the columns before it {expected}; send as many of each, null where there is none."));

    private DecodeResult Skip(ref Utf8JsonReader reader) => reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader);

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
