// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.SparkplugB.Wire;
using Detector.Metering;
using Google.Protobuf;

namespace Detector.Codecs.SparkplugB;

/// <summary>Sparkplug B (Eclipse, version 3.0): births, data and deaths of edge nodes and devices. See the README beside this file.</summary>
/// <remarks>The codec itself holds no state; births and sequences are in the memory that the message brings along.</remarks>
internal sealed class SparkplugBCodec : IPayloadCodec
{
    /// <summary>Its name, also of what is kept.</summary>
    public const string CodecName = "sparkplug-b";

    private const string BirthDeathMetric = "bdSeq";

    // What is not named in our own definition is skipped, not built.
    private static readonly MessageParser<Payload> Parser = Payload.Parser.WithDiscardUnknownFields(true);

    [ThreadStatic]
    private static List<int>? _offsets;

    /// <inheritdoc />
    public string Name => CodecName;

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (!SparkplugTopic.TryParse(context.Topic, out var topic))
        {
            return DecodeResult.Rejected(RejectKind.NoMapping, 0, "The topic is not of Sparkplug B: spBv1.0/group/type/node or spBv1.0/group/type/node/device; give its messages a mapping of their own.");
        }

        if (topic.Type == MessageType.Command)
        {
            return DecodeResult.PassedOver("A command or a host's state is no meter's message.");
        }

        var offsets = _offsets ??= [];
        var scanned = new WireScan(payload).Check(offsets);
        if (!scanned.IsDecoded)
        {
            return scanned;
        }

        Payload message;
        try
        {
            message = Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException fault)
        {
            return DecodeResult.Rejected(RejectKind.Malformed, 0, $"Not a Sparkplug B payload: {fault.Message}");
        }

        if (message.Uuid == "SPBV1.0_COMPRESSED")
        {
            return DecodeResult.Rejected(RejectKind.Malformed, 0, "The payload is in Sparkplug's own compression envelope, which is not read; switch it off in the edge node, or pack the whole payload with gzip or zstd.");
        }

        var mark = readings.Mark();
        var nodes = EdgeNodes.Of(context.Memory);
        lock (nodes.Gate)
        {
            var result = Take(nodes, topic, message, payload, context, offsets, readings);
            if (!result.IsDecoded)
            {
                readings.Truncate(mark);
            }

            return result;
        }
    }

    private static DecodeResult Take(EdgeNodes nodes, in SparkplugTopic topic, Payload message, ReadOnlySpan<byte> bytes, in DecodeContext context, List<int> offsets, ReadingBuffer readings)
    {
        if (nodes.Find(topic.Node) is not { } node)
        {
            return NoRoom();
        }

        var isReplay = node.IsReplay(context.Position);
        var flags = isReplay ? QualityFlags.None : Follow(nodes, node, topic, message, context.Position);
        if (topic.IsBirth && !nodes.TryLearn(node, topic.Device, BirthCertificate.Of(message, context.Position, bytes.ToArray()), isReplay))
        {
            return NoRoom();
        }

        if (!isReplay)
        {
            nodes.Keep(node);
        }

        if (topic.Type is MessageType.NodeDeath or MessageType.DeviceDeath)
        {
            return DecodeResult.PassedOver("A death certificate: what it names sends nothing until it is born again.");
        }

        var birth = node.BirthFor(topic.Device, context.Position);
        if (!topic.IsBirth && (birth is null || (!isReplay && !node.IsBorn(topic.Device))))
        {
            var known = birth is null ? "never" : "not in this session";
            return DecodeResult.Rejected(RejectKind.NoBirth, 0, $"'{topic.Meter}' was {known} born, so its metrics have no certain names. {nodes.AskForRebirth(node, topic)}");
        }

        return new MetricReader(nodes, node, topic, birth, flags).Read(message, context, offsets, readings);
    }

    // Takes the message's place in the session; messages lost before it are counted, flagged, and the births asked for again.
    private static QualityFlags Follow(EdgeNodes nodes, EdgeNode node, in SparkplugTopic topic, Payload message, long position)
    {
        ulong? sequence = message.HasSeq ? message.Seq : null;
        switch (topic.Type)
        {
            case MessageType.NodeBirth:
                node.Begin(BirthDeath(message), sequence, position);
                return QualityFlags.None;
            case MessageType.NodeDeath:
                node.End(BirthDeath(message), position);
                return QualityFlags.None;
            case MessageType.DeviceDeath:
                node.EndDevice(topic.Device);
                break;
        }

        if (node.Follow(sequence, position) == SequenceOutcome.Follows)
        {
            return QualityFlags.None;
        }

        Metrics.SequenceGap();
        nodes.AskForRebirth(node, topic);
        return QualityFlags.SequenceGap;
    }

    private static ulong? BirthDeath(Payload message)
    {
        foreach (var metric in message.Metrics)
        {
            if (metric.Name == BirthDeathMetric)
            {
                return metric.ValueCase switch
                {
                    Metric.ValueOneofCase.LongValue => metric.LongValue,
                    Metric.ValueOneofCase.IntValue => metric.IntValue,
                    _ => null,
                };
            }
        }

        return null;
    }

    private static DecodeResult NoRoom() => DecodeResult.Rejected(RejectKind.TooLarge, 0, "There are more edge nodes and devices, or larger births, than are remembered; raise Codecs:Sources:MostSources or MostBirthBytes, then replay.");
}
