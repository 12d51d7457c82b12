// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Formats.Cbor;

namespace Detector.Codecs.SenMlCbor;

/// <summary>SenML in CBOR (RFC 8428, section 6). See the README beside this file.</summary>
internal sealed class SenMlCborCodec : IPayloadCodec
{
    [ThreadStatic]
    private static CborReader? _reader;

    /// <inheritdoc />
    public string Name => "senml-cbor";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var mark = readings.Mark();
        var copy = ArrayPool<byte>.Shared.Rent(payload.Length); // the reader wants memory, not a span
        payload.CopyTo(copy);
        var reader = _reader ??= new CborReader(ReadOnlyMemory<byte>.Empty, CborConformanceMode.Lax);
        reader.Reset(copy.AsMemory(0, payload.Length));
        DecodeResult result;
        try
        {
            result = new CborPackReader(reader, payload.Length).Read(context, readings);
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException)
        {
            // The reader throws for a wrong type as for wrong bytes; either way the place is where it stands.
            var at = payload.Length - reader.BytesRemaining;
            result = DecodeResult.Rejected(RejectKind.Malformed, at, $"Not CBOR from here on, or it ends early ({fault.Message}); send the whole pack, an array of maps.");
        }
        finally
        {
            reader.Reset(ReadOnlyMemory<byte>.Empty);
            ArrayPool<byte>.Shared.Return(copy);
        }

        if (!result.IsDecoded)
        {
            readings.Truncate(mark);
        }

        return result;
    }
}
