// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;

namespace Detector.Cases.Audit;

/// <summary>How a case stands, as its events say; whatever its row says must be the same.</summary>
internal sealed record Standing
{
    public required string Site { get; init; }

    public required CaseState State { get; init; }

    public required long EvidenceVersion { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public required DateTimeOffset Since { get; init; }

    public Proposal? Proposal { get; init; }

    public DateTimeOffset? RefutedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public CaseState? ObjectedFrom { get; init; }

    public int Escalations { get; init; }

    public string? Assignee { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    public string? MergedInto { get; init; }

    public CaseState? StateBeforeMerge { get; init; }

    /// <summary>How a row says that its case stands.</summary>
    public static Standing Of(CaseRecord record) => new()
    {
        Site = record.Site,
        State = record.State,
        EvidenceVersion = record.EvidenceVersion,
        Opened = record.Opened,
        Changed = record.Changed,
        Since = record.Since,
        Proposal = record.Proposal,
        RefutedAt = record.RefutedAt,
        ConfirmedAt = record.ConfirmedAt,
        ObjectedFrom = record.ObjectedFrom,
        Escalations = record.Escalations,
        Assignee = record.Assignee,
        SnoozedUntil = record.SnoozedUntil,
        MergedInto = record.MergedInto is { } into ? CaseRecord.IdOf(into) : null,
        StateBeforeMerge = record.StateBeforeMerge,
    };

    /// <summary>How a case stands after these events, oldest first; null where there is none.</summary>
    public static Standing? Of(IEnumerable<CaseEvent> events)
    {
        Standing? standing = null;
        foreach (var happened in events)
        {
            standing = After(standing, happened);
        }

        return standing;
    }

    private static Standing After(Standing? before, CaseEvent happened)
    {
        if (before is null)
        {
            return new Standing
            {
                Site = happened.Site,
                State = happened.After,
                EvidenceVersion = happened.EvidenceVersion,
                Opened = happened.At,
                Changed = happened.At,
                Since = happened.At,
            };
        }

        if (happened.Kind == CaseEventKind.Suppressed)
        {
            return before; // a note on a case that is over; it leaves the case as it was
        }

        var changed = before with { State = happened.After, EvidenceVersion = happened.EvidenceVersion, Changed = happened.At };
        return happened.Kind switch
        {
            CaseEventKind.Moved or CaseEventKind.Reopened => Moved(before, changed, happened),
            CaseEventKind.MergedInto => Moved(before, changed, happened) with { MergedInto = Text(happened, "into"), StateBeforeMerge = happened.Before },
            CaseEventKind.SplitFrom => Moved(before, changed, happened) with { MergedInto = null, StateBeforeMerge = null },
            CaseEventKind.SplitOff or CaseEventKind.Woken => changed with { SnoozedUntil = null },
            CaseEventKind.Proposed => changed with { Proposal = new Proposal(happened.Verb!, happened.Actor, happened.Role!.Value, happened.At, happened.EvidenceVersion, happened.Why) },
            CaseEventKind.ProposalVoided => changed with { Proposal = null },
            CaseEventKind.EvidenceJoined => changed with { SnoozedUntil = null },
            CaseEventKind.Assigned => changed with { Assignee = Text(happened, "assignee") },
            CaseEventKind.Snoozed => changed with { SnoozedUntil = DateTimeOffset.Parse(Text(happened, "until")!, CultureInfo.InvariantCulture) },
            CaseEventKind.Escalated => changed with { Escalations = before.Escalations + 1, SnoozedUntil = null },
            _ => changed,
        };
    }

    /// <summary>The same rules as <see cref="Movement.Stand"/>, from what the event says.</summary>
    private static Standing Moved(Standing before, Standing changed, CaseEvent happened) => changed with
    {
        Since = happened.At,
        Escalations = 0,
        SnoozedUntil = null,
        Proposal = null,
        RefutedAt = happened.After == CaseState.Refuted ? happened.At : happened.Before == CaseState.Closed ? null : before.RefutedAt,
        ConfirmedAt = happened is { After: CaseState.Confirmed, Before: CaseState.Inspecting } ? happened.At : happened.After == CaseState.Refuted ? null : before.ConfirmedAt,
        ObjectedFrom = happened.After == CaseState.Objection ? happened.Before : null,
    };

    private static string? Text(CaseEvent happened, string name)
    {
        using var data = JsonDocument.Parse(happened.Data!);
        return data.RootElement.GetProperty(name).GetString();
    }
}

/// <summary>The row of a case as the store holds it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Record">What it says; null where that makes no sense.</param>
/// <param name="IsOpen">Whether the store counts it as the site's open case.</param>
internal sealed record StandingRow(long Number, CaseRecord? Record, bool IsOpen);
