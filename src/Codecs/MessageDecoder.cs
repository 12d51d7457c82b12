// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Decodes a message by its topic: finds the mapping, the meter and the codec.</summary>
/// <remarks>Safe for use by several threads, each with a buffer of its own. Where several mappings fit a topic the first counts.</remarks>
public sealed class MessageDecoder
{
    /// <summary>Longest payload that is decoded, in bytes; a longer one is rejected, not cut.</summary>
    public const int MaxPayloadBytes = 4 << 20;

    private readonly Route[] _routes;
    private readonly MeterNames _names = new();

    /// <summary>A decoder by these mappings.</summary>
    /// <exception cref="ArgumentException">Mappings are not sound; the message lists every fault by member.</exception>
    public MessageDecoder(CodecCatalog catalog, IEnumerable<TopicMapping> mappings)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var list = mappings.ToList();
        var faults = TopicMapping.Faults(list, catalog);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(mappings));
        }

        _routes = [.. list.Select(mapping => new Route(mapping, catalog))];
        TopicFilters = [.. _routes.Select(route => route.Template.Filter)];
    }

    /// <summary>What to subscribe to, in the order of the mappings.</summary>
    public IReadOnlyList<string> TopicFilters { get; }

    /// <summary>A decoder by the default mappings and codecs.</summary>
    public static MessageDecoder Default() => new(CodecCatalog.Default(), TopicMapping.Defaults());

    /// <summary>Decodes one message into the buffer, or rejects it whole and leaves the buffer as it was.</summary>
    /// <param name="topicUtf8">The topic.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="arrivedAt">When it arrived; the time of readings that carry none.</param>
    /// <param name="readings">Where decoded readings go.</param>
    public DecodeResult Decode(ReadOnlySpan<byte> topicUtf8, ReadOnlySpan<byte> payload, DateTimeOffset arrivedAt, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        foreach (var route in _routes)
        {
            if (route.Template.Matches(topicUtf8, out var meterUtf8))
            {
                var mark = readings.Mark();
                var result = Decode(route, meterUtf8, payload, arrivedAt, readings);
                if (!result.IsDecoded)
                {
                    readings.Truncate(mark);
                }

                Metrics.Count(route.Codec.Name, result);
                return result;
            }
        }

        var unknown = DecodeResult.Rejected(
            RejectKind.NoMapping,
            0,
            $"No mapping fits the topic '{Encoding.UTF8.GetString(topicUtf8)}'; the mappings are {string.Join(", ", _routes.Select(r => r.Template.Text))}. Add one under Codecs:Mappings.");
        Metrics.Count("none", unknown);
        return unknown;
    }

    /// <summary>The topic on which a meter's readings are published for a codec: of the first mapping with that codec.</summary>
    /// <exception cref="ArgumentException">No mapping uses the codec.</exception>
    public string TopicFor(MeterId meter, string codecName)
    {
        var route = _routes.FirstOrDefault(r => r.Codec.Name == codecName)
            ?? throw new ArgumentException($"No mapping uses the codec '{codecName}'.", nameof(codecName));
        return route.Template.Fill(meter, "replay");
    }

    private DecodeResult Decode(Route route, ReadOnlySpan<byte> meterUtf8, ReadOnlySpan<byte> payload, DateTimeOffset arrivedAt, ReadingBuffer readings)
    {
        MeterId meter = default;
        if (route.Template.HasMeter && !_names.TryGet(meterUtf8, out meter))
        {
            return DecodeResult.Rejected(RejectKind.BadMeter, 0, $"The topic names no valid meter: {MeterNames.Fault(meterUtf8)}. Rename the meter.");
        }

        if (payload.IsEmpty)
        {
            return DecodeResult.Rejected(RejectKind.Empty, 0, "The payload is empty; send at least one reading.");
        }

        if (payload.Length > MaxPayloadBytes)
        {
            return DecodeResult.Rejected(RejectKind.TooLarge, MaxPayloadBytes, $"The payload has {payload.Length} bytes, at most {MaxPayloadBytes} are decoded; send it in parts.");
        }

        return route.Codec.Decode(payload, new DecodeContext(meter, Instants.Truncate(arrivedAt), route.Mapping, _names), readings);
    }

    private sealed class Route
    {
        public Route(TopicMapping mapping, CodecCatalog catalog)
        {
            Template = TopicTemplate.TryParse(mapping.Topic, out var template, out var fault) ? template! : throw new FormatException(fault);
            Codec = catalog.TryGet(mapping.Codec, out var codec) ? codec : throw new FormatException(mapping.Codec);
            Mapping = new PayloadMapping(mapping);
        }

        public TopicTemplate Template { get; }

        public IPayloadCodec Codec { get; }

        public PayloadMapping Mapping { get; }
    }
}
