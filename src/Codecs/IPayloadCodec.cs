// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Reads one kind of payload.</summary>
/// <remarks>Holds no state: one instance serves every thread. Whatever the bytes are, it answers; it never throws for them.</remarks>
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
    /// <summary>The context of one message.</summary>
    public DecodeContext(MeterId meter, DateTimeOffset arrivedAt, PayloadMapping mapping, MeterNames names)
    {
        Meter = meter;
        ArrivedAt = arrivedAt;
        Mapping = mapping;
        Names = names;
    }

    /// <summary>The meter that the topic names; empty where the payload must name it.</summary>
    public MeterId Meter { get; }

    /// <summary>When the message arrived, UTC.</summary>
    public DateTimeOffset ArrivedAt { get; }

    /// <summary>Which keys mean what.</summary>
    public PayloadMapping Mapping { get; }

    /// <summary>Names of meters met before.</summary>
    public MeterNames Names { get; }
}
