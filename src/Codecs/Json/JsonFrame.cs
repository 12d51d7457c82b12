// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Codecs.Json;

/// <summary>Reads a payload's tokens.</summary>
/// <typeparam name="TSelf">The reader itself.</typeparam>
internal interface IJsonRoot<TSelf>
    where TSelf : struct, IJsonRoot<TSelf>, allows ref struct
{
    /// <summary>A reader of a payload whose first bytes were skipped.</summary>
    static abstract TSelf Make(int skipped);

    /// <summary>Reads the root value to its end, or says why not.</summary>
    DecodeResult ReadRoot(ref Utf8JsonReader reader, in DecodeContext context, ReadingBuffer readings);
}

/// <summary>What every codec of JSON does around its tokens: byte order mark, depth, the end, and faults with their places.</summary>
internal static class JsonFrame
{
    /// <summary>Deepest nesting that is read, unknown keys included: payloads of meters have 2 to 4 levels.</summary>
    public const int MaxDepth = 16;

    /// <summary>Decodes a payload by a root's reader.</summary>
    public static DecodeResult Decode<TRoot>(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
        where TRoot : struct, IJsonRoot<TRoot>, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(readings);
        var mark = readings.Mark();
        var skip = payload.StartsWith("\uFEFF"u8) ? 3 : 0;
        // Not the final block: the end of the bytes is then told from a fault without an exception.
        var reader = new Utf8JsonReader(payload[skip..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        DecodeResult result;
        try
        {
            result = TRoot.Make(skip).ReadRoot(ref reader, context, readings);
            if (result.IsDecoded)
            {
                result = AtEnd(payload, skip + (int)reader.BytesConsumed, result);
            }
        }
        catch (JsonException)
        {
            var at = skip + (int)reader.BytesConsumed;
            result = at < payload.Length && payload[at] is (byte)'[' or (byte)'{' && reader.CurrentDepth >= MaxDepth - 1
                ? DecodeResult.Rejected(RejectKind.TooLarge, at, $"Nested deeper than {MaxDepth} levels; send a flatter object.")
                : DecodeResult.Rejected(RejectKind.Malformed, at, $"Not JSON from here on: '{Excerpt.Of(payload[Math.Min(at, payload.Length)..])}'. Send an object or an array of objects.");
        }
        catch (InvalidOperationException)
        {
            // Escapes that stand for no character, such as half a surrogate pair.
            result = DecodeResult.Rejected(RejectKind.Malformed, skip + (int)reader.TokenStartIndex, "A text holds bytes or escapes that are no characters; send UTF-8.");
        }

        if (!result.IsDecoded)
        {
            readings.Truncate(mark);
        }

        return result;
    }

    /// <summary>That the bytes end before the value does.</summary>
    public static DecodeResult Ended(int skipped, ref Utf8JsonReader reader) =>
        DecodeResult.Rejected(RejectKind.Truncated, skipped + (int)reader.BytesConsumed, "The JSON ends in the middle; send the whole message, and check the publisher's buffer size.");

    /// <summary>Length of the unescaped text; negative where the text stands as it is, or is longer than any that is known.</summary>
    public static int Unescape(ref Utf8JsonReader reader, scoped Span<byte> unescaped) =>
        reader.ValueIsEscaped && reader.ValueSpan.Length <= unescaped.Length ? reader.CopyString(unescaped) : -1;

    private static DecodeResult AtEnd(ReadOnlySpan<byte> payload, int end, in DecodeResult result)
    {
        var rest = payload[end..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty
            ? result
            : DecodeResult.Rejected(RejectKind.Trailing, payload.Length - rest.Length, $"'{Excerpt.Of(rest)}' follows the end of the JSON; send one value a message, several readings as an array.");
    }
}
