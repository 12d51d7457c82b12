// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Audit;
using Detector.Cases.Outbox;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>Writes what happened, with its link and its event for outside, in the caller's transaction. Nothing else writes to the store.</summary>
internal sealed class Recorder(ICaseWriter store, DateTimeOffset now, CasesOptions options)
{
    /// <summary>When everything of this transaction happens, UTC, to the millisecond.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Adds a finding to the history of verdicts.</summary>
    public async Task<SiteVerdict> RecordVerdictAsync(Finding finding, Verdict? previous, CancellationToken cancel)
    {
        var head = await store.AuditHeadAsync(cancel);
        var verdict = new SiteVerdict((head?.Sequence ?? 0) + 1, finding.Site, now, previous, finding);
        await store.AddVerdictAsync(verdict, cancel);
        await store.AddAuditAsync(AuditChain.Link(head, VerdictFacts.Of(verdict)), cancel);
        await SendAsync(verdict.Sequence, EventTypes.SiteVerdict, verdict.Site, EventData.Of(verdict), cancel);
        return verdict;
    }

    /// <summary>Opens a case on a verdict.</summary>
    public async Task<CaseRecord> OpenAsync(SiteVerdict verdict, CancellationToken cancel)
    {
        var record = new CaseRecord
        {
            Number = await store.NextCaseNumberAsync(cancel),
            Site = verdict.Site,
            State = CaseState.Screened,
            Opened = now,
            Changed = now,
            Since = now,
            Due = options.Deadlines.DueAfter(CaseState.Screened, now),
            EvidenceVersion = 1,
            LeadSequence = verdict.Sequence,
            Lead = verdict.Finding,
        };
        await store.AddCaseAsync(record, cancel);
        await store.AddEvidenceAsync(record.Number, record.EvidenceVersion, verdict.Sequence, now, cancel);
        await RecordAsync(record, Happened(record, CaseEventKind.Opened) with { VerdictSequence = verdict.Sequence }, cancel);
        return record;
    }

    /// <summary>Lets a verdict join a case as materially new evidence.</summary>
    public async Task<CaseRecord> JoinAsync(
        CaseRecord record, long verdictSequence, (long Sequence, Finding Finding) lead, CancellationToken cancel, string? why = null)
    {
        var after = record with
        {
            EvidenceVersion = record.EvidenceVersion + 1,
            Changed = now,
            LeadSequence = lead.Sequence,
            Lead = lead.Finding,
            SnoozedUntil = null, // new evidence wakes a case that waits
        };
        await store.UpdateCaseAsync(after, cancel);
        await store.AddEvidenceAsync(after.Number, after.EvidenceVersion, verdictSequence, now, cancel);
        await RecordAsync(
            after, Happened(after, CaseEventKind.EvidenceJoined) with { Before = record.State, VerdictSequence = verdictSequence, Why = why }, cancel);
        return after;
    }

    /// <summary>Reopens a closed case on a verdict that says the site mines again.</summary>
    public async Task<CaseRecord> ReopenAsync(CaseRecord closed, SiteVerdict verdict, CancellationToken cancel)
    {
        var after = Movement.Stand(closed, CaseState.Screened, now, options) with
        {
            EvidenceVersion = closed.EvidenceVersion + 1,
            LeadSequence = verdict.Sequence,
            Lead = verdict.Finding,
        };
        await store.UpdateCaseAsync(after, cancel);
        await store.AddEvidenceAsync(after.Number, after.EvidenceVersion, verdict.Sequence, now, cancel);
        var why = $"Meter {verdict.Finding.Meter} mines again: {closed.Id} was closed on {UtcText.Write(closed.Since)} after a confirmation.";
        await RecordAsync(
            after, Happened(after, CaseEventKind.Reopened) with { Before = closed.State, VerdictSequence = verdict.Sequence, Why = why }, cancel);
        return after;
    }

    /// <summary>Notes on a refuted case that a verdict was suppressed because of it.</summary>
    public Task SuppressAsync(CaseRecord refuted, SiteVerdict verdict, string why, CancellationToken cancel) => RecordAsync(
        refuted,
        Happened(refuted, CaseEventKind.Suppressed) with { Before = refuted.State, VerdictSequence = verdict.Sequence, Why = why },
        cancel);

    /// <summary>Keeps a person's move, proposal, or the end of a proposal.</summary>
    /// <returns>The sequence that its event was given.</returns>
    public async Task<long> ChangeAsync(CaseRecord after, CaseEvent happened, CancellationToken cancel)
    {
        await store.UpdateCaseAsync(after, cancel);
        return await RecordAsync(after, happened, cancel);
    }

    /// <summary>An event of this moment, by the program, to be completed by the caller; the sequence is given when it is written.</summary>
    public CaseEvent Happened(CaseRecord record, CaseEventKind kind) => new()
    {
        Sequence = 0,
        CaseId = record.Id,
        Site = record.Site,
        Kind = kind,
        After = record.State,
        EvidenceVersion = record.EvidenceVersion,
        Actor = Access.AccessStore.SystemName,
        At = now,
    };

    private async Task<long> RecordAsync(CaseRecord record, CaseEvent happened, CancellationToken cancel)
    {
        var head = await store.AuditHeadAsync(cancel);
        var numbered = happened with { Sequence = (head?.Sequence ?? 0) + 1 };
        await store.AddEventAsync(numbered, cancel);
        await store.AddAuditAsync(AuditChain.Link(head, numbered), cancel);
        if (TypeOf(happened.Kind) is { } type)
        {
            await SendAsync(numbered.Sequence, type, record.Id, EventData.Of(record, numbered), cancel);
        }

        return numbered.Sequence;
    }

    private Task SendAsync(long sequence, string type, string subject, string data, CancellationToken cancel) =>
        store.AddOutboxAsync(new OutboxEvent(sequence, Guid.CreateVersion7(now).ToString("D"), type, subject, now, data), cancel);

    /// <summary>A suppressed verdict has its own event already; the note on the old case is no news outside.</summary>
    private static string? TypeOf(CaseEventKind kind) => kind switch
    {
        CaseEventKind.Opened => EventTypes.CaseOpened,
        CaseEventKind.Moved or CaseEventKind.MergedInto or CaseEventKind.SplitFrom => EventTypes.CaseTransitioned,
        CaseEventKind.Suppressed => null,
        _ => EventTypes.CaseUpdated,
    };
}
