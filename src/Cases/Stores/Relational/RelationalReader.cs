// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Cases.Audit;
using Detector.Cases.Desk;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Metering;
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores.Relational;

/// <summary>Reads through one context, inside the transaction that its caller opened.</summary>
internal partial class RelationalReader(CasesContext context) : ICaseReader
{
    protected CasesContext Context => context;

    public async Task<CaseRecord?> CaseAsync(long number, CancellationToken cancel) =>
        (await RecordsAsync(context.Cases.Where(c => c.Number == number), cancel)).SingleOrDefault();

    public async Task<CaseRecord?> OpenCaseOfAsync(string site, CancellationToken cancel)
    {
        var open = await RecordsAsync((await StandingForAsync(site, cancel)).Where(c => c.IsOpen), cancel);
        return open.FirstOrDefault(c => c.Site == site) ?? open.FirstOrDefault();
    }

    public async Task<CaseRecord?> LastRefutedOfAsync(string site, CancellationToken cancel) => (await RecordsAsync(
        (await StandingForAsync(site, cancel)).Where(c => c.RefutedAt != null).OrderByDescending(c => c.RefutedAt).Take(1), cancel)).SingleOrDefault();

    public async Task<CaseRecord?> LastConfirmedOfAsync(string site, CancellationToken cancel) => (await RecordsAsync(
        (await StandingForAsync(site, cancel)).Where(c => c.ConfirmedAt != null).OrderByDescending(c => c.ConfirmedAt).Take(1), cancel)).SingleOrDefault();

    /// <summary>The site's cases, and those that its merged ones are merged into. Asked in two steps, so that a site without merged cases, nearly every one, is found by its index alone.</summary>
    private async Task<IQueryable<CaseRow>> StandingForAsync(string site, CancellationToken cancel)
    {
        var leading = await context.Cases.Where(c => c.Site == site && c.MergedInto != null).Select(c => c.MergedInto!.Value).ToArrayAsync(cancel);
        return leading.Length == 0 ? context.Cases.Where(c => c.Site == site) : context.Cases.Where(c => c.Site == site || leading.Contains(c.Number));
    }

    public async Task<IReadOnlyList<CaseRecord>> CasesAsync(CaseFilter filter, CancellationToken cancel)
    {
        var wanted = context.Cases.AsQueryable();
        if (filter.Assignee is { } assignee)
        {
            wanted = wanted.Where(c => c.Assignee == assignee);
        }

        if (filter.DueBefore is { } moment)
        {
            var before = RowMapping.Stored(moment);
            wanted = wanted.Where(c => c.IsOpen && c.Due != null && c.Due <= before);
        }

        if (filter.States.Count > 0)
        {
            var states = filter.States.ToArray();
            wanted = wanted.Where(c => states.Contains(c.State));
        }

        if (filter.Site is { } site)
        {
            wanted = wanted.Where(c => c.Site == site);
        }

        if (filter.After is { } after)
        {
            var before = CaseRecord.NumberOf(after) ?? 0;
            wanted = wanted.Where(c => c.Number < before);
        }

        return await RecordsAsync(wanted.OrderByDescending(c => c.Number).Take(Math.Clamp(filter.Limit, 1, CaseFilter.MostRows)), cancel);
    }

    public async Task<IReadOnlyDictionary<CaseState, int>> CountAsync(CancellationToken cancel) =>
        await context.Cases.GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    public async Task<IReadOnlyList<(string Site, CaseState State, int Cases)>> CountBySiteAsync(CancellationToken cancel)
    {
        var counted = await context.Cases.GroupBy(c => new { c.Site, c.State }).Select(g => new { g.Key.Site, g.Key.State, Cases = g.Count() }).ToListAsync(cancel);
        return counted.ConvertAll(c => (c.Site, c.State, c.Cases));
    }

