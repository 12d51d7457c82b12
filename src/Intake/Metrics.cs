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

    public void Dispose() => _meter.Dispose();
}
