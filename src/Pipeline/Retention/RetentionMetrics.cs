// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Pipeline.Retention;

/// <summary>What is measured of retention.</summary>
internal static class RetentionMetrics
{
    private static readonly Meter Source = new(PipelineMetrics.MeterName);

    private static readonly Counter<long> Expired = Source.CreateCounter<long>(
        "detector.retention.expired", "{item}", "Expired and deleted, by what: readings, bursts, hours, days.");

    private static readonly Counter<long> PutOff = Source.CreateCounter<long>(
        "detector.retention.put_off", "{meter}", "Meters that a sweep left as they are because readings came in or were not settled; the next one takes them.");

    private static readonly Gauge<int> Held = Source.CreateGauge<int>(
        "detector.retention.held", "{meter}", "Meters that are held by an open case, as of the last sweep.");

    private static readonly Histogram<double> Duration = Source.CreateHistogram<double>(
        "detector.retention.sweep.duration", "s", "Time of one sweep.");

    private static readonly Counter<long> Failures = Source.CreateCounter<long>(
        "detector.retention.failures", "{sweep}", "Sweeps that a store ended early; nothing is lost, the next one goes on.");

    public static void Failed() => Failures.Add(1);

    public static void Swept(SweepReport report, TimeSpan duration)
    {
        Add(report.Readings, "readings");
        Add(report.Bursts, "bursts");
        Add(report.HoursDropped, "hours");
        Add(report.DaysDropped, "days");
        PutOff.Add(report.PutOff);
        Held.Record(report.Holds.Count);
        Failures.Add(0); // shown from the first sweep, so that the first failure is a rise
        Duration.Record(duration.TotalSeconds);
    }

    private static void Add(long count, string what) => Expired.Add(count, new KeyValuePair<string, object?>("what", what));
}
