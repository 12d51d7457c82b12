// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Intake;

/// <summary>What one way in measures; meter <c>Detector.Intake</c>, tag <c>path</c> = embedded or external.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly Meter _meter = new("Detector.Intake");
    private readonly KeyValuePair<string, object?> _path;
    private readonly Counter<long> _received;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _reconnects;
    private readonly UpDownCounter<long> _unacknowledged;
    private readonly Histogram<double> _delay;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _connectionsRefused;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _subscriptionsRefused;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _queueDropped;
    private readonly Counter<long> _oversized;
    private readonly Counter<long> _sessionsExpired;
    private readonly UpDownCounter<long> _adopted;

    public Metrics(string path)
    {
        _path = new KeyValuePair<string, object?>("path", path);
        _received = _meter.CreateCounter<long>("detector.intake.received", "{message}", "Messages on topics that are kept.");
        _acknowledged = _meter.CreateCounter<long>("detector.intake.acknowledged", "{message}", "Messages acknowledged after the flush that covers them.");
        _refused = _meter.CreateCounter<long>("detector.intake.refused", "{message}", "Messages refused for good, by reason.");
        _dropped = _meter.CreateCounter<long>("detector.intake.unaccepted", "{message}", "Messages not taken now and not acknowledged, by reason; their sender sends QoS 1 and 2 again.");
        _reconnects = _meter.CreateCounter<long>("detector.intake.reconnects", "{connection}", "Connections to the external broker after the first.");
        _unacknowledged = _meter.CreateUpDownCounter<long>("detector.intake.unacknowledged", "{message}", "Messages appended and not yet acknowledged.");
        _delay = _meter.CreateHistogram<double>("detector.intake.ack.delay", "s", "Arrival to acknowledgement.");
        _connections = _meter.CreateUpDownCounter<long>("detector.intake.connections", "{connection}", "Connections that clients hold to the embedded broker.");
        _connectionsRefused = _meter.CreateCounter<long>("detector.intake.connections.refused", "{connection}", "Connections that the embedded broker did not let in, by reason.");
        _closed = _meter.CreateCounter<long>("detector.intake.connections.closed", "{connection}", "Connections that the embedded broker ended for a limit, by reason.");
        _subscriptionsRefused = _meter.CreateCounter<long>("detector.intake.subscriptions.refused", "{subscription}", "Topic filters that a client was not given, by reason.");
        _throttled = _meter.CreateCounter<long>("detector.intake.throttled", "{message}", "Messages that waited because their client sends faster than Mqtt:Limits:MessagesPerSecond.");
        _adopted = _meter.CreateUpDownCounter<long>("detector.intake.group.taken_over", "{session}", "Sessions of absent instances of the shared group that this one has taken over.");
        _sessionsExpired = _meter.CreateCounter<long>("detector.intake.sessions.expired", "{session}", "Sessions that the embedded broker ended because their clients had been gone for as long as they are kept.");
        _oversized = _meter.CreateCounter<long>("detector.intake.oversized", "{message}", "Messages of an external broker above Mqtt:MaxPayloadBytes, of which the beginning is kept as a dead letter.");
        _queueDropped = _meter.CreateCounter<long>("detector.intake.queue.dropped", "{message}", "Messages to a subscriber that gave way to newer ones, beyond Mqtt:Limits:QueuedMessages.");
    }

    public void Received() => _received.Add(1, _path);

    public void Waiting() => _unacknowledged.Add(1, _path);

    public void Abandoned(long messages) => _unacknowledged.Add(-messages, _path);

    public void Acknowledged(TimeSpan delay)
    {
        _acknowledged.Add(1, _path);
        _unacknowledged.Add(-1, _path);
        _delay.Record(delay.TotalSeconds, _path);
    }

    public void Refused(string reason) => _refused.Add(1, _path, new KeyValuePair<string, object?>("reason", reason));

    public void Unaccepted(string reason) => _dropped.Add(1, _path, new KeyValuePair<string, object?>("reason", reason));

    public void Reconnected() => _reconnects.Add(1, _path);

    public void Connected(int connections) => _connections.Add(connections, _path);

    public void ConnectionRefused(string reason) => _connectionsRefused.Add(1, _path, new KeyValuePair<string, object?>("reason", reason));

    public void Closed(string reason) => _closed.Add(1, _path, new KeyValuePair<string, object?>("reason", reason));

    public void SubscriptionRefused(string reason) => _subscriptionsRefused.Add(1, _path, new KeyValuePair<string, object?>("reason", reason));

    public void Throttled() => _throttled.Add(1, _path);

    public void Adopted(int sessions) => _adopted.Add(sessions, _path);

    public void SessionsExpired(int sessions) => _sessionsExpired.Add(sessions, _path);

    public void Oversized() => _oversized.Add(1, _path);

    public void QueueDropped() => _queueDropped.Add(1, _path);

    public void Dispose() => _meter.Dispose();
}
