// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Audit;
using Detector.Cases.Desk;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;

namespace Detector.Cases.Stores;

/// <summary>What can be written within one transaction. Only <see cref="Recorder"/> changes cases through it, so that nothing changes without its event and its link.</summary>
internal interface ICaseWriter : ICaseReader
{
    /// <summary>The number of the next case.</summary>
    Task<long> NextCaseNumberAsync(CancellationToken cancel);

    /// <summary>Adds a case.</summary>
    Task AddCaseAsync(CaseRecord record, CancellationToken cancel);

    /// <summary>Replaces a case's present state.</summary>
    Task UpdateCaseAsync(CaseRecord record, CancellationToken cancel);

    /// <summary>Adds a finding to a case's evidence.</summary>
    Task AddEvidenceAsync(long number, long evidenceVersion, long verdictSequence, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Adds an event of a case.</summary>
    Task AddEventAsync(CaseEvent happened, CancellationToken cancel);

    /// <summary>Adds an entry to the history of verdicts and makes it the meter's latest, unless that is of a later window: of a site that the meter has left.</summary>
    Task AddVerdictAsync(SiteVerdict verdict, CancellationToken cancel);

    /// <summary>Adds a link to the chain and notes it as the newest.</summary>
    Task AddAuditAsync(AuditRow row, CancellationToken cancel);

    /// <summary>Adds an event to the outbox.</summary>
    Task AddOutboxAsync(OutboxEvent happened, CancellationToken cancel);

    /// <summary>Adds the content of an attachment under the sequence of its event.</summary>
    Task AddAttachmentAsync(long sequence, byte[] content, CancellationToken cancel);

    /// <summary>Keeps the answer to a request.</summary>
    Task AddAnswerAsync(KeptAnswer answer, CancellationToken cancel);

    /// <summary>Drops answers older than a moment.</summary>
    Task DropAnswersAsync(DateTimeOffset before, CancellationToken cancel);

    /// <summary>Marks events as delivered to the queue.</summary>
    Task MarkDeliveredAsync(IReadOnlyCollection<long> sequences, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Notes that an endpoint took, or had parked, every event up to a sequence; never backwards.</summary>
    Task MoveWebhookAsync(string endpoint, long position, CancellationToken cancel);

    /// <summary>Parks an event for an endpoint, or renews why it is parked.</summary>
    Task ParkAsync(ParkedEvent parked, CancellationToken cancel);

    /// <summary>Removes events from what is parked.</summary>
    Task UnparkAsync(string endpoint, IReadOnlyCollection<long> sequences, CancellationToken cancel);

    /// <summary>Marks parked events to be posted again, or no longer, of some subjects or of all; says how many.</summary>
    Task<int> MarkReplayAsync(string endpoint, IReadOnlyCollection<string>? subjects, bool replay, CancellationToken cancel);
}
