// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;
using Detector.Access;

namespace Detector.Cases;

/// <summary>What kind of thing happened to a case. Stored; values only grow.</summary>
public enum CaseEventKind : byte
{
    /// <summary>A verdict opened it.</summary>
    Opened = 1,

    /// <summary>Materially new evidence joined it.</summary>
    EvidenceJoined = 2,

    /// <summary>A person moved it.</summary>
    Moved = 3,

    /// <summary>A person proposed a move that needs another's approval.</summary>
    Proposed = 4,

    /// <summary>An approval was refused because the evidence had changed, and the proposal is void.</summary>
    ProposalVoided = 5,

    /// <summary>A verdict came during the cool-down after a refutation and opened no case.</summary>
    Suppressed = 6,

    /// <summary>It was given to a person, or to nobody.</summary>
    Assigned = 7,

    /// <summary>A person wrote something down.</summary>
    Noted = 8,

    /// <summary>It waits until a date.</summary>
    Snoozed = 9,

    /// <summary>It stood in its state beyond the deadline.</summary>
    Escalated = 10,

    /// <summary>A verdict reopened it: a relapse after it was confirmed and closed.</summary>
    Reopened = 11,

    /// <summary>A measure was proposed or took a step, or its exit plan was looked at.</summary>
    Measure = 12,

    /// <summary>The report of an inspection was brought in.</summary>
    Inspected = 13,

    /// <summary>A file was attached.</summary>
    Attached = 14,

    /// <summary>It was merged into another case; <c>data</c> names that as <c>into</c>.</summary>
    MergedInto = 15,

    /// <summary>Another case was merged into it; <c>data</c> names that as <c>case</c>, and its site as <c>site</c>.</summary>
    MergedFrom = 16,

    /// <summary>It stands for itself again; <c>data</c> names the case that it was merged into as <c>from</c>.</summary>
    SplitFrom = 17,

    /// <summary>A case that was merged into it stands for itself again; <c>data</c> as of <see cref="MergedFrom"/>.</summary>
    SplitOff = 18,

    /// <summary>A person ended its waiting before the date.</summary>
    Woken = 19,
}

/// <summary>Event kinds by their names outside.</summary>
public static class CaseEventKindNames
{
    /// <summary>The name of a kind, such as <c>evidence_joined</c>.</summary>
    public static string Name(this CaseEventKind kind) => kind switch
    {
        CaseEventKind.Opened => "opened",
        CaseEventKind.EvidenceJoined => "evidence_joined",
        CaseEventKind.Moved => "moved",
        CaseEventKind.Proposed => "proposed",
        CaseEventKind.ProposalVoided => "proposal_voided",
        CaseEventKind.Suppressed => "suppressed",
        CaseEventKind.Assigned => "assigned",
        CaseEventKind.Noted => "noted",
        CaseEventKind.Snoozed => "snoozed",
        CaseEventKind.Escalated => "escalated",
        CaseEventKind.Reopened => "reopened",
        CaseEventKind.Measure => "measure",
        CaseEventKind.Inspected => "inspected",
        CaseEventKind.Attached => "attached",
        CaseEventKind.MergedInto => "merged_into",
        CaseEventKind.MergedFrom => "merged_from",
        CaseEventKind.SplitFrom => "split_from",
        CaseEventKind.SplitOff => "split_off",
        CaseEventKind.Woken => "woken",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of event."),
    };
}

/// <summary>One thing that happened to a case; never changed, never deleted.</summary>
public sealed record CaseEvent
{
    /// <summary>Place in the audit chain; grows over all cases.</summary>
    public required long Sequence { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Its site.</summary>
    public required string Site { get; init; }

    /// <summary>What happened.</summary>
    public required CaseEventKind Kind { get; init; }

    /// <summary>The verb of a move or proposal.</summary>
    public string? Verb { get; init; }

    /// <summary>State before; null for the opening.</summary>
    public CaseState? Before { get; init; }

    /// <summary>State after; the same as before where nothing moved.</summary>
    public required CaseState After { get; init; }

    /// <summary>The evidence version it happened on.</summary>
    public required long EvidenceVersion { get; init; }

    /// <summary>The verdict of the history that caused it; null where a person did.</summary>
    public long? VerdictSequence { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>In which role; null for the program itself.</summary>
    public Role? Role { get; init; }

    /// <summary>When, UTC, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why: the person's note, or the program's reason.</summary>
    public string? Why { get; init; }

    /// <summary>What else belongs to it, as a JSON object, such as <c>{"assignee":"ben"}</c>; null where nothing does.</summary>
    [JsonConverter(typeof(RawJson)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }
}
