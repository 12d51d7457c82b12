// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Audit;
using Detector.Cases.Desk;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores.Relational;

/// <summary>Writes through one context, inside the transaction that its caller opened; the caller commits.</summary>
internal sealed class RelationalWriter(CasesContext context) : RelationalReader(context), ICaseWriter
{
    private const int OnlyHead = 1;

    public async Task<long> NextCaseNumberAsync(CancellationToken cancel) =>
        (await Context.Cases.MaxAsync(c => (long?)c.Number, cancel) ?? 0) + 1;

    public Task AddCaseAsync(CaseRecord record, CancellationToken cancel)
    {
        var row = new CaseRow { Number = record.Number, Site = record.Site };
        RowMapping.Fill(row, record);
        return AddAsync(row, cancel);
    }

    public async Task UpdateCaseAsync(CaseRecord record, CancellationToken cancel)
    {
        var row = await Context.Cases.SingleAsync(c => c.Number == record.Number, cancel);
        RowMapping.Fill(row, record);
        await Context.SaveChangesAsync(cancel);
    }

    public Task AddEvidenceAsync(long number, long evidenceVersion, long verdictSequence, DateTimeOffset at, CancellationToken cancel) => AddAsync(
        new EvidenceRow { CaseNumber = number, EvidenceVersion = evidenceVersion, VerdictSequence = verdictSequence, Joined = RowMapping.Stored(at) },
        cancel);

    public Task AddEventAsync(CaseEvent happened, CancellationToken cancel) => AddAsync(RowMapping.Row(happened), cancel);

    public async Task AddVerdictAsync(SiteVerdict verdict, CancellationToken cancel)
    {
        var row = RowMapping.Row(verdict);
        await AddAsync(row, cancel);
        var name = verdict.Finding.Meter.Value;
        var meter = await Context.Meters.SingleOrDefaultAsync(m => m.Meter == name, cancel);
        if (meter is not null && string.CompareOrdinal(await WindowEndOfAsync(meter.Sequence, cancel), row.WindowTo) > 0)
        {
            return; // of a site that the meter has left: neither that site nor the present one stands by it
        }

        var movedFrom = meter?.Site;
        if (meter is null)
        {
            meter = new MeterRow { Meter = name, Site = verdict.Site };
            Context.Add(meter);
        }

        meter.Site = verdict.Site;
        meter.Verdict = verdict.Finding.Verdict;
        meter.Sequence = verdict.Sequence;
        await Context.SaveChangesAsync(cancel);
        await RefreshSiteAsync(verdict.Site, cancel);
        if (movedFrom is not null && movedFrom != verdict.Site)
        {
            await RefreshSiteAsync(movedFrom, cancel);
        }
    }

    public async Task AddAuditAsync(AuditRow row, CancellationToken cancel)
    {
        Context.Add(new AuditLinkRow { Sequence = row.Sequence, Kind = row.Kind, Body = row.Body, Previous = row.Previous, Hash = row.Hash });
        var head = await Context.AuditHead.SingleOrDefaultAsync(cancel);
        if (head is null)
        {
            head = new AuditHeadRow { Id = OnlyHead, Hash = row.Hash };
            Context.Add(head);
        }

        head.Sequence = row.Sequence;
        head.Hash = row.Hash;
        await Context.SaveChangesAsync(cancel);
    }

    public Task AddOutboxAsync(OutboxEvent happened, CancellationToken cancel) => AddAsync(
        new OutboxRow
        {
            Sequence = happened.Sequence,
            Id = happened.Id,
            Type = happened.Type,
            Subject = happened.Subject,
            Time = RowMapping.Stored(happened.Time),
            Data = happened.DataJson,
        },
        cancel);

    public Task AddAttachmentAsync(long sequence, byte[] content, CancellationToken cancel) => AddAsync(new AttachmentRow { Sequence = sequence, Content = content }, cancel);

    public Task AddAnswerAsync(KeptAnswer answer, CancellationToken cancel) => AddAsync(RowMapping.Row(answer), cancel);

