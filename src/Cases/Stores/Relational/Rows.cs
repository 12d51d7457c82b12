// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Audit;
using Detector.Metering;

namespace Detector.Cases.Stores.Relational;

// One type a table; columns are listed in docs/cases.md. Times are Unix milliseconds in UTC.

internal sealed class CaseRow
{
    public long Number { get; set; }

    public required string Site { get; set; }

    public CaseState State { get; set; }

    public bool IsOpen { get; set; }

    public long Opened { get; set; }

    public long Changed { get; set; }

    public long EvidenceVersion { get; set; }

    public long LeadSequence { get; set; }

    public string? Proposal { get; set; }

    public long? RefutedAt { get; set; }

    public long? ConfirmedAt { get; set; }

    public CaseState? ObjectedFrom { get; set; }

    public long Since { get; set; }

    public long? Due { get; set; }

    public int Escalations { get; set; }

    public string? Assignee { get; set; }

    public long? SnoozedUntil { get; set; }

    public long? MergedInto { get; set; }

    public CaseState? StateBeforeMerge { get; set; }
}

internal sealed class CaseEventRow
{
    public long Sequence { get; set; }

    public long CaseNumber { get; set; }

    public required string Site { get; set; }

    public CaseEventKind Kind { get; set; }

    public string? Verb { get; set; }

    public CaseState? Before { get; set; }

    public CaseState After { get; set; }

    public long EvidenceVersion { get; set; }

    public long? VerdictSequence { get; set; }

    public required string Actor { get; set; }

    public Role? Role { get; set; }

    public long At { get; set; }

    public string? Why { get; set; }

    public string? Data { get; set; }
}

internal sealed class EvidenceRow
{
    public long CaseNumber { get; set; }

    public long EvidenceVersion { get; set; }

    public long VerdictSequence { get; set; }

    public long Joined { get; set; }
}

internal sealed class VerdictRow
{
    public long Sequence { get; set; }

    public required string Site { get; set; }

    public required string Meter { get; set; }

    public Verdict Verdict { get; set; }

    public Verdict? Previous { get; set; }

    public required string Model { get; set; }

    public required string WindowFrom { get; set; }

    public required string WindowTo { get; set; }

    public long Recorded { get; set; }

    public required string Finding { get; set; }
}

/// <summary>The latest verdict of each meter.</summary>
internal sealed class MeterRow
{
    public required string Meter { get; set; }

    public required string Site { get; set; }

    public Verdict Verdict { get; set; }

    public long Sequence { get; set; }
}

/// <summary>The present verdict of each site.</summary>
internal sealed class SiteRow
{
    public required string Site { get; set; }

    public Verdict Verdict { get; set; }

    public long Sequence { get; set; }
}

internal sealed class AuditLinkRow
{
    public long Sequence { get; set; }

    public AuditKind Kind { get; set; }

    public required string Body { get; set; }

    public required string Previous { get; set; }

    public required string Hash { get; set; }
}

/// <summary>The newest link, noted apart so that a chain cut at its end is noticed.</summary>
internal sealed class AuditHeadRow
{
    public int Id { get; set; }

    public long Sequence { get; set; }

    public required string Hash { get; set; }
}

internal sealed class OutboxRow
{
    public long Sequence { get; set; }

    public required string Id { get; set; }

    public required string Type { get; set; }

    public required string Subject { get; set; }

    public long Time { get; set; }

    public required string Data { get; set; }

    public long? Delivered { get; set; }
}

/// <summary>The answer to a request that came with a key.</summary>
internal sealed class AnswerRow
{
    public required string Actor { get; set; }
    public required string Key { get; set; }
    public int Part { get; set; }
    public required string Request { get; set; }
    public MoveOutcome Outcome { get; set; }
    public required string Text { get; set; }
    public required string TextZh { get; set; }
    public string? Version { get; set; }
    public string? Answer { get; set; }
    public long At { get; set; }
}

/// <summary>How far an endpoint is.</summary>
internal sealed class WebhookRow
{
    public required string Endpoint { get; set; }
    public long Position { get; set; }
}

/// <summary>An event that an endpoint did not take.</summary>
internal sealed class ParkedRow
{
    public required string Endpoint { get; set; }
    public long Sequence { get; set; }
    public required string Subject { get; set; }
    public required string Type { get; set; }
    public long ParkedAt { get; set; }
    public int Attempts { get; set; }
    public required string Fault { get; set; }
    public bool Replay { get; set; }
}

/// <summary>The content of an attachment; what it is, its event says.</summary>
internal sealed class AttachmentRow
{
    public long Sequence { get; set; }
    public required byte[] Content { get; set; }
}
