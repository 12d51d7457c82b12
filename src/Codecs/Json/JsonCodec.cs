// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Codecs.Json;

/// <summary>JSON: one object or an array of objects. See the README beside this file.</summary>
internal sealed class JsonCodec : IPayloadCodec, IPayloadEncoder
{
    /// <summary>Deepest nesting that is read, unknown keys included: payloads of meters have 2 to 4 levels.</summary>
    public const int MaxDepth = 16;

    /// <inheritdoc cref="IPayloadCodec.Name" />
    public string Name => "json";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var mark = readings.Mark();
        var skip = payload.StartsWith("\uFEFF"u8) ? 3 : 0;
        // Not the final block: the end of the bytes is then told from a fault without an exception.
        var reader = new Utf8JsonReader(payload[skip..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        DecodeResult result;
        try
        {
            var element = new JsonElementReader(skip);
            result = element.ReadRoot(ref reader, context, readings);
            if (result.IsDecoded)
            {
                result = AtEnd(payload, skip + (int)reader.BytesConsumed, readings.Count - mark);
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

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload) => JsonEncoding.Write(readings, payload);

    private static DecodeResult AtEnd(ReadOnlySpan<byte> payload, int end, int count)
    {
        var rest = payload[end..].TrimStart(" \t\r\n"u8);
        return rest.IsEmpty
            ? DecodeResult.Decoded(count)
            : DecodeResult.Rejected(RejectKind.Trailing, payload.Length - rest.Length, $"'{Excerpt.Of(rest)}' follows the end of the JSON; send one value a message, several readings as an array.");
    }
}
