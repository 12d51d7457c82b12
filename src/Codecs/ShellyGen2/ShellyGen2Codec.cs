// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.Json;

namespace Detector.Codecs.ShellyGen2;

/// <summary>Shelly devices of the second generation and later: <c>NotifyStatus</c> and <c>NotifyFullStatus</c>. See the README beside this file.</summary>
internal sealed class ShellyGen2Codec : IPayloadCodec
{
    /// <inheritdoc />
    public string Name => "shelly-gen2";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        JsonFrame.Decode<NotificationReader>(payload, context, readings);
}
