// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Measures;

/// <summary>A measure as the events of its case leave it.</summary>
public sealed record Measure
{
    /// <summary>Number within its case, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>What it is.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required MeasureState State { get; init; }

    /// <summary>Legal basis in force when it was proposed.</summary>
    public required string Basis { get; init; }

    /// <summary>The same in Chinese.</summary>
    public required string BasisZh { get; init; }

    /// <summary>Region whose rules apply; null where the register knows none.</summary>
    public string? Region { get; init; }

    /// <summary>Ceilings, for an exit plan.</summary>
    public ExitPlan? ExitPlan { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string ProposedBy { get; init; }

    /// <summary>When it was proposed, UTC.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>The evidence it was proposed on.</summary>
    public required long EvidenceVersion { get; init; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When it was approved, UTC.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When the subject was told of a credit event, UTC.</summary>
    public DateTimeOffset? NoticedAt { get; init; }

    /// <summary>Until when the subject may object to a credit event before it is entered, UTC.</summary>
    public DateTimeOffset? ObjectionUntil { get; init; }

    /// <summary>When a credit event was entered in the register, UTC.</summary>
    public DateTimeOffset? EnteredAt { get; init; }

    /// <summary>When a credit event leaves the register, UTC.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended: <c>withdrawn</c>, <c>void</c>, <c>objection_upheld</c>, <c>repaired</c>, <c>expired</c> or <c>case_refuted</c>.</summary>
    public string? EndedBy { get; init; }

    /// <summary>How the exit plan was kept when that was last looked at; null before.</summary>
    public ExitStatus? ExitStatus { get; init; }

    /// <summary>Where it stands apart from an objection to the whole case, under which everything rests.</summary>
    internal MeasureState Own { get; init; }

    /// <summary>Where it stood before it was suspended.</summary>
    internal MeasureState BeforeSuspension { get; init; }
}

/// <summary>A measure as somebody proposes it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="EvidenceVersion">The evidence it is decided on.</param>
/// <param name="Region">The site's region by the register; null where unknown.</param>
/// <param name="ExitPlan">Ceilings; for an exit plan only.</param>
/// <param name="Note">Why, in the person's words.</param>
public sealed record MeasureProposal(MeasureKind Kind, long EvidenceVersion, string? Region, ExitPlan? ExitPlan, string? Note);

/// <summary>A step of a measure: from where, to where, by whom.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="From">States it starts in.</param>
/// <param name="To">State it leads to; null for the one before a suspension.</param>
/// <param name="Roles">Who may.</param>
/// <param name="CreditOnly">Whether it is for credit events alone.</param>
/// <param name="Burdens">Whether it burdens the subject, and so rests while the subject's objection to the case is open.</param>
internal sealed record MeasureStep(string Verb, MeasureState[] From, MeasureState? To, Role[] Roles, bool CreditOnly, bool Burdens);