    public async Task DropAnswersAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var oldest = RowMapping.Stored(before);
        await Context.Answers.Where(a => a.At < oldest).ExecuteDeleteAsync(cancel);
    }

    public async Task MarkDeliveredAsync(IReadOnlyCollection<long> sequences, DateTimeOffset at, CancellationToken cancel)
    {
        var (wanted, when) = (sequences.ToArray(), RowMapping.Stored(at));
        await Context.Outbox.Where(o => wanted.Contains(o.Sequence) && o.Delivered == null)
            .ExecuteUpdateAsync(o => o.SetProperty(row => row.Delivered, when), cancel);
    }

    public async Task MoveWebhookAsync(string endpoint, long position, CancellationToken cancel)
    {
        var row = await Context.Webhooks.SingleOrDefaultAsync(w => w.Endpoint == endpoint, cancel) ?? Context.Add(new WebhookRow { Endpoint = endpoint }).Entity;
        row.Position = Math.Max(row.Position, position);
        await Context.SaveChangesAsync(cancel);
    }

    public async Task ParkAsync(ParkedEvent parked, CancellationToken cancel)
    {
        var row = await Context.Parked.SingleOrDefaultAsync(p => p.Endpoint == parked.Endpoint && p.Sequence == parked.Sequence, cancel);
        if (row is null)
        {
            // Somebody may have asked for its subject meanwhile: it goes with those before it.
            var replay = await Context.Parked.AnyAsync(p => p.Endpoint == parked.Endpoint && p.Subject == parked.Subject && p.Replay, cancel);
            row = Context.Add(new ParkedRow { Endpoint = parked.Endpoint, Sequence = parked.Sequence, Subject = parked.Subject, Type = parked.Type, Fault = parked.Fault, Replay = replay }).Entity;
        }

        row.ParkedAt = RowMapping.Stored(parked.ParkedAt);
        row.Attempts += parked.Attempts;
        row.Fault = parked.Fault;
        await Context.SaveChangesAsync(cancel);
    }

    public async Task UnparkAsync(string endpoint, IReadOnlyCollection<long> sequences, CancellationToken cancel)
    {
        var wanted = sequences.ToArray();
        await Context.Parked.Where(p => p.Endpoint == endpoint && wanted.Contains(p.Sequence)).ExecuteDeleteAsync(cancel);
    }

    public async Task<int> MarkReplayAsync(string endpoint, IReadOnlyCollection<string>? subjects, bool replay, CancellationToken cancel)
    {
        var wanted = subjects?.ToArray();
        return await Context.Parked.Where(p => p.Endpoint == endpoint && (wanted == null || wanted.Contains(p.Subject)))
            .ExecuteUpdateAsync(p => p.SetProperty(row => row.Replay, replay), cancel);
    }

    private Task<string> WindowEndOfAsync(long sequence, CancellationToken cancel) =>
        Context.Verdicts.Where(v => v.Sequence == sequence).Select(v => v.WindowTo).SingleAsync(cancel);

    private async Task AddAsync(object row, CancellationToken cancel)
    {
        Context.Add(row);
        await Context.SaveChangesAsync(cancel);
    }

    /// <summary>A site stands as its most suspicious meter does; between equals the later verdict counts.</summary>
    private async Task RefreshSiteAsync(string name, CancellationToken cancel)
    {
        var worst = await Context.Meters.Where(m => m.Site == name).OrderByDescending(m => m.Verdict).ThenByDescending(m => m.Sequence).FirstOrDefaultAsync(cancel);
        var site = await Context.Sites.SingleOrDefaultAsync(s => s.Site == name, cancel);
        if (worst is null)
        {
            if (site is not null)
            {
                Context.Remove(site);
            }
        }
        else
        {
            site ??= Context.Add(new SiteRow { Site = name }).Entity;
            site.Verdict = worst.Verdict;
            site.Sequence = worst.Sequence;
        }

        await Context.SaveChangesAsync(cancel);
    }
}
