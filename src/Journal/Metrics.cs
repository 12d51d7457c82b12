// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Journal;

/// <summary>What the journal measures; meter <c>Detector.Journal</c>.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly Meter _meter = new("Detector.Journal");
    private readonly Counter<long> _records;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _flushSeconds;
    private readonly Histogram<long> _flushRecords;
    private readonly Counter<long> _spaceWaits;
    private readonly Counter<long> _refusals;

    public Metrics(Func<long> retainedBytes, Func<long> waiting)
    {
        _records = _meter.CreateCounter<long>("detector.journal.appended.records", "{record}", "Records made durable.");
        _bytes = _meter.CreateCounter<long>("detector.journal.appended.bytes", "By", "Bytes made durable, record headers included.");
        _flushSeconds = _meter.CreateHistogram<double>("detector.journal.flush.duration", "s", "Write and flush of one group.");
        _flushRecords = _meter.CreateHistogram<long>("detector.journal.flush.records", "{record}", "Records in one group.");
        _spaceWaits = _meter.CreateCounter<long>("detector.journal.space.waits", "{append}", "Appends that waited because the journal was at its bound.");
        _refusals = _meter.CreateCounter<long>("detector.journal.refusals", "{attempt}", "Writes or flushes the disk refused.");

        // Shown from the start, so that the first one is a rise.
        _spaceWaits.Add(0);
        _refusals.Add(0);
        _meter.CreateObservableGauge("detector.journal.retained.bytes", retainedBytes, "By", "Bytes of all segments.");
        _meter.CreateObservableGauge("detector.journal.space.waiting", waiting, "{append}", "Appends waiting for space now.");
    }

    public void Flushed(int records, int bytes, TimeSpan took)
    {
        _records.Add(records);
        _bytes.Add(bytes);
        _flushRecords.Record(records);
        _flushSeconds.Record(took.TotalSeconds);
    }

    public void WaitedForSpace() => _spaceWaits.Add(1);

    public void Refused() => _refusals.Add(1);

    public void Dispose() => _meter.Dispose();
}
