// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Text;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Codecs.Json;

/// <summary>Walks down the keys of one object along a mapping's tree and gives an assembler what is known.</summary>
/// <param name="skipped">Bytes before the first that the reader sees.</param>
/// <param name="isShared">Whether the object stands around the elements: then quantities in it are no element's.</param>
internal readonly struct JsonKeyWalk(int skipped, bool isShared)
{
    private const int LongestText = 384; // UTF-8 of the longest meter name; keys, times and kinds are shorter
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    /// <summary>Reads an element from its opening brace to its closing one.</summary>
    public DecodeResult ReadElement(ref Utf8JsonReader reader, in DecodeContext context, ref ReadingAssembler assembler)
    {
        var items = default(Utf8JsonReader);
        var found = false;
        return ReadObject(ref reader, context.Mapping.Keys, context, ref assembler, -1, ref items, ref found);
    }

    /// <summary>Reads an object from its opening brace to its closing one.</summary>
    /// <param name="reader">At the opening brace.</param>
    /// <param name="node">What is known of its keys; null where nothing is.</param>
    /// <param name="context">The message's.</param>
    /// <param name="assembler">Takes what is known.</param>
    /// <param name="depth">How many steps of the mapping's Items lead here; -1 off that way.</param>
    /// <param name="items">Gets the reader where Items leads to.</param>
    /// <param name="found">Whether it did.</param>
    public DecodeResult ReadObject(ref Utf8JsonReader reader, KeyTree? node, in DecodeContext context, ref ReadingAssembler assembler, int depth, ref Utf8JsonReader items, ref bool found)
    {
        Span<byte> unescaped = stackalloc byte[LongestText];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return Fine;
            }

            var length = JsonFrame.Unescape(ref reader, unescaped);
            var key = length < 0 ? reader.ValueSpan : unescaped[..length];
            var below = node?.Find(key);
            var isOnWay = depth >= 0 && depth < context.Mapping.Items.Length && key.SequenceEqual(context.Mapping.Items[depth]);
            var binding = Used(below);
            if (binding is not null && !assembler.TryMeet(binding))
            {
                return ReadingAssembler.Duplicate(key, At(ref reader));
            }

            if (!reader.Read())
            {
                break;
            }

            var result = isOnWay && depth == context.Mapping.Items.Length - 1 ? Remember(ref reader, ref items, ref found)
                : isOnWay && reader.TokenType == JsonTokenType.StartObject ? ReadObject(ref reader, below, context, ref assembler, depth + 1, ref items, ref found)
                : ReadValue(ref reader, below, binding, context, ref assembler, unescaped);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult ReadValue(ref Utf8JsonReader reader, KeyTree? below, KeyBinding? binding, in DecodeContext context, ref ReadingAssembler assembler, scoped Span<byte> unescaped)
    {
        if (below is { HasChildren: true } && reader.TokenType == JsonTokenType.StartObject)
        {
            var items = default(Utf8JsonReader);
            var found = false;
            return ReadObject(ref reader, below, context, ref assembler, -1, ref items, ref found);
        }

        if (below is { HasChildren: true } && reader.TokenType == JsonTokenType.StartArray)
        {
            return ReadArray(ref reader, below, context, ref assembler, unescaped);
        }

        return binding is null
            ? reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader)
            : Take(ref reader, binding, context, ref assembler, unescaped);
    }

    // A path may name places of an array by their numbers.
    private DecodeResult ReadArray(ref Utf8JsonReader reader, KeyTree node, in DecodeContext context, ref ReadingAssembler assembler, scoped Span<byte> unescaped)
    {
        Span<byte> digits = stackalloc byte[10];
        for (var i = 0; reader.Read(); i++)
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return Fine;
            }

            Utf8Formatter.TryFormat(i, digits, out var length);
            var below = node.Find(digits[..length]);
            var binding = Used(below);
            binding = binding is not null && assembler.TryMeet(binding) ? binding : null;
            var result = ReadValue(ref reader, below, binding, context, ref assembler, unescaped);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return JsonFrame.Ended(skipped, ref reader);
    }

    private DecodeResult Remember(ref Utf8JsonReader reader, ref Utf8JsonReader items, ref bool found)
    {
        if (found)
        {
            return DecodeResult.Rejected(RejectKind.DuplicateKey, At(ref reader), "The array of elements occurs twice; send it once.");
        }

        items = reader;
        found = true;
        return reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader);
    }

    /// <summary>Gives the value of a known key to an assembler.</summary>
    public DecodeResult Take(ref Utf8JsonReader reader, KeyBinding binding, in DecodeContext context, ref ReadingAssembler assembler, scoped Span<byte> unescaped)
    {
        var at = At(ref reader);
        if (reader.TokenType == JsonTokenType.Null)
        {
            assembler.Unmeet(binding); // null says "not given"
            return Fine;
        }

        if (binding.Role is KeyRole.Quantity or KeyRole.Interval)
        {
            return reader.TokenType == JsonTokenType.Number
                ? assembler.SetNumber(binding, reader.TryGetDouble(out var number) ? number : double.NaN, at)
                : DecodeResult.Rejected(RejectKind.WrongType, at, "A quantity must be a JSON number; send it without quotes.");
        }

        var isText = reader.TokenType == JsonTokenType.String;
        if (binding.Role == KeyRole.Time && reader.TokenType == JsonTokenType.Number)
        {
            var read = context.Mapping.Times.ReadNumber(reader.ValueSpan, at, out var moment);
            assembler.SetTime(moment);
            return read;
        }

        if (binding.Role == KeyRole.Quality && !isText)
        {
            assembler.SetQuality(QualityFlags.Suspect); // a code whose table is not known is a reservation, not a fault
            return reader.TrySkip() ? Fine : JsonFrame.Ended(skipped, ref reader);
        }

        if (!isText)
        {
            return DecodeResult.Rejected(RejectKind.WrongType, at, "The value of this key must be text in quotes (a time may be a number).");
        }

        var length = JsonFrame.Unescape(ref reader, unescaped);
        return assembler.SetText(binding.Role, length < 0 ? reader.ValueSpan : unescaped[..length], context, at);
    }

    private KeyBinding? Used(KeyTree? below)
    {
        var binding = below?.Binding;
        return binding is null || binding.Role == KeyRole.Ignored || (isShared && binding.Role == KeyRole.Quantity) ? null : binding;
    }

    private int At(ref Utf8JsonReader reader) => skipped + (int)reader.TokenStartIndex;
}
