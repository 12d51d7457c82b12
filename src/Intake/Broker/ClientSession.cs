// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Clients;
using Detector.Intake.Limits;

namespace Detector.Intake.Broker;

/// <summary>What the broker knows of one session: whose it is, what it may do, how much of its limits it has used.</summary>
internal sealed class ClientSession(string? client, TopicRights rights, ClientLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _topics = []; // hashes by a secret of this process: two topics that share one are counted as one
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private string? _lastTopic;

    /// <summary>The authenticated client; null for an anonymous one.</summary>
    public string? Client { get; } = client;

    /// <summary>Whether it speaks MQTT 5, and can be told why something is refused.</summary>
    public bool IsFive { get; set; }

    /// <summary>The keep-alive in force, in seconds, where the client asked for a longer one; else zero.</summary>
    public ushort KeepAliveInForce { get; set; }

    /// <summary>How long it is kept after its client is gone, in seconds.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>Whether that is less than what the client asked for.</summary>
    public bool IsExpiryShortened { get; set; }

    /// <summary>When its client left, or, before the server took it in, until when it may; null while it is connected.</summary>
    public DateTimeOffset? Left { get; set; }

    /// <summary>Its rate of messages.</summary>
    public MessageRate Rate { get; } = new(limits.MessagesPerSecond, time);

    /// <summary>Its client says in leaving for how long to keep it (MQTT 5, 3.14.2.2.2). One that was to end with its connection stays so: to ask for more then is an error of the client.</summary>
    /// <remarks>"End it now" reads as if nothing was said, and it is kept as it was: the packet as it is read here does not tell zero from absent.</remarks>
    public void KeepFor(uint seconds) => ExpirySeconds = ExpirySeconds == 0 || seconds == 0 ? ExpirySeconds : Math.Min(seconds, (uint)limits.SessionExpirySeconds);

    /// <summary>Why it may not publish on a topic: the metric's tag and words; null where it may.</summary>
    public (string Reason, string Why)? RefusePublish(string topic)
    {
        if (ReferenceEquals(topic, _lastTopic) || topic == _lastTopic)
        {
            return null;
        }

        if (TopicLimits.Fault(topic, limits) is { } fault)
        {
            return fault;
        }

        if (!rights.MayPublish(topic))
        {
            return ("not_permitted", "this client may not publish on this topic");
        }

        lock (_gate)
        {
            if (_topics.Count >= limits.Topics && !_topics.Contains(topic.GetHashCode(StringComparison.Ordinal)))
            {
                return ("topics", $"it publishes on {limits.Topics} topics already (Mqtt:Limits:Topics)");
            }

            _topics.Add(topic.GetHashCode(StringComparison.Ordinal));
        }

        _lastTopic = topic;
        return null;
    }

    /// <summary>Why it is not given a filter; null where it is, and the filter is counted.</summary>
    public (string Reason, string Why)? RefuseSubscribe(string filter)
    {
        if (TopicLimits.Fault(filter, limits) is { } fault)
        {
            return fault;
        }

        if (!rights.MaySubscribe(filter))
        {
            return ("not_permitted", "this client may not subscribe to this filter");
        }

        lock (_gate)
        {
            if (_filters.Count >= limits.Subscriptions && !_filters.Contains(filter))
            {
                return ("subscriptions", $"it has {limits.Subscriptions} filters already (Mqtt:Limits:Subscriptions)");
            }

            _filters.Add(filter);
            return null;
        }
    }

    /// <summary>A filter was given back.</summary>
    public void Unsubscribed(string filter)
    {
        lock (_gate)
        {
            _filters.Remove(filter);
        }
    }
}
