// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace Detector.Journal;

/// <summary>The first bytes of a segment and the name of its file; drawn in docs/formats/journal.md.</summary>
internal static class SegmentHeader
{
    /// <summary>Length of the header.</summary>
    public const int Bytes = 32;

    /// <summary>How the file's name ends.</summary>
    public const string Extension = ".journal";

    private const int FirstAt = 8;
    private const int MadeAt = 16;
    private const int ReservedAt = 24;
    private const int CrcAt = 28;

    private static ReadOnlySpan<byte> Magic => "DETJRNL1"u8;

    /// <summary>Writes the header of a segment whose first record has the number <paramref name="first"/>.</summary>
    public static byte[] Make(long first, DateTimeOffset made)
    {
        var header = new byte[Bytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(FirstAt), first);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(MadeAt), UnixTime.Ticks(made));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(ReservedAt), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(CrcAt), Crc32.HashToUInt32(header.AsSpan(0, CrcAt)));
        return header;
    }

    /// <summary>What is wrong with a header, or null where it is whole and begins with the expected number.</summary>
    public static string? Fault(ReadOnlySpan<byte> header, long expectedFirst)
    {
        if (header.Length < Bytes)
        {
            return "the header is cut short";
        }

        if (!header[..Magic.Length].SequenceEqual(Magic))
        {
            return "it does not begin as a journal segment";
        }

        if (Crc32.HashToUInt32(header[..CrcAt]) != BinaryPrimitives.ReadUInt32LittleEndian(header[CrcAt..]))
        {
            return "the header's checksum does not match";
        }

        var first = BinaryPrimitives.ReadInt64LittleEndian(header[FirstAt..]);
        return first == expectedFirst
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the header says the first record is {first}, the file's name says {expectedFirst}");
    }

    /// <summary>Name of the file: the number of its first record, twenty digits, so that names sort as numbers.</summary>
    public static string NameOf(long first) => first.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The number in a file's name, where it is a segment's.</summary>
    public static bool TryName(string path, out long first)
    {
        first = 0;
        var name = Path.GetFileName(path);
        return name.Length == 20 + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && first > 0;
    }
}
