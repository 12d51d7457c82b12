// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Audit;
using Detector.Cases.Desk;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Metering;

namespace Detector.Cases.Stores;

/// <summary>What can be read of the store within one consistent view.</summary>
internal interface ICaseReader
{
    /// <summary>The case of a number, or null.</summary>
    Task<CaseRecord?> CaseAsync(long number, CancellationToken cancel);

    /// <summary>The one open case that stands for a site, its own or the one that its own is merged into; or null.</summary>
    Task<CaseRecord?> OpenCaseOfAsync(string site, CancellationToken cancel);

    /// <summary>Of the cases that stand for a site, the one that was refuted last; or null.</summary>
    Task<CaseRecord?> LastRefutedOfAsync(string site, CancellationToken cancel);

    /// <summary>Of the cases that stand for a site, the one that was confirmed last; or null.</summary>
    Task<CaseRecord?> LastConfirmedOfAsync(string site, CancellationToken cancel);

    /// <summary>Cases, newest first.</summary>
    Task<IReadOnlyList<CaseRecord>> CasesAsync(CaseFilter filter, CancellationToken cancel);

    /// <summary>How many cases are in each state.</summary>
    Task<IReadOnlyDictionary<CaseState, int>> CountAsync(CancellationToken cancel);

    /// <summary>How many cases of each site are in each state.</summary>
    Task<IReadOnlyList<(string Site, CaseState State, int Cases)>> CountBySiteAsync(CancellationToken cancel);

    /// <summary>Numbers of cases opened by a moment, in order.</summary>
    Task<IReadOnlyList<long>> CasesOpenedByAsync(DateTimeOffset moment, CancellationToken cancel);

    /// <summary>Of each meter's entries in the history of verdicts by a moment, the one of the latest window.</summary>
    Task<IReadOnlyList<SiteVerdict>> VerdictsByAsync(DateTimeOffset moment, CancellationToken cancel);

    /// <summary>Numbers of cases to which something of a kind happened, in order.</summary>
    Task<IReadOnlyList<long>> CasesWithAsync(CaseEventKind kind, CancellationToken cancel);

    /// <summary>What happened to a case, oldest first.</summary>
    Task<IReadOnlyList<CaseEvent>> EventsOfAsync(long number, CancellationToken cancel);

    /// <summary>Findings that joined a case, oldest first.</summary>
    Task<IReadOnlyList<CaseEvidence>> EvidenceOfAsync(long number, CancellationToken cancel);

    /// <summary>Whether a finding of this meter, window and model is in the history.</summary>
    Task<bool> HasVerdictAsync(MeterId meter, TimeRange window, string model, CancellationToken cancel);

    /// <summary>The meter's latest entry in the history, or null.</summary>
    Task<SiteVerdict?> LatestOfMeterAsync(MeterId meter, CancellationToken cancel);

    /// <summary>The meter's latest entry of a site with a window that ends in a time; or null.</summary>
    Task<SiteVerdict?> LatestOfMeterAsync(MeterId meter, string site, TimeRange installed, CancellationToken cancel);

    /// <summary>Of each meter behind one, the end of the window it was judged on last; by meter.</summary>
    Task<IReadOnlyList<(MeterId Meter, DateTimeOffset Until)>> JudgedUntilAsync(MeterId? after, int limit, CancellationToken cancel);

    /// <summary>Each site's present verdict: the most suspicious of its meters' latest.</summary>
    Task<IReadOnlyList<SiteVerdict>> VerdictsAsync(VerdictFilter filter, CancellationToken cancel);

    /// <summary>The stored text of a finding, to the byte: what the chain's hash is over.</summary>
    Task<string> FindingTextAsync(long sequence, CancellationToken cancel);

    /// <summary>A site's entries, newest first.</summary>
    Task<IReadOnlyList<SiteVerdict>> HistoryAsync(string site, int limit, CancellationToken cancel);

    /// <summary>The newest link of the chain as it was last noted, or null before the first.</summary>
    Task<AuditAnchor?> AuditHeadAsync(CancellationToken cancel);

    /// <summary>Links after a sequence, oldest first, with what they speak of.</summary>
    Task<IReadOnlyList<AuditedRow>> AuditAsync(long after, int limit, CancellationToken cancel);

    /// <summary>Links that speak of a case or of the verdicts given, oldest first.</summary>
    Task<IReadOnlyList<AuditRow>> AuditOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancel);

    /// <summary>Sequences of case events and verdicts that have no link, oldest first, at most ten.</summary>
    Task<IReadOnlyList<long>> UnlinkedAsync(CancellationToken cancel);

    /// <summary>Cases after a number, in order, for comparison with their events; the record is null where a row holds what no program of ours could have written.</summary>
    Task<IReadOnlyList<StandingRow>> StandingsAsync(long after, int limit, CancellationToken cancel);

    /// <summary>The first event whose case has no row; null where there is none.</summary>
    Task<long?> StrayCaseAsync(CancellationToken cancel);

    /// <summary>The kept answer of a person's request; null where there is none.</summary>
    Task<KeptAnswer?> AnswerAsync(string actor, string key, int part, CancellationToken cancel);

    /// <summary>Events of the outbox after a sequence, oldest first.</summary>
    Task<IReadOnlyList<OutboxEvent>> OutboxAsync(long after, int limit, CancellationToken cancel);

    /// <summary>The newest sequence of the outbox; 0 before the first.</summary>
    Task<long> OutboxHeadAsync(CancellationToken cancel);

    /// <summary>Events not yet delivered to the queue, oldest first.</summary>
    Task<IReadOnlyList<OutboxEvent>> UndeliveredAsync(int limit, CancellationToken cancel);

    /// <summary>Events of the outbox by their sequences, oldest first.</summary>
    Task<IReadOnlyList<OutboxEvent>> OutboxOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancel);

    /// <summary>How many events of the outbox come after a sequence.</summary>
    Task<long> OutboxCountAsync(long after, CancellationToken cancel);

    /// <summary>The sequence up to which every event was taken by an endpoint or parked for it; 0 before the first.</summary>
    Task<long> WebhookPositionAsync(string endpoint, CancellationToken cancel);

    /// <summary>Events parked for an endpoint after a sequence, oldest first.</summary>
    Task<IReadOnlyList<ParkedEvent>> ParkedAsync(string endpoint, long after, int limit, bool replayOnly, CancellationToken cancel);

    /// <summary>How many events are parked for an endpoint.</summary>
    Task<long> ParkedCountAsync(string endpoint, CancellationToken cancel);

    /// <summary>Those of the subjects that have parked events.</summary>
    Task<IReadOnlySet<string>> ParkedSubjectsAsync(string endpoint, IReadOnlyCollection<string> subjects, CancellationToken cancel);

    /// <summary>The content of an attachment by the sequence of its event; null where there is none.</summary>
    Task<byte[]?> AttachmentAsync(long sequence, CancellationToken cancel);

    /// <summary>Sequences of attachments, in order.</summary>
    Task<IReadOnlyList<long>> AttachmentsAsync(CancellationToken cancel);

    /// <summary>How many events wait for the queue.</summary>
    Task<long> UndeliveredCountAsync(CancellationToken cancel);
}
