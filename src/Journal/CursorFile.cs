// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Detector.Journal;

/// <summary>Bytes of a cursor's file; drawn in docs/formats/journal.md.</summary>
internal static class CursorFile
{
    /// <summary>Length of the file.</summary>
    public const int Bytes = 32;

    /// <summary>How the file's name ends.</summary>
    public const string Extension = ".cursor";

    private const int PositionAt = 8;
    private const int MovedAt = 16;
    private const int CrcAt = 28;

    private static ReadOnlySpan<byte> Magic => "DETCURS1"u8;

    public static byte[] Make(long position, DateTimeOffset moved)
    {
        var bytes = new byte[Bytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(PositionAt), position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(MovedAt), UnixTime.Ticks(moved));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcAt), Crc32.HashToUInt32(bytes.AsSpan(0, CrcAt)));
        return bytes;
    }

    /// <summary>The position in a cursor's file; <see cref="JournalDamagedException"/> where it is not one.</summary>
    public static long Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length != Bytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)
            || Crc32.HashToUInt32(bytes.AsSpan(0, CrcAt)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(CrcAt)))
        {
            throw new JournalDamagedException(path, 0, "it is not a whole cursor");
        }

        var position = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(PositionAt));
        return position >= 0 ? position : throw new JournalDamagedException(path, PositionAt, "the position is negative");
    }

    /// <summary>All cursors of a folder, by name.</summary>
    public static SortedDictionary<string, long> ReadAll(string folder)
    {
        var cursors = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            cursors.Add(Path.GetFileNameWithoutExtension(path), Read(path));
        }

        return cursors;
    }

    /// <summary>Refuses a name that could not be a file's everywhere.</summary>
    public static void CheckName(string name)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"'{name}' is no cursor name: 1 to 64 of a-z, 0-9 and '-'.", nameof(name));
        }
    }
}
