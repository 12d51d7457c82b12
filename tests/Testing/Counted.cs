// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Testing;

/// <summary>What the counters of a part have added since this began, by instrument and one tag. Tests that use it do not run beside others of their kind.</summary>
public sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    /// <summary>Counts from now on.</summary>
    /// <param name="meter">The part's name as a source of metrics, <c>Detector.Intake</c>.</param>
    /// <param name="tag">The tag by which what is counted differs.</param>
    public Counted(string meter, string tag = "reason")
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var of = string.Empty;
            foreach (var (key, text) in tags)
            {
                of = key == tag ? $":{text}" : of;
            }

            lock (_counts)
            {
                var name = instrument.Name + of;
                _counts[name] = _counts.GetValueOrDefault(name) + value;
            }
        });
        _listener.Start();
    }

    /// <summary>What was added to <c>instrument:tag</c>, or to an instrument without the tag.</summary>
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

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();
}
