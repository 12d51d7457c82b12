// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Metering;

namespace Detector.Codecs.Json;

/// <summary>JSON: one object or an array of objects. See the README beside this file.</summary>
internal sealed class JsonCodec : IPayloadCodec, IPayloadEncoder
{
    /// <inheritdoc cref="IPayloadCodec.Name" />
    public string Name => "json";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        JsonFrame.Decode<JsonElementReader>(payload, context, readings);

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload) => JsonEncoding.Write(readings, payload);
}
