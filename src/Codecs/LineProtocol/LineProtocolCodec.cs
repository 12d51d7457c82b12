// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Detector.Metering;

namespace Detector.Codecs.LineProtocol;

/// <summary>InfluxDB line protocol: lines of measurement, tags, fields and time. See the README beside this file.</summary>
internal sealed class LineProtocolCodec : IPayloadCodec, IPayloadEncoder
{
    /// <inheritdoc cref="IPayloadCodec.Name" />
    public string Name => "line-protocol";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var mark = readings.Mark();
        var position = 0;
        while (position < payload.Length)
        {
            var line = new LineReader(payload, position);
            if (line.TryPassOver(out position))
            {
                continue;
            }

            var result = line.Read(context, readings);
            if (!result.IsDecoded)
            {
                readings.Truncate(mark);
                return result;
            }

            position = line.End;
        }

        var count = readings.Count - mark;
        return count > 0
            ? DecodeResult.Decoded(count)
            : DecodeResult.Rejected(RejectKind.Empty, 0, "There is no line of data; send at least one.");
    }

    /// <inheritdoc />
    public void Encode(ReadOnlySpan<Reading> readings, IBufferWriter<byte> payload) => LineEncoding.Write(readings, payload);
}
