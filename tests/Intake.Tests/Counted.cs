// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Intake.Tests;

/// <summary>What the counters of the intake have added since this began, by instrument and reason. Tests that use it do not run beside others of their kind.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    public Counted()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Detector.Intake")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var reason = string.Empty;
            foreach (var tag in tags)
            {
                reason = tag.Key == "reason" ? $":{tag.Value}" : reason;
            }

            lock (_counts)
            {
                var key = instrument.Name + reason;
                _counts[key] = _counts.GetValueOrDefault(key) + value;
            }
        });
        _listener.Start();
    }

    public long this[string key]
    {
        get
        {
            lock (_counts)
            {
                return _counts.GetValueOrDefault(key);
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
