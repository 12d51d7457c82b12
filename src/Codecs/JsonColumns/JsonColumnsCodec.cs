// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.Json;

namespace Detector.Codecs.JsonColumns;

/// <summary>JSON by columns: an object of arrays, one element of each a reading. See the README beside this file.</summary>
internal sealed class JsonColumnsCodec : IPayloadCodec
{
    /// <inheritdoc />
    public string Name => "json-columns";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        JsonFrame.Decode<ColumnsReader>(payload, context, readings);
}
