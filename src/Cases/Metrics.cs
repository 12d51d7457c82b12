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

    private static readonly Counter<long> QueueUnrouted =
        Meter.CreateCounter<long>("detector.cases.queue.unrouted", "{event}", "Events delivered to the exchange for which no queue was bound, by type: nobody keeps them but the store of cases.");

    private static readonly Gauge<long> QueueWaiting =
        Meter.CreateGauge<long>("detector.cases.queue.waiting", "{event}", "Events of the outbox that the queue has not confirmed.");

    private static readonly Counter<long> FeedLagged =
        Meter.CreateCounter<long>("detector.cases.feed.lagged", "{subscriber}", "Subscribers cut off because they read too slowly; each was told and can resume.");

    private static readonly Counter<long> Escalations =
        Meter.CreateCounter<long>("detector.cases.escalations", "{case}", "Cases found beyond the deadline of their state, each time.");

    private static readonly Counter<long> Repeats =
        Meter.CreateCounter<long>("detector.cases.repeated_requests", "{request}", "Requests answered again by their Idempotency-Key; nothing was changed twice.");

    private static readonly Counter<long> AttachedBytes =
        Meter.CreateCounter<long>("detector.cases.attachments.bytes", "By", "Bytes of files attached to cases, by their type; refusals are among detector.cases.moves, by outcome.");

    private static readonly Counter<long> WebhooksPosted =
        Meter.CreateCounter<long>("detector.cases.webhooks.posted", "{event}", "Events that a webhook's endpoint took.");

    private static readonly Counter<long> WebhooksFailed =
        Meter.CreateCounter<long>("detector.cases.webhooks.failures", "{attempt}", "Attempts that a webhook's endpoint did not take and that are made again.");

    private static readonly Counter<long> WebhooksParked =
        Meter.CreateCounter<long>("detector.cases.webhooks.parkings", "{event}", "Events parked for a webhook's endpoint, each time.");

    private static readonly Gauge<long> WebhooksWaiting =
        Meter.CreateGauge<long>("detector.cases.webhooks.waiting", "{event}", "Events of the outbox after an endpoint's position.");

    private static readonly Gauge<long> WebhooksParkedNow =
        Meter.CreateGauge<long>("detector.cases.webhooks.parked", "{event}", "Events that are parked for an endpoint.");

    public static void WebhookPosted(string endpoint, int events) => WebhooksPosted.Add(events, Of(endpoint));

    public static void WebhookFailed(string endpoint) => WebhooksFailed.Add(1, Of(endpoint));

    public static void WebhookParked(string endpoint) => WebhooksParked.Add(1, Of(endpoint));

    public static void WebhookStands(string endpoint, long waiting, long parked)
    {
        WebhooksWaiting.Record(waiting, Of(endpoint));
        WebhooksParkedNow.Record(parked, Of(endpoint));
    }

    private static KeyValuePair<string, object?> Of(string endpoint) => new("endpoint", endpoint);

    public static void Attached(string type, long bytes) => AttachedBytes.Add(bytes, new KeyValuePair<string, object?>("type", type));

    public static void Repeated() => Repeats.Add(1);

    public static void Escalated() => Escalations.Add(1);

    public static void Considered(CaseChangeKind kind) => Findings.Add(1, new KeyValuePair<string, object?>("effect", kind.ToString()));

    public static void Moved(string verb, MoveOutcome outcome) => Moves.Add(
        1, new KeyValuePair<string, object?>("verb", verb), new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public static void Published(int events) => Delivered.Add(events);

    public static void Unrouted(string type) => QueueUnrouted.Add(1, new KeyValuePair<string, object?>("type", type));

    public static void PublishFailed() => QueueFailures.Add(1);

    public static void Waiting(long events) => QueueWaiting.Record(events);

    public static void SubscriberLagged() => FeedLagged.Add(1);
}
