// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Attachments;
using Detector.Cases.Stores;

namespace Detector.Cases.Audit;

/// <summary>Walks the chain from its first link and stops at the first that does not match.</summary>
internal static class AuditVerifier
{
    private const int Page = 1000;

    /// <summary>Verifies the whole chain, what it speaks of, and the present state of every case.</summary>
    /// <param name="store">A consistent view.</param>
    /// <param name="anchor">A link kept elsewhere that the chain must still contain; null for none.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<AuditState> VerifyAsync(ICaseReader store, AuditAnchor? anchor, CancellationToken cancel)
    {
        AuditAnchor? head = null;
        while (true)
        {
            var page = await store.AuditAsync(head?.Sequence ?? 0, Page, cancel);
            foreach (var audited in page)
            {
                if (FaultOf(head, audited, anchor) is { } fault)
                {
                    return new AuditState(Intact: false, head?.Sequence ?? 0, head, fault);
                }

                head = new AuditAnchor(audited.Row.Sequence, audited.Row.Hash);
            }

            if (page.Count < Page)
            {
                break;
            }
        }

        var rest = await FaultOfRestAsync(store, head, anchor, cancel);
        return new AuditState(rest is null, head?.Sequence ?? 0, head, rest);
    }

    private static AuditFault? FaultOf(AuditAnchor? head, AuditedRow audited, AuditAnchor? anchor)
    {
        var row = audited.Row;
        var due = (head?.Sequence ?? 0) + 1;
        if (row.Sequence != due)
        {
            return new AuditFault(due, $"Link {due} is missing; the next is {row.Sequence}.");
        }

        if (row.Previous != (head?.Hash ?? AuditChain.Beginning))
        {
            return new AuditFault(row.Sequence, $"Link {row.Sequence} does not continue the link before it.");
        }

        if (row.Hash != AuditChain.HashOf(row.Previous, row.Sequence, row.Kind, row.Body))
        {
            return new AuditFault(row.Sequence, $"The hash of link {row.Sequence} does not match its content.");
        }

        if (audited.Present != row.Body)
        {
            return new AuditFault(row.Sequence, audited.Present is null
                ? $"What link {row.Sequence} speaks of is gone or cannot be read."
                : $"What the store holds at {row.Sequence} is not what was recorded then.");
        }

        return anchor is not null && anchor.Sequence == row.Sequence && anchor.Hash != row.Hash
            ? new AuditFault(row.Sequence, $"Link {row.Sequence} is not the one of the anchor.")
            : null;
    }

    private static async Task<AuditFault?> FaultOfRestAsync(ICaseReader store, AuditAnchor? head, AuditAnchor? anchor, CancellationToken cancel)
    {
        var end = head?.Sequence ?? 0;
        var noted = await store.AuditHeadAsync(cancel);
        if (noted != head)
        {
            return new AuditFault(end + 1, $"The chain ends at {end}, but {noted?.Sequence ?? 0} links were written.");
        }

        if (anchor is not null && anchor.Sequence > end)
        {
            return new AuditFault(end + 1, $"The chain ends at {end}, but the anchor is at {anchor.Sequence}.");
        }

        if (await store.UnlinkedAsync(cancel) is [var unlinked, ..])
        {
            return new AuditFault(unlinked, $"The store holds something at {unlinked} that the chain does not know.");
        }

        return await AttachmentFaultAsync(store, cancel) ?? await StandingFaultAsync(store, cancel);
    }

    /// <summary>The first attachment that is gone, changed, or known to no event.</summary>
    private static async Task<AuditFault?> AttachmentFaultAsync(ICaseReader store, CancellationToken cancel)
    {
        var kept = (await store.AttachmentsAsync(cancel)).ToHashSet();
        foreach (var number in await store.CasesWithAsync(CaseEventKind.Attached, cancel))
        {
            foreach (var attachment in AttachmentDesk.Of(await store.EventsOfAsync(number, cancel)))
            {
                if (!kept.Remove(attachment.Sequence))
                {
                    return new AuditFault(attachment.Sequence, $"The file that the event {attachment.Sequence} attached to {CaseRecord.IdOf(number)} is gone.");
                }

                if (!AttachmentDesk.Matches(attachment, (await store.AttachmentAsync(attachment.Sequence, cancel))!))
                {
                    return new AuditFault(attachment.Sequence, $"The file that the event {attachment.Sequence} attached to {CaseRecord.IdOf(number)} is not what was attached.");
                }
            }
        }

        return kept.Count == 0 ? null : new AuditFault(kept.Min(), $"The store holds a file at {kept.Min()} that no event attached.");
    }

    private static async Task<AuditFault?> StandingFaultAsync(ICaseReader store, CancellationToken cancel)
    {
        var after = 0L;
        IReadOnlyList<StandingRow> page;
        do
        {
            page = await store.StandingsAsync(after, Page, cancel);
            foreach (var (number, record, isOpen) in page)
            {
                after = number;
                var events = await store.EventsOfAsync(number, cancel);
                if (record is null || isOpen != record.State.IsOpen() || Standing.Of(events) != Standing.Of(record) || !await EvidenceFitsAsync(store, record, events, cancel))
                {
                    return new AuditFault(events.Count == 0 ? 0 : events[^1].Sequence, $"{CaseRecord.IdOf(number)} does not stand where its last event left it.");
                }
            }
        }
        while (page.Count == Page);
        return await store.StrayCaseAsync(cancel) is { } stray ? new AuditFault(stray, $"The event {stray} is of a case that is gone.") : null;
    }

    /// <summary>Whether the evidence of a case is what its events say joined it, and the right one of it leads.</summary>
    private static async Task<bool> EvidenceFitsAsync(ICaseReader store, CaseRecord record, IReadOnlyList<CaseEvent> events, CancellationToken cancel)
    {
        var joined = events.Where(e => e.Kind is CaseEventKind.Opened or CaseEventKind.EvidenceJoined or CaseEventKind.Reopened)
            .Select(e => (e.EvidenceVersion, e.VerdictSequence!.Value, e.At)).ToList();
        var kept = await store.EvidenceOfAsync(record.Number, cancel);
        return joined.SequenceEqual(kept.Select(e => (e.EvidenceVersion, e.VerdictSequence, e.Joined)))
            && Evidence.Lead(Evidence.OfThisTime(kept, events), e => e.Finding).VerdictSequence == record.LeadSequence;
    }
}
