// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Intake.Limits;

/// <summary>What clients of the embedded broker may use: section <c>Mqtt:Limits</c>. What happens beyond each is in <c>docs/mqtt.md</c>.</summary>
public sealed class ClientLimits
{
    /// <summary>Connections at a time (1 to 1 000 000, default 100 000).</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 100_000;

    /// <summary>Connections at a time from one address (1 to 1 000 000, default 20 000: many meters may share an address).</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; set; } = 20_000;

    /// <summary>Sessions of one authenticated client, connected or kept for it (1 to 10 000, default 10).</summary>
    [Range(1, 10_000)]
    public int SessionsPerClient { get; set; } = 10;

    /// <summary>Sessions altogether, connected or kept (1 to 10 000 000, default 1 000 000).</summary>
    [Range(1, 10_000_000)]
    public int Sessions { get; set; } = 1_000_000;

    /// <summary>How long a session is kept for a client that is gone, in seconds (1 to 31 536 000, default 7 days). One that asks for longer, or in MQTT 3.1.1 for ever, gets this.</summary>
    [Range(1, 31_536_000)]
    public int SessionExpirySeconds { get; set; } = 7 * 24 * 3_600;

    /// <summary>Messages a second of one session, over a second's burst (1 to 1 000 000, default 10 000).</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecond { get; set; } = 10_000;

    /// <summary>Topic filters of one session (1 to 10 000, default 100).</summary>
    [Range(1, 10_000)]
    public int Subscriptions { get; set; } = 100;

    /// <summary>Different topics on which one session publishes (1 to 10 000 000, default 100 000).</summary>
    [Range(1, 10_000_000)]
    public int Topics { get; set; } = 100_000;

    /// <summary>Length of a topic or filter, in bytes of UTF-8 (16 to 65 535, default 1 024).</summary>
    [Range(16, 65_535)]
    public int TopicBytes { get; set; } = 1_024;

    /// <summary>Levels of a topic or filter (1 to 128, default 16).</summary>
    [Range(1, 128)]
    public int TopicLevels { get; set; } = 16;

    /// <summary>Longest keep-alive, in seconds (10 to 65 535, default 3 600). A client that asks for a longer one gets this one, and one that asks for none is held to it; silent for one and a half times it, it is disconnected.</summary>
    [Range(10, 65_535)]
    public int KeepAliveSeconds { get; set; } = 3_600;

    /// <summary>Time for the TLS handshake, and for the CONNECT after it, in seconds (1 to 300, default 10).</summary>
    [Range(1, 300)]
    public int ConnectSeconds { get; set; } = 10;

    /// <summary>Time in which a client must take what it is sent, in seconds (1 to 300, default 20).</summary>
    [Range(1, 300)]
    public int SendSeconds { get; set; } = 20;

    /// <summary>Messages that wait for one subscriber (1 to 100 000, default 250).</summary>
    [Range(1, 100_000)]
    public int QueuedMessages { get; set; } = 250;
}
