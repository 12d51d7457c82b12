// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>Every metric of this project.</summary>
internal static class PipelineMetrics
{
    /// <summary>Name of the meter that the host exports.</summary>
    public const string MeterName = "Detector.Pipeline";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Readings =
        Meter.CreateCounter<long>("detector.relay.readings", "{reading}", "Readings settled by the relay, by outcome.");

    private static readonly Histogram<double> BatchDuration =
        Meter.CreateHistogram<double>("detector.relay.batch.duration", "s", "Decoding, writing and settling one batch.");

    private static readonly Histogram<double> Delay =
        Meter.CreateHistogram<double>("detector.relay.delay", "s", "Arrival to settlement, of the oldest message of each batch.");

    private static readonly Counter<long> BookRefusals =
        Meter.CreateCounter<long>("detector.relay.book.refusals", "{attempt}", "Settlements that the disk refused the relay's book; each is tried again.");

    private static readonly Counter<long> ReleasedReadings =
        Meter.CreateCounter<long>("detector.quarantine.released", "{reading}", "Readings let go from quarantine, because nothing holds them back any more.");

    private static readonly Counter<long> Registers =
        Meter.CreateCounter<long>("detector.registry.changes", "{register}", "Registers that came into force, and files of one that were refused, by outcome: taken, refused.");

    private static readonly Counter<long> WeatherHours =
        Meter.CreateCounter<long>("detector.weather.hours", "{hour}", "Hours of outdoor temperature that were brought in, each time.");

    private static readonly Counter<long> Verdicts =
        Meter.CreateCounter<long>("detector.watch.verdicts", "{verdict}", "Judgements given, by verdict.");

    private static readonly Histogram<double> JudgementDuration =
        Meter.CreateHistogram<double>("detector.watch.judgement.duration", "s", "Profiling and judging one meter on what was read of it.");

    private static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("detector.watch.failures", "{judgement}", "Judgements that ended in an error: tried again at once where a store refused, else with the meter's next readings.");

    private static readonly Counter<long> PartRefusals =
        Meter.CreateCounter<long>("detector.pipeline.refusals", "{attempt}", "Times that a store refused a part of the service, which then began anew, by part.");

    private static readonly Counter<long> BurstWishes =
        Meter.CreateCounter<long>("detector.bursts.requests", "{request}", "Bursts that a verdict or a person wished for, by outcome: sent, failed, left_alone, hour_full, queue_full, off, calculated, away.");

    public static void Released(int readings) => ReleasedReadings.Add(readings);

    public static void Weather(int hours) => WeatherHours.Add(hours);

    public static void Settled(Settlement settlement, TimeSpan duration)
    {
        var counts = settlement.Counts;
        Add(counts.Stored, "stored");
        Add(counts.Duplicate, "duplicate");
        Add(counts.Quarantined, "quarantined");
        Add(counts.DeadLettered, "dead_lettered");
        BatchDuration.Record(duration.TotalSeconds);
    }

    public static void Delayed(TimeSpan delay) => Delay.Record(Math.Max(0, delay.TotalSeconds));

    public static void PartRefused(string part) => PartRefusals.Add(1, new KeyValuePair<string, object?>("part", part));

    public static void BookRefused() => BookRefusals.Add(1);

    public static void Judged(Verdict verdict, TimeSpan duration)
    {
        Verdicts.Add(1, new KeyValuePair<string, object?>("verdict", verdict.Name()));
        JudgementDuration.Record(duration.TotalSeconds);
    }

    public static void BurstWish(string outcome) => BurstWishes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Register(bool taken) => Registers.Add(1, new KeyValuePair<string, object?>("outcome", taken ? "taken" : "refused"));

    public static void JudgementFailed() => Failures.Add(1);

    /// <summary>Exports the account of a relay as gauges, for as long as it lives.</summary>
    public static void WatchRelay(Relay relay)
    {
        Failures.Add(0); // shown from the start, so that the first one is a rise
        var weak = new WeakReference<Relay>(relay);
        Meter.CreateObservableGauge("detector.ledger.pending", () => Ask(weak, l => l.Pending), "{message}", "Journalled messages the relay has not settled.");
        Meter.CreateObservableGauge("detector.ledger.received", () => Ask(weak, l => l.Received), "{reading}", "Readings received, pending ones included.");
        Meter.CreateObservableGauge("detector.relay.lag", () => Lag(weak), "s", "Age of the oldest message that is being settled; 0 where none is. It grows while the timeline is away.");
        Meter.CreateObservableGauge("detector.ledger.dead_lettered", () => Ask(weak, l => l.DeadLettered), "{message}", "Messages in the dead letters.");
        Meter.CreateObservableGauge("detector.ledger.quarantined", () => Ask(weak, l => l.Quarantined), "{reading}", "Readings in quarantine.");
    }

    private static IEnumerable<Measurement<long>> Ask(WeakReference<Relay> weak, Func<LedgerSnapshot, long> part) =>
        weak.TryGetTarget(out var relay) ? [new Measurement<long>(part(relay.Snapshot()))] : [];

    private static IEnumerable<Measurement<double>> Lag(WeakReference<Relay> weak) =>
        weak.TryGetTarget(out var relay) ? [new Measurement<double>(relay.Lag.TotalSeconds)] : [];

    private static void Add(long count, string outcome)
    {
        if (count > 0)
        {
            Readings.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
