// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Host.Configuration;
using Detector.Journal;
using Detector.Pipeline;

namespace Detector.Host.Hosting;

/// <summary>One question a part, in the order of the data path.</summary>
internal static class ReadinessQuestions
{
    public static IReadiness Make(IServiceProvider services)
    {
        var intake = services.GetRequiredService<IntakeService>();
        var journal = services.GetRequiredService<ArrivalJournal>();
        var relay = services.GetRequiredService<Relay>();
        var desk = services.GetRequiredService<CaseDesk>();
        var settings = services.GetRequiredService<Settings>();
        var webhooks = services.GetRequiredService<WebhookDispatcher>();
        var outbox = services.GetRequiredService<OutboxPublisher>();
        return new Readiness(
        [
            intake.State,
            () => Journal(journal),
            () => new PartState("timeline", relay.WaitingFor is null, relay.WaitingFor ?? settings.Timeline.Kind),
            () => new PartState("cases", desk.Refusal is null, desk.Refusal is { } why ? $"{settings.Cases.Kind} refuses: {why}" : settings.Cases.Kind),
            () => new PartState("webhooks", true, webhooks.Away.Count == 0 ? "posting" : $"{string.Join(", ", webhooks.Away)} away; events wait in the outbox"),
            () => new PartState("queue", outbox.IsHealthy, outbox.IsHealthy ? settings.Queue.Kind : $"{settings.Queue.Kind} does not answer; events wait in the outbox"),
        ]);
    }

    private static PartState Journal(ArrivalJournal journal) =>
        journal.Fault is { } refusal ? new PartState("journal", false, refusal.Message)
        : journal.IsWaitingForSpace ? new PartState("journal", false, "full: publishers wait until the timeline takes readings, or Journal:MaxBytes is raised")
        : new PartState("journal", true, $"{journal.DurableSequence} messages kept");
}
