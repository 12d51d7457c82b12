// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Decodes a message by its topic: finds the mapping, the meter and the codec.</summary>
/// <remarks>Safe for use by several threads, each with a buffer of its own. Where several mappings fit a topic the first counts.</remarks>
public sealed class MessageDecoder
{
    /// <summary>Longest payload that is decoded, in bytes, before and after decompression; a longer one is rejected, not cut.</summary>
    public const int MaxPayloadBytes = 4 << 20;

    private readonly Route[] _routes;
    private readonly MeterNames _names = new();

    /// <summary>A decoder by these mappings.</summary>
    /// <param name="catalog">The codecs.</param>
    /// <param name="mappings">The mappings, in order.</param>
    /// <param name="profiles">Profiles beside the shipped ones.</param>
    /// <param name="memory">What is remembered of sources; a new one by default.</param>
    /// <exception cref="ArgumentException">Mappings are not sound; the message lists every fault by member.</exception>
    public MessageDecoder(CodecCatalog catalog, IEnumerable<TopicMapping> mappings, IReadOnlyDictionary<string, TopicMapping>? profiles = null, SourceMemory? memory = null)
    {
        Memory = memory ?? new SourceMemory(new SourceOptions(), TimeProvider.System);
        ArgumentNullException.ThrowIfNull(catalog);
        var list = mappings.ToList();
        var faults = MappingFaults.Of(list, profiles, catalog);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(mappings));
        }

        var named = MappingProfiles.With(profiles);
        _routes = [.. list.Select(mapping => new Route(named.Resolve(mapping), catalog))];
        TopicFilters = [.. _routes.Select(route => route.Template.Filter)];
    }

    /// <summary>What to subscribe to, in the order of the mappings.</summary>
    public IReadOnlyList<string> TopicFilters { get; }

    /// <summary>What is remembered of sources.</summary>
    public SourceMemory Memory { get; }

    /// <summary>Whether what is decoded and rejected is counted in the metrics; a trial is not.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>A decoder by the default mappings and codecs.</summary>
    public static MessageDecoder Default() => new(CodecCatalog.Default(), TopicMapping.Defaults());

    /// <summary>Decodes one message into the buffer, or rejects it whole and leaves the buffer as it was.</summary>
    /// <param name="topicUtf8">The topic.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="arrivedAt">When it arrived; the time of readings that carry none.</param>
    /// <param name="readings">Where decoded readings go.</param>
    /// <param name="position">Its place in the journal; 0 where it has none. Messages are decoded in this order, but for dead letters that are decoded again.</param>
    public DecodeResult Decode(ReadOnlySpan<byte> topicUtf8, ReadOnlySpan<byte> payload, DateTimeOffset arrivedAt, ReadingBuffer readings, long position = 0)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (OversizedTopic.TryRead(topicUtf8, out var whole))
        {
            var cut = DecodeResult.Rejected(
                RejectKind.TooLarge, payload.Length, $"The payload had {whole} bytes, more than Mqtt:MaxPayloadBytes allows; its first {payload.Length} are kept here and are not decoded. Send it in parts, or raise the limit.");
            Count("none", cut);
            return cut;
        }

        foreach (var route in _routes)
        {
            if (route.Template.Matches(topicUtf8, out var meterUtf8, out var quantityUtf8))
            {
                var mark = readings.Mark();
                var result = Decode(route, topicUtf8, meterUtf8, quantityUtf8, payload, arrivedAt, readings, position);
                if (!result.IsDecoded)
                {
                    readings.Truncate(mark);
                }

                Count(route.Codec.Name, result);
                return result;
            }
        }

        var advice = MappingProfiles.Suggest(topicUtf8) is { } profile ? $"; the profile '{profile}' reads such topics" : string.Empty;
        var unknown = DecodeResult.Rejected(
            RejectKind.NoMapping,
            0,
            $"No mapping fits the topic '{Encoding.UTF8.GetString(topicUtf8)}'; the mappings are {string.Join(", ", _routes.Select(r => r.Template.Text))}. Add one under Codecs:Mappings{advice}.");
        Count("none", unknown);
        return unknown;
    }

    /// <summary>Which mapping a topic takes and why, for people.</summary>
    public IReadOnlyList<MappingExplanation> Explain(ReadOnlySpan<byte> topicUtf8)
    {
        var all = new List<MappingExplanation>();
        foreach (var route in _routes)
        {
            var fits = route.Template.Matches(topicUtf8, out var meter, out var quantity);
            all.Add(new MappingExplanation(
                all.Count,
                route.Template.Text,
                route.Codec.Name,
                fits && !all.Exists(e => e.IsTaken),
                route.Template.WhyNot(topicUtf8) ?? (all.Find(e => e.IsTaken) is { } earlier ? FormattableString.Invariant($"it fits, but so does mapping {earlier.Number}, which is earlier") : "every level fits"),
                fits && route.Template.HasMeter ? Encoding.UTF8.GetString(meter) : null,
                fits && route.Template.HasQuantity ? Encoding.UTF8.GetString(quantity) : null,
                [.. route.Mapping.Bindings.Select(b => b.ToString())]));
        }

        return all;
    }

    /// <summary>The topic on which a meter's readings are published for a codec: of the first mapping with that codec.</summary>
    /// <exception cref="ArgumentException">No mapping uses the codec.</exception>
    public string TopicFor(MeterId meter, string codecName)
    {
        var route = _routes.FirstOrDefault(r => r.Codec.Name == codecName)
            ?? throw new ArgumentException($"No mapping uses the codec '{codecName}'.", nameof(codecName));
        return route.Template.Fill(meter, "replay");
    }

    private void Count(string codec, in DecodeResult result)
    {
        if (Counts)
        {
            Metrics.Count(codec, result);
        }
    }

    private DecodeResult Decode(Route route, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> meterUtf8, ReadOnlySpan<byte> quantityUtf8, ReadOnlySpan<byte> payload, DateTimeOffset arrivedAt, ReadingBuffer readings, long position)
    {
        MeterId meter = default;
        if (route.Template.HasMeter && !_names.TryGet(meterUtf8, out meter))
        {
            return DecodeResult.Rejected(RejectKind.BadMeter, 0, $"The topic names no valid meter: {MeterNames.Fault(meterUtf8)}. Rename the meter.");
        }

        KeyBinding? label = null;
        if (route.Template.HasQuantity)
        {
            label = route.Mapping.FindLabel(quantityUtf8);
            if (label is null)
            {
                return DecodeResult.Rejected(RejectKind.NoUnit, 0, $"The topic's quantity '{Excerpt.Of(quantityUtf8)}' is not known; give its unit under Keys of the mapping, or '{KeyMapping.Ignore}'. Known are {route.Mapping.LabelsKnown}.");
            }

            if (label.Role == KeyRole.Ignored)
            {
                return DecodeResult.PassedOver("The mapping passes over the topic's quantity.");
            }
        }

        if (payload.IsEmpty)
        {
            return DecodeResult.Rejected(RejectKind.Empty, 0, "The payload is empty; send at least one reading.");
        }

        if (payload.Length > MaxPayloadBytes)
        {
            return DecodeResult.Rejected(RejectKind.TooLarge, MaxPayloadBytes, $"The payload has {payload.Length} bytes, at most {MaxPayloadBytes} are decoded; send it in parts.");
        }

        var context = new DecodeContext { Topic = topic, Meter = meter, ArrivedAt = Instants.Truncate(arrivedAt), Mapping = route.Mapping, Names = _names, Position = position, Memory = Memory, Label = label };
        return Decompression.Of(route.Compression, payload) switch
        {
            CompressionKind.None => route.Codec.Decode(payload, context, readings),
            var kind => Decompression.Decode(kind, payload, route.Codec, context, readings),
        };
    }

    private sealed class Route
    {
        public Route(TopicMapping mapping, CodecCatalog catalog)
        {
            Template = TopicTemplate.TryParse(mapping.Topic, out var template, out var fault) ? template! : throw new FormatException(fault);
            Codec = catalog.TryGet(mapping.Codec, out var codec) ? codec : throw new FormatException(mapping.Codec);
            Compression = Decompression.TryKind(mapping.Compression ?? "auto", out var kind) ? kind : throw new FormatException(mapping.Compression);
            Mapping = new PayloadMapping(mapping);
        }

        public TopicTemplate Template { get; }

        public IPayloadCodec Codec { get; }

        public CompressionKind Compression { get; }

        public PayloadMapping Mapping { get; }
    }
}

/// <summary>One mapping against a topic, in words.</summary>
/// <param name="Number">Its place under <c>Codecs:Mappings</c>, from 0.</param>
/// <param name="Topic">Its template.</param>
/// <param name="Codec">Its codec.</param>
/// <param name="IsTaken">Whether the topic is read by it.</param>
/// <param name="Why">Why, or why not.</param>
/// <param name="Meter">The meter that the topic names; null where it names none.</param>
/// <param name="Quantity">The quantity that the topic names; null where it names none.</param>
/// <param name="Keys">What its keys hold, in words.</param>
public sealed record MappingExplanation(int Number, string Topic, string Codec, bool IsTaken, string Why, string? Meter, string? Quantity, IReadOnlyList<string> Keys);
