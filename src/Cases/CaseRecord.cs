// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>The present state of a case, as the store keeps it.</summary>
internal sealed record CaseRecord
{
    public required long Number { get; init; }

    public string Id => IdOf(Number);

    public required string Site { get; init; }

    public required CaseState State { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public required long EvidenceVersion { get; init; }

    /// <summary>Sequence of the verdict that leads its evidence.</summary>
    public required long LeadSequence { get; init; }

    /// <summary>The finding that leads its evidence.</summary>
    public required Finding Lead { get; init; }

    public Proposal? Proposal { get; init; }

    public DateTimeOffset? RefutedAt { get; init; }

    /// <summary>When mining was confirmed last; null where it never was or where it was refuted since.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The state in which the subject objected; null where it did not.</summary>
    public CaseState? ObjectedFrom { get; init; }

    /// <summary>Since when it stands in its state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is escalated if nothing happens; null where nothing is due.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How often it was escalated in its state.</summary>
    public int Escalations { get; init; }

    public string? Assignee { get; init; }

    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Number of the case that it is merged into; null where it stands for itself.</summary>
    public long? MergedInto { get; init; }

    /// <summary>The state in which it was merged; null where it stands for itself.</summary>
    public CaseState? StateBeforeMerge { get; init; }

    public static string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"c-{number}");

    /// <summary>The number in an id; null where the text is no id of a case.</summary>
    public static long? NumberOf(string? id) =>
        id is { Length: > 2 and < 22 } && id.StartsWith("c-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    public CaseSummary Summary() => new()
    {
        Id = Id,
        Site = Site,
        State = State,
        Opened = Opened,
        Changed = Changed,
        EvidenceVersion = EvidenceVersion,
        Verdict = Lead.Verdict,
        Probability = Lead.Probability,
        Meter = Lead.Meter,
        Onset = Lead.Onset,
        Share = Lead.Share,
        Reasons = Lead.Reasons,
        Model = Lead.Model,
        Proposal = Proposal,
        Since = Since,
        Due = Due,
        Escalations = Escalations,
        Assignee = Assignee,
        SnoozedUntil = SnoozedUntil,
        ConfirmedAt = ConfirmedAt,
        ObjectedFrom = ObjectedFrom,
        MergedInto = MergedInto is { } into ? IdOf(into) : null,
    };
}
