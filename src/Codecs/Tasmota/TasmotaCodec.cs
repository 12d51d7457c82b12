// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.Json;

namespace Detector.Codecs.Tasmota;

/// <summary>Tasmota's <c>tele/…/SENSOR</c> message with its <c>ENERGY</c> object. See the README beside this file.</summary>
internal sealed class TasmotaCodec : IPayloadCodec
{
    /// <inheritdoc />
    public string Name => "tasmota";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        JsonFrame.Decode<SensorReader>(payload, context, readings);
}