    public async Task<IReadOnlyList<long>> CasesOpenedByAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        var latest = RowMapping.Stored(moment);
        return await context.Cases.Where(c => c.Opened <= latest).OrderBy(c => c.Number).Select(c => c.Number).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<SiteVerdict>> VerdictsByAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        var latest = RowMapping.Stored(moment);
        var newest = context.Verdicts.Where(v => v.Recorded <= latest).GroupBy(v => v.Meter)
            .Select(g => g.OrderByDescending(v => v.WindowTo).ThenByDescending(v => v.Sequence).Select(v => v.Sequence).First());
        return [.. (await context.Verdicts.AsNoTracking().Where(v => newest.Contains(v.Sequence)).OrderBy(v => v.Sequence).ToListAsync(cancel)).Select(RowMapping.Verdict)];
    }

    public async Task<IReadOnlyList<long>> CasesWithAsync(CaseEventKind kind, CancellationToken cancel) =>
        await context.Events.Where(e => e.Kind == kind).Select(e => e.CaseNumber).Distinct().OrderBy(n => n).ToListAsync(cancel);

    public async Task<IReadOnlyList<CaseEvent>> EventsOfAsync(long number, CancellationToken cancel) =>
        [.. (await context.Events.AsNoTracking().Where(e => e.CaseNumber == number).OrderBy(e => e.Sequence).ToListAsync(cancel)).Select(RowMapping.Event)];

    public async Task<IReadOnlyList<CaseEvidence>> EvidenceOfAsync(long number, CancellationToken cancel)
    {
        var rows = await context.Evidence.AsNoTracking().Where(e => e.CaseNumber == number).OrderBy(e => e.EvidenceVersion)
            .Join(context.Verdicts, e => e.VerdictSequence, v => v.Sequence, (e, v) => new { Evidence = e, v.Finding })
            .ToListAsync(cancel);
        return
        [
            .. rows.OrderBy(r => r.Evidence.EvidenceVersion).Select(r => new CaseEvidence(
                r.Evidence.EvidenceVersion, RowMapping.Moment(r.Evidence.Joined), r.Evidence.VerdictSequence, FindingJson.Read(r.Finding))),
        ];
    }

    public Task<AuditAnchor?> AuditHeadAsync(CancellationToken cancel) =>
        context.AuditHead.AsNoTracking().Select(h => new AuditAnchor(h.Sequence, h.Hash)).SingleOrDefaultAsync(cancel);

    public async Task<IReadOnlyList<AuditedRow>> AuditAsync(long after, int limit, CancellationToken cancel)
    {
        var links = await context.Audit.AsNoTracking().Where(a => a.Sequence > after).OrderBy(a => a.Sequence).Take(limit).ToListAsync(cancel);
        if (links.Count == 0)
        {
            return [];
        }

        var last = links[^1].Sequence;
        var events = await context.Events.AsNoTracking().Where(e => e.Sequence > after && e.Sequence <= last).ToDictionaryAsync(e => e.Sequence, cancel);
        var verdicts = await context.Verdicts.AsNoTracking().Where(v => v.Sequence > after && v.Sequence <= last).ToDictionaryAsync(v => v.Sequence, cancel);
        return [.. links.Select(link => new AuditedRow(RowMapping.Link(link), Present(link, events, verdicts)))];
    }

    public async Task<IReadOnlyList<AuditRow>> AuditOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancel)
    {
        var wanted = sequences.ToArray();
        var rows = await context.Audit.AsNoTracking().Where(a => wanted.Contains(a.Sequence)).OrderBy(a => a.Sequence).ToListAsync(cancel);
        return [.. rows.Select(RowMapping.Link)];
    }

    public async Task<IReadOnlyList<long>> UnlinkedAsync(CancellationToken cancel)
    {
        var events = context.Events.Where(e => !context.Audit.Any(a => a.Sequence == e.Sequence && a.Kind == AuditKind.CaseEvent)).Select(e => e.Sequence);
        var verdicts = context.Verdicts.Where(v => !context.Audit.Any(a => a.Sequence == v.Sequence && a.Kind == AuditKind.Verdict)).Select(v => v.Sequence);
        return await events.Concat(verdicts).OrderBy(s => s).Take(10).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<StandingRow>> StandingsAsync(long after, int limit, CancellationToken cancel)
    {
        var rows = await context.Cases.AsNoTracking().Where(c => c.Number > after).OrderBy(c => c.Number).Take(limit)
            .Select(c => new { Case = c, Lead = context.Verdicts.Where(v => v.Sequence == c.LeadSequence).Select(v => v.Finding).FirstOrDefault() }).ToListAsync(cancel);
        return [.. rows.Select(r => new StandingRow(r.Case.Number, Readable(r.Case, r.Lead), r.Case.IsOpen))];
    }

    public async Task<long?> StrayCaseAsync(CancellationToken cancel) =>
        await context.Events.Where(e => !context.Cases.Any(c => c.Number == e.CaseNumber)).MinAsync(e => (long?)e.Sequence, cancel);

    public async Task<KeptAnswer?> AnswerAsync(string actor, string key, int part, CancellationToken cancel)
    {
        var row = await context.Answers.AsNoTracking().SingleOrDefaultAsync(a => a.Actor == actor && a.Key == key && a.Part == part, cancel);
        return row is null ? null : RowMapping.Answer(row);
    }

    public async Task<IReadOnlyList<OutboxEvent>> OutboxAsync(long after, int limit, CancellationToken cancel) =>
        [.. (await context.Outbox.AsNoTracking().Where(o => o.Sequence > after).OrderBy(o => o.Sequence).Take(limit).ToListAsync(cancel)).Select(RowMapping.Outbox)];

    public async Task<long> OutboxHeadAsync(CancellationToken cancel) =>
        await context.Outbox.MaxAsync(o => (long?)o.Sequence, cancel) ?? 0;

    public async Task<IReadOnlyList<OutboxEvent>> UndeliveredAsync(int limit, CancellationToken cancel) =>
        [.. (await context.Outbox.AsNoTracking().Where(o => o.Delivered == null).OrderBy(o => o.Sequence).Take(limit).ToListAsync(cancel)).Select(RowMapping.Outbox)];

    public Task<long> UndeliveredCountAsync(CancellationToken cancel) => context.Outbox.LongCountAsync(o => o.Delivered == null, cancel);

    public async Task<IReadOnlyList<OutboxEvent>> OutboxOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancel)
    {
        var wanted = sequences.ToArray();
        return [.. (await context.Outbox.AsNoTracking().Where(o => wanted.Contains(o.Sequence)).OrderBy(o => o.Sequence).ToListAsync(cancel)).Select(RowMapping.Outbox)];
    }

    public Task<long> OutboxCountAsync(long after, CancellationToken cancel) => context.Outbox.LongCountAsync(o => o.Sequence > after, cancel);

    public async Task<long> WebhookPositionAsync(string endpoint, CancellationToken cancel) =>
        await context.Webhooks.Where(w => w.Endpoint == endpoint).Select(w => (long?)w.Position).SingleOrDefaultAsync(cancel) ?? 0;

    public async Task<IReadOnlyList<ParkedEvent>> ParkedAsync(string endpoint, long after, int limit, bool replayOnly, CancellationToken cancel)
    {
        var rows = await context.Parked.AsNoTracking().Where(p => p.Endpoint == endpoint && p.Sequence > after && (!replayOnly || p.Replay))
            .OrderBy(p => p.Sequence).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(RowMapping.Parked)];
    }

    public Task<long> ParkedCountAsync(string endpoint, CancellationToken cancel) => context.Parked.LongCountAsync(p => p.Endpoint == endpoint, cancel);

    public async Task<IReadOnlySet<string>> ParkedSubjectsAsync(string endpoint, IReadOnlyCollection<string> subjects, CancellationToken cancel)
    {
        var asked = subjects.ToArray();
        return (await context.Parked.Where(p => p.Endpoint == endpoint && asked.Contains(p.Subject)).Select(p => p.Subject).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
    }

    public Task<byte[]?> AttachmentAsync(long sequence, CancellationToken cancel) =>
        context.Attachments.Where(a => a.Sequence == sequence).Select(a => a.Content).SingleOrDefaultAsync(cancel);

    public async Task<IReadOnlyList<long>> AttachmentsAsync(CancellationToken cancel) =>
        await context.Attachments.OrderBy(a => a.Sequence).Select(a => a.Sequence).ToListAsync(cancel);

    private static CaseRecord? Readable(CaseRow row, string? lead)
    {
        try
        {
            return lead is null ? null : RowMapping.Record(row, lead);
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text the chain should hold for what the store holds now; null where it is gone or no longer makes sense.</summary>
    private static string? Present(AuditLinkRow link, Dictionary<long, CaseEventRow> events, Dictionary<long, VerdictRow> verdicts)
    {
        try
        {
            return link.Kind switch
            {
                AuditKind.CaseEvent when events.TryGetValue(link.Sequence, out var row) => AuditChain.BodyOf(RowMapping.Event(row)),
                AuditKind.Verdict when verdicts.TryGetValue(link.Sequence, out var row) => AuditChain.BodyOf(RowMapping.Facts(row)),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or FormatException or JsonException or InvalidOperationException)
        {
            return null; // a value that no program of ours could have written
        }
    }

    private async Task<IReadOnlyList<CaseRecord>> RecordsAsync(IQueryable<CaseRow> rows, CancellationToken cancel)
    {
        var found = await rows.AsNoTracking().Join(context.Verdicts, c => c.LeadSequence, v => v.Sequence, (c, v) => new { Case = c, v.Finding }).ToListAsync(cancel);
        return [.. found.OrderByDescending(r => r.Case.Number).Select(r => RowMapping.Record(r.Case, r.Finding))];
    }
}
