// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Detector.Journal;

/// <summary>What a record is; zero is never a meaning, so that a run of zero bytes is no record.</summary>
internal enum RecordKind : byte
{
    /// <summary>A message as it arrived.</summary>
    Arrival = 1,
}

/// <summary>Whether bytes hold a whole record.</summary>
internal enum RecordState
{
    Whole,
    Short,
    Damaged,
}

/// <summary>The fixed part of a record, as read.</summary>
/// <param name="Length">The whole record, in bytes.</param>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="PlaceInGroup">Its place in the group it was written with, from 1; all before the group was durable by then.</param>
/// <param name="ArrivedAt">Arrival, UTC.</param>
/// <param name="TopicBytes">Length of the topic, in bytes.</param>
internal readonly record struct RecordHead(int Length, long Sequence, uint PlaceInGroup, DateTimeOffset ArrivedAt, int TopicBytes);

/// <summary>Byte layout of a record; drawn in docs/formats/journal.md and frozen by a golden test.</summary>
internal static class RecordFormat
{
    /// <summary>Bytes before the topic.</summary>
    public const int HeaderBytes = 32;

    /// <summary>Largest topic and payload together that any options may allow.</summary>
    public const int LargestContentBytes = 64 << 20;

    private const int LengthAt = 4;
    private const int SequenceAt = 8;
    private const int ArrivalAt = 16;
    private const int PlaceAt = 24;
    private const int TopicLengthAt = 28;
    private const int KindAt = 30;
    private const int ReservedAt = 31;

    /// <summary>Writes one record; the target is exactly as long as the record.</summary>
    public static void Write(Span<byte> target, long sequence, uint placeInGroup, DateTimeOffset arrival, ReadOnlySpan<byte> topic, in ReadOnlySequence<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target[LengthAt..], (uint)target.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[SequenceAt..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[ArrivalAt..], UnixTime.Ticks(arrival));
        BinaryPrimitives.WriteUInt32LittleEndian(target[PlaceAt..], placeInGroup);
        BinaryPrimitives.WriteUInt16LittleEndian(target[TopicLengthAt..], (ushort)topic.Length);
        target[KindAt] = (byte)RecordKind.Arrival;
        target[ReservedAt] = 0;
        topic.CopyTo(target[HeaderBytes..]);
        payload.CopyTo(target[(HeaderBytes + topic.Length)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target, Crc32.HashToUInt32(target[LengthAt..]));
    }

    /// <summary>Reads the record at the start of <paramref name="data"/>; bytes after it are not looked at.</summary>
    /// <remarks><see cref="RecordState.Short"/>: more bytes are needed to tell; the head is given where its own bytes are there and plausible.</remarks>
    public static RecordState Examine(ReadOnlySpan<byte> data, out RecordHead head)
    {
        head = default;
        if (data.Length < HeaderBytes)
        {
            return RecordState.Short;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(data[LengthAt..]);
        var topicBytes = BinaryPrimitives.ReadUInt16LittleEndian(data[TopicLengthAt..]);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(data[ArrivalAt..]);
        if (length < HeaderBytes + topicBytes || length > HeaderBytes + LargestContentBytes
            || data[KindAt] != (byte)RecordKind.Arrival || data[ReservedAt] != 0 || !UnixTime.IsValid(ticks))
        {
            return RecordState.Damaged;
        }

        head = new RecordHead(
            (int)length,
            BinaryPrimitives.ReadInt64LittleEndian(data[SequenceAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(data[PlaceAt..]),
            UnixTime.At(ticks),
            topicBytes);
        if (data.Length < head.Length)
        {
            return RecordState.Short;
        }

        return Crc32.HashToUInt32(data[LengthAt..head.Length]) == BinaryPrimitives.ReadUInt32LittleEndian(data)
            ? RecordState.Whole
            : RecordState.Damaged;
    }
}
