// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Cases.Audit;
using Detector.Cases.Desk;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Metering;

namespace Detector.Cases.Stores.Relational;

/// <summary>Rows to records and back.</summary>
internal static class RowMapping
{
    public static DateTimeOffset Moment(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    public static long Stored(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private static long? Stored(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Moment(long? unixMilliseconds) => unixMilliseconds is { } known ? Moment(known) : null;

    /// <summary>Fixed width, so that text order is time order and no tick is lost.</summary>
    public static string StoredWindow(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static void Fill(CaseRow row, CaseRecord record)
    {
        row.Site = record.Site;
        row.State = record.State;
        row.IsOpen = record.State.IsOpen();
        row.Opened = Stored(record.Opened);
        row.Changed = Stored(record.Changed);
        row.EvidenceVersion = record.EvidenceVersion;
        row.LeadSequence = record.LeadSequence;
        row.Proposal = record.Proposal is null ? null : JsonSerializer.Serialize(record.Proposal, FindingJson.Options);
        row.RefutedAt = Stored(record.RefutedAt);
        row.ConfirmedAt = Stored(record.ConfirmedAt);
        row.ObjectedFrom = record.ObjectedFrom;
        row.Since = Stored(record.Since);
        row.Due = Stored(record.Due);
        row.Escalations = record.Escalations;
        row.Assignee = record.Assignee;
        row.SnoozedUntil = Stored(record.SnoozedUntil);
        row.MergedInto = record.MergedInto;
        row.StateBeforeMerge = record.StateBeforeMerge;
    }

    public static CaseRecord Record(CaseRow row, string lead) => new()
    {
        Number = row.Number,
        Site = row.Site,
        State = row.State,
        Opened = Moment(row.Opened),
        Changed = Moment(row.Changed),
        EvidenceVersion = row.EvidenceVersion,
        LeadSequence = row.LeadSequence,
        Lead = FindingJson.Read(lead),
        Proposal = row.Proposal is null ? null : JsonSerializer.Deserialize<Proposal>(row.Proposal, FindingJson.Options),
        RefutedAt = Moment(row.RefutedAt),
        ConfirmedAt = Moment(row.ConfirmedAt),
        ObjectedFrom = row.ObjectedFrom,
        Since = Moment(row.Since),
        Due = Moment(row.Due),
        Escalations = row.Escalations,
        Assignee = row.Assignee,
        SnoozedUntil = Moment(row.SnoozedUntil),
        MergedInto = row.MergedInto,
        StateBeforeMerge = row.StateBeforeMerge,
    };

    public static CaseEventRow Row(CaseEvent happened) => new()
    {
        Sequence = happened.Sequence,
        CaseNumber = CaseRecord.NumberOf(happened.CaseId)!.Value,
        Site = happened.Site,
        Kind = happened.Kind,
        Verb = happened.Verb,
        Before = happened.Before,
        After = happened.After,
        EvidenceVersion = happened.EvidenceVersion,
        VerdictSequence = happened.VerdictSequence,
        Actor = happened.Actor,
        Role = happened.Role,
        At = Stored(happened.At),
        Why = happened.Why,
        Data = happened.Data,
    };

    public static CaseEvent Event(CaseEventRow row) => new()
    {
        Sequence = row.Sequence,
        CaseId = CaseRecord.IdOf(row.CaseNumber),
        Site = row.Site,
        Kind = row.Kind,
        Verb = row.Verb,
        Before = row.Before,
        After = row.After,
        EvidenceVersion = row.EvidenceVersion,
        VerdictSequence = row.VerdictSequence,
        Actor = row.Actor,
        Role = row.Role,
        At = Moment(row.At),
        Why = row.Why,
        Data = row.Data,
    };

    public static VerdictRow Row(SiteVerdict verdict) => new()
    {
        Sequence = verdict.Sequence,
        Site = verdict.Site,
        Meter = verdict.Finding.Meter.Value,
        Verdict = verdict.Finding.Verdict,
        Previous = verdict.Previous,
        Model = verdict.Finding.Model,
        WindowFrom = StoredWindow(verdict.Finding.Window.From),
        WindowTo = StoredWindow(verdict.Finding.Window.To),
        Recorded = Stored(verdict.Recorded),
        Finding = FindingJson.Write(verdict.Finding),
    };

    public static SiteVerdict Verdict(VerdictRow row) =>
        new(row.Sequence, row.Site, Moment(row.Recorded), row.Previous, FindingJson.Read(row.Finding));

    /// <summary>What the chain should say of a verdict's row: from its columns and its text, so that any change shows.</summary>
    public static VerdictFacts Facts(VerdictRow row) => new(
        row.Site, row.Meter, row.Verdict, row.Previous, row.Model, new TimeRange(Window(row.WindowFrom), Window(row.WindowTo)), Moment(row.Recorded), row.Finding);

    public static AuditRow Link(AuditLinkRow row) => new(row.Sequence, row.Kind, row.Body, row.Previous, row.Hash);

    public static OutboxEvent Outbox(OutboxRow row) => new(row.Sequence, row.Id, row.Type, row.Subject, Moment(row.Time), row.Data);

    public static AnswerRow Row(KeptAnswer answer) => new()
    {
        Actor = answer.Actor,
        Key = answer.Key,
        Part = answer.Part,
        Request = answer.RequestSha256,
        Outcome = answer.Outcome,
        Text = answer.Text,
        TextZh = answer.TextZh,
        Version = answer.Version,
        Answer = answer.Answer,
        At = Stored(answer.At),
    };

    public static KeptAnswer Answer(AnswerRow row) => new(
        row.Actor, row.Key, row.Part, row.Request, row.Outcome, row.Text, row.TextZh, row.Version, row.Answer, Moment(row.At));

    public static ParkedEvent Parked(ParkedRow row) => new(
        row.Endpoint, row.Sequence, row.Subject, row.Type, Moment(row.ParkedAt), row.Attempts, row.Fault, row.Replay);

    public static DateTimeOffset Window(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
