// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.Json;

namespace Detector.Codecs.SenMl;

/// <summary>SenML in JSON (RFC 8428). See the README beside this file.</summary>
internal sealed class SenMlCodec : IPayloadCodec
{
    /// <inheritdoc />
    public string Name => "senml-json";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        JsonFrame.Decode<SenMlReader>(payload, context, readings);
}
