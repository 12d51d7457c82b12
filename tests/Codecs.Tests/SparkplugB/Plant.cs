// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Codecs.SparkplugB.Wire;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Codecs.SparkplugB;

/// <summary>A decoder with one edge node, its messages in the journal's order, and what it is asked.</summary>
internal sealed class Plant : ICommandOutlet
{
    private const string Topic = "spBv1.0/plant";
    private readonly ReadingBuffer _readings = new();
    private long _position;

    public Plant(SourceOptions? options = null)
    {
        Memory = new SourceMemory(options ?? new SourceOptions(), Time) { Outlet = this };
        Decoder = new MessageDecoder(CodecCatalog.Default(), [new TopicMapping { Profile = "sparkplug-b" }], null, Memory);
    }

    public FakeTimeProvider Time { get; } = new(Bench.Arrival);

    public SourceMemory Memory { get; private set; }

    public MessageDecoder Decoder { get; private set; }

    public List<(string Topic, Payload Payload)> Asked { get; } = [];

    public bool TakesRequests { get; set; } = true;

    public ReadOnlySpan<Metering.Reading> Readings => _readings.Span;

    public long Position => _position;

    public bool TrySend(string topic, ReadOnlyMemory<byte> payload)
    {
        if (TakesRequests)
        {
            Asked.Add((topic, Payload.Parser.ParseFrom(payload.Span)));
        }

        return TakesRequests;
    }

    /// <summary>A service that starts again with what was kept.</summary>
    public void Restart()
    {
        var kept = Memory.TakeChanges().Where(r => !r.Value.IsEmpty).ToList();
        Memory = new SourceMemory(new SourceOptions(), Time) { Outlet = this };
        Memory.Load(kept);
        Decoder = new MessageDecoder(CodecCatalog.Default(), [new TopicMapping { Profile = "sparkplug-b" }], null, Memory);
    }

    public DecodeResult NodeBirth(int seq, ulong birthDeath, params Metric[] metrics) =>
        Send("NBIRTH/gateway", seq, [new Metric { Name = "bdSeq", Datatype = 8, LongValue = birthDeath }, .. metrics]);

    public DecodeResult NodeDeath(ulong birthDeath) => Send("NDEATH/gateway", null, new Metric { Name = "bdSeq", Datatype = 8, LongValue = birthDeath });

    public DecodeResult Send(string rest, int? seq, params Metric[] metrics) => SendAt(++_position, rest, seq, metrics);

    public DecodeResult SendAt(long position, string rest, int? seq, params Metric[] metrics)
    {
        var payload = new Payload { Timestamp = (ulong)Bench.Arrival.AddSeconds(position).ToUnixTimeMilliseconds() };
        payload.Metrics.AddRange(metrics);
        if (seq is { } number)
        {
            payload.Seq = (ulong)number;
        }

        _readings.Clear();
        return Decoder.Decode(Encoding.UTF8.GetBytes($"{Topic}/{rest}"), payload.ToByteArray(), Bench.Arrival, _readings, position);
    }

    public static Metric Defined(string name, ulong alias, string unit, double value)
    {
        var properties = new PropertySet();
        properties.Keys.Add("engUnit");
        properties.Values.Add(new PropertyValue { StringValue = unit });
        return new Metric { Name = name, Alias = alias, Datatype = 10, Properties = properties, DoubleValue = value };
    }

    public static Metric Alias(ulong alias, double value) => new() { Alias = alias, DoubleValue = value };
}
