// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Bench.HotPaths;

namespace Detector.Bench.EndToEnd;

/// <summary>What is published: the same messages on every run, from four connections with 64 in flight on each, in this process.</summary>
internal sealed class Traffic
{
    /// <summary>Meters that publish, in turn.</summary>
    public const int Meters = 1_000;

    private const int Connections = 4;
    private const int InFlight = 64;

    private readonly (string Topic, byte[] Payload)[] _messages;

    /// <summary>Messages of so many readings each, of a thousand meters in turn, or of another number of them.</summary>
    /// <param name="messages">How many messages.</param>
    /// <param name="readings">Readings in each.</param>
    /// <param name="meters">How many meters send in turn.</param>
    /// <param name="from">Messages that were sent before: their times are not sent again.</param>
    public Traffic(int messages, int readings, int meters = Meters, int from = 0)
    {
        _messages = [.. Stream(messages, readings, meters, from)];
        Readings = (long)messages * readings;
    }

    /// <summary>Every message.</summary>
    public IReadOnlyList<(string Topic, byte[] Payload)> All => _messages;

    /// <summary>Messages in all.</summary>
    public int Messages => _messages.Length;

    /// <summary>Readings in all.</summary>
    public long Readings { get; }

    /// <summary>The same messages, made as they are asked for.</summary>
    public static IEnumerable<(string Topic, byte[] Payload)> Stream(int messages, int readings, int meters, int from) => Enumerable.Range(from, messages).Select(i => (
        string.Create(CultureInfo.InvariantCulture, $"meters/m-{i % meters}"),
        Loads.Json(readings, i / meters * readings)));

    /// <summary>Publishes everything, each message at QoS 1; ends when all are acknowledged.</summary>
    public Task PublishAsync(string url) => Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(() => LeanPublisher.PublishAsync(
        new Uri(url), $"bench-{connection}", Enumerable.Range(0, (_messages.Length - connection + Connections - 1) / Connections).Select(i => _messages[connection + (i * Connections)]), InFlight))));
}
