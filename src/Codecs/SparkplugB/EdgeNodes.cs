// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Codecs.SparkplugB.Kept;
using Detector.Codecs.SparkplugB.Wire;
using Google.Protobuf;

namespace Detector.Codecs.SparkplugB;

/// <summary>Every edge node heard of, kept across restarts; asks for a birth where one is missing.</summary>
internal sealed class EdgeNodes
{
    private const string RebirthMetric = "Node Control/Rebirth";
    private const uint BooleanType = 11;
    private readonly SourceMemory _memory;
    private readonly Dictionary<string, EdgeNode> _nodes = new(StringComparer.Ordinal);
    private int _sources;
    private long _birthBytes;

    private EdgeNodes(SourceMemory memory) => _memory = memory;

    /// <summary>Held while a message is taken: a node's messages are one sequence.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The nodes of a memory, with what was kept.</summary>
    public static EdgeNodes Of(SourceMemory memory) => memory.View(SparkplugBCodec.CodecName, static (memory, records) =>
    {
        var nodes = new EdgeNodes(memory);
        foreach (var record in records.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            nodes.Restore(record);
        }

        return nodes;
    });

    /// <summary>A node by its name; null where there are too many already.</summary>
    public EdgeNode? Find(string name)
    {
        if (!_nodes.TryGetValue(name, out var node) && _nodes.Count < _memory.Options.MostSources)
        {
            node = new EdgeNode(name);
            _nodes[name] = node;
        }

        return node;
    }

    /// <summary>Takes a birth; false where there is no more room for births.</summary>
    public bool TryLearn(EdgeNode node, string device, BirthCertificate birth, bool isReplay)
    {
        if (_birthBytes + birth.Bytes.Length > _memory.Options.MostBirthBytes || (_sources >= _memory.Options.MostSources && node.Births(device).Count == 0))
        {
            return false;
        }

        var sources = node.Sources;
        var old = node.Births(device).Count;
        _birthBytes += node.Learn(device, birth, isReplay);
        _sources += node.Sources - sources;
        var births = node.Births(device);
        for (var i = 0; i < Math.Max(old, births.Count); i++)
        {
            var value = i < births.Count ? new Birth { Position = births[i].Position, Payload = ByteString.CopyFrom(births[i].Bytes.Span) }.ToByteArray() : [];
            _memory.Note(new SourceRecord(SparkplugBCodec.CodecName, string.Create(CultureInfo.InvariantCulture, $"birth/{node.Name}/{device}/{i}"), value));
        }

        return true;
    }

    /// <summary>Notes that a node's session moved on.</summary>
    public void Keep(EdgeNode node) =>
        _memory.Note(new SourceRecord(SparkplugBCodec.CodecName, $"session/{node.Name}", node.ToSession().ToByteArray()));

    /// <summary>Asks a node for its births, if it was not asked lately; says in words what was done.</summary>
    public string AskForRebirth(EdgeNode node, in SparkplugTopic topic)
    {
        if (!_memory.Options.AskForRebirth || _memory.Outlet is not { } outlet)
        {
            return "Its birth is not asked for (Codecs:Sources:AskForRebirth); restart the edge node, then replay.";
        }

        if (node.AskedAt is { } asked && _memory.Time.GetElapsedTime(asked) < _memory.Options.AskAgainAfter)
        {
            return "Its birth was asked for; replay when it has come.";
        }

        var now = (ulong)_memory.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var payload = new Payload { Timestamp = now };
        payload.Metrics.Add(new Metric { Name = RebirthMetric, Timestamp = now, Datatype = BooleanType, BooleanValue = true });
        var sent = outlet.TrySend(topic.NodeCommand, payload.ToByteArray());
        node.AskedAt = sent ? _memory.Time.GetTimestamp() : node.AskedAt;
        Metrics.RebirthAsked(sent);
        return sent ? "Its birth is asked for; replay when it has come." : "Its birth could not be asked for now; replay when it has come.";
    }

    private void Restore(SourceRecord record)
    {
        var parts = record.Key.Split('/'); // session/GROUP/NODE or birth/GROUP/NODE/DEVICE/NUMBER
        if (Find($"{parts[1]}/{parts[2]}") is not { } node)
        {
            return;
        }

        if (parts[0] == "session")
        {
            node.Restore(Session.Parser.ParseFrom(record.Value.Span));
            return;
        }

        var kept = Birth.Parser.ParseFrom(record.Value.Span);
        var bytes = kept.Payload.ToByteArray();
        var sources = node.Sources;
        _birthBytes += node.Learn(parts[3], BirthCertificate.Of(Payload.Parser.ParseFrom(bytes), kept.Position, bytes), isReplay: true);
        _sources += node.Sources - sources;
    }
}
