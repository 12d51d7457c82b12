// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.IO.Compression;
using ZstdSharp;

namespace Detector.Codecs;

/// <summary>How a payload is compressed.</summary>
internal enum CompressionKind : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Told by the first bytes, which begin no payload of any codec.</summary>
    Auto,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>RFC 8878.</summary>
    Zstd,
}

/// <summary>Unpacks a payload before its codec reads it. See the README beside this file.</summary>
/// <remarks>What comes out is bounded by <see cref="MessageDecoder.MaxPayloadBytes"/>, whatever the header promises; the buffers are pooled.</remarks>
internal static class Decompression
{
    private const int SmallestZstdFrame = 9; // magic 4, descriptor 1, window or size 1, one block header 3 (RFC 8878, section 3.1.1)

    private const int FirstBytes = 64 << 10;

    [ThreadStatic]
    private static Decompressor? _zstd;

    public static bool TryKind(string? name, out CompressionKind kind)
    {
        kind = name switch
        {
            "auto" => CompressionKind.Auto,
            "gzip" => CompressionKind.Gzip,
            "zstd" => CompressionKind.Zstd,
            _ => CompressionKind.None,
        };
        return kind != CompressionKind.None || name == "none";
    }

    /// <summary>How a payload is compressed, by the mapping's word or by its first bytes.</summary>
    public static CompressionKind Of(CompressionKind configured, ReadOnlySpan<byte> payload) => configured switch
    {
        CompressionKind.Auto => payload.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? CompressionKind.Gzip
            : payload.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? CompressionKind.Zstd
            : CompressionKind.None,
        _ => configured,
    };

    /// <summary>Unpacks and decodes.</summary>
    public static DecodeResult Decode(CompressionKind kind, ReadOnlySpan<byte> payload, IPayloadCodec codec, in DecodeContext context, ReadingBuffer readings)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            var unpacked = kind == CompressionKind.Gzip ? Gunzip(payload, ref buffer, out var length) : Unzstd(payload, ref buffer, out length);
            if (!unpacked.IsDecoded)
            {
                return unpacked;
            }

            if (length == 0)
            {
                return DecodeResult.Rejected(RejectKind.Empty, payload.Length, "There is nothing in the compressed payload; send at least one reading.");
            }

            var result = codec.Decode(buffer.AsSpan(0, length), context, readings);
            return result.IsDecoded ? result : DecodeResult.Rejected(result.Kind, result.AtByte, result.Reason + " (The byte is counted in the unpacked payload.)");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DecodeResult Gunzip(ReadOnlySpan<byte> payload, ref byte[] buffer, out int length)
    {
        length = 0;
        var packed = ArrayPool<byte>.Shared.Rent(payload.Length);
        using var source = new MemoryStream(packed, 0, payload.Length);
        try
        {
            payload.CopyTo(packed);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            for (int read; (read = gzip.Read(buffer, length, buffer.Length - length)) > 0;)
            {
                length += read;
                if (length > MessageDecoder.MaxPayloadBytes)
                {
                    return TooLarge(payload.Length);
                }

                if (length == buffer.Length)
                {
                    Grow(ref buffer, buffer.Length * 2, length);
                }
            }

            // The last four bytes are the length modulo 2^32: without them the end is missing.
            return payload.Length >= 18 && BitConverter.ToUInt32(payload[^4..]) == (uint)length
                ? DecodeResult.Decoded(0)
                : Truncated(payload.Length);
        }
        catch (InvalidDataException)
        {
            return DecodeResult.Rejected(RejectKind.Malformed, 0, "The bytes are not gzip, or were changed on the way (where, the format does not tell); check the publisher, or set the mapping's Compression.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    private static DecodeResult Unzstd(ReadOnlySpan<byte> payload, ref byte[] buffer, out int length)
    {
        length = 0;
        if (payload.Length < SmallestZstdFrame)
        {
            return Truncated(payload.Length);
        }

        try
        {
            var bound = Bound(payload);
            if (bound > buffer.Length)
            {
                Grow(ref buffer, bound, 0);
            }

            return (_zstd ??= new Decompressor()).TryUnwrap(payload, buffer.AsSpan(0, Math.Min(buffer.Length, MessageDecoder.MaxPayloadBytes)), out length) ? DecodeResult.Decoded(0) : TooLarge(payload.Length);
        }
        catch (ZstdException fault)
        {
            return fault.Code == ZstdSharp.Unsafe.ZSTD_ErrorCode.ZSTD_error_srcSize_wrong
                ? Truncated(payload.Length)
                : DecodeResult.Rejected(RejectKind.Malformed, 0, $"The bytes are not zstd, or were changed on the way ({fault.Message}); check the publisher, or set the mapping's Compression.");
        }
    }

    // The bound comes from the frames' own headers, so it is a claim: the unpacker never writes past the buffer, which never exceeds the limit.
    private static int Bound(ReadOnlySpan<byte> payload)
    {
        try
        {
            return (int)Math.Min(Decompressor.GetDecompressedSize(payload), MessageDecoder.MaxPayloadBytes);
        }
        catch (ZstdException)
        {
            return MessageDecoder.MaxPayloadBytes; // unpacking says better what is wrong
        }
    }

    private static void Grow(ref byte[] buffer, int size, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static DecodeResult TooLarge(int at) =>
        DecodeResult.Rejected(RejectKind.TooLarge, at, $"Unpacked, the payload has more than {MessageDecoder.MaxPayloadBytes} bytes; send it in parts.");

    private static DecodeResult Truncated(int at) =>
        DecodeResult.Rejected(RejectKind.Truncated, at, "The compressed payload ends in the middle; send the whole message, and check the publisher's buffer size.");
}
