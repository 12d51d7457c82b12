// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Reads one kind of payload.</summary>
/// <remarks>Holds no state of its own: one instance serves every thread; what it must remember of a source is in <see cref="DecodeContext.Memory"/>. Whatever the bytes are, it answers; it never throws for them.</remarks>
public interface IPayloadCodec
{
    /// <summary>Name in mappings, metrics and on the command line, such as <c>json</c>.</summary>
    string Name { get; }

    /// <summary>Adds the payload's readings to the buffer, or rejects the payload whole and leaves the buffer as it was.</summary>
    DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings);
}

/// <summary>Writes readings as payload, so that a recording can be replayed; decoding gives the same readings back.</summary>
public interface IPayloadEncoder
{
    /// <summary>Name, the same as the codec's that reads it.</summary>
    string Name { get; }

    /// <summary>Writes readings of one meter as one payload.</summary>
    /// <exception cref="ArgumentException">No readings, or of several meters.</exception>
    void Encode(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload);
}

/// <summary>What a codec is told beside the payload.</summary>
public readonly ref struct DecodeContext
{
    /// <summary>The topic, UTF-8.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The meter that the topic names; empty where the payload must name it.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>When the message arrived, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Which keys mean what.</summary>
    public required PayloadMapping Mapping { get; init; }

    /// <summary>Names of meters met before.</summary>
    public required MeterNames Names { get; init; }

    /// <summary>Place of the message in the journal, growing; 0 where it has none.</summary>
    public required long Position { get; init; }

    /// <summary>What is remembered of sources.</summary>
    public required SourceMemory Memory { get; init; }

    /// <summary>What the topic says that the value is; null where it does not say.</summary>
    internal KeyBinding? Label { get; init; }
}
