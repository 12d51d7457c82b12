// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Cases;

/// <summary>Figures of the cases.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new("Detector.Cases");

    private static readonly Counter<long> Findings =
        Meter.CreateCounter<long>("detector.cases.findings", "{finding}", "Findings considered, by what they did.");

    private static readonly Counter<long> Moves =
        Meter.CreateCounter<long>("detector.cases.moves", "{request}", "Moves asked for, by verb and outcome.");

    private static readonly Counter<long> Delivered =
        Meter.CreateCounter<long>("detector.cases.queue.delivered", "{event}", "Events that the queue confirmed.");

    private static readonly Counter<long> QueueFailures =
        Meter.CreateCounter<long>("detector.cases.queue.failures", "{attempt}", "Attempts to publish that failed; their events stay in the outbox.");

    private static readonly Gauge<long> QueueWaiting =
        Meter.CreateGauge<long>("detector.cases.queue.waiting", "{event}", "Events of the outbox that the queue has not confirmed.");

    private static readonly Counter<long> FeedLagged =
        Meter.CreateCounter<long>("detector.cases.feed.lagged", "{subscriber}", "Subscribers cut off because they read too slowly; each was told and can resume.");

    private static readonly Counter<long> Escalations =
        Meter.CreateCounter<long>("detector.cases.escalations", "{case}", "Cases found beyond the deadline of their state, each time.");

    private static readonly Counter<long> Repeats =
        Meter.CreateCounter<long>("detector.cases.repeated_requests", "{request}", "Requests answered again by their Idempotency-Key; nothing was changed twice.");

    public static void Repeated() => Repeats.Add(1);

    public static void Escalated() => Escalations.Add(1);

    public static void Considered(CaseChangeKind kind) => Findings.Add(1, new KeyValuePair<string, object?>("effect", kind.ToString()));

    public static void Moved(string verb, MoveOutcome outcome) => Moves.Add(
        1, new KeyValuePair<string, object?>("verb", verb), new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public static void Published(int events) => Delivered.Add(events);

    public static void PublishFailed() => QueueFailures.Add(1);

    public static void Waiting(long events) => QueueWaiting.Record(events);

    public static void SubscriberLagged() => FeedLagged.Add(1);
}
