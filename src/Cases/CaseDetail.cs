// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>A finding that belongs to a case.</summary>
/// <param name="EvidenceVersion">The version of the case's evidence that it made.</param>
/// <param name="Joined">When it joined, UTC.</param>
/// <param name="VerdictSequence">Its place in the history of verdicts and in the audit chain.</param>
/// <param name="Finding">What detection said.</param>
public sealed record CaseEvidence(long EvidenceVersion, DateTimeOffset Joined, long VerdictSequence, Finding Finding);

/// <summary>What a move does now.</summary>
public enum MoveStep
{
    /// <summary>Moves the case.</summary>
    Move = 1,

    /// <summary>Records a proposal that another person must approve.</summary>
    Propose = 2,

    /// <summary>Approves another person's proposal and moves the case.</summary>
    Approve = 3,
}

/// <summary>A move that is legal now.</summary>
/// <param name="Verb">The verb to post.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Step">What posting it does now.</param>
/// <param name="Roles">Who may.</param>
/// <param name="NotBy">The one person who may not, because the proposal is theirs; null where nobody is barred.</param>
public sealed record AllowedMove(string Verb, CaseState To, MoveStep Step, IReadOnlyList<Role> Roles, string? NotBy)
{
    /// <summary>Whether this person may make the move now.</summary>
    public bool IsFor(Actor actor) => Roles.Contains(actor.Role) && !CaseLifecycle.SamePerson(NotBy, actor.Name);
}

/// <summary>A case as a page shows it: what it stands on, what happened, what may be done.</summary>
public sealed record CaseDetail
{
    /// <summary>What the list shows.</summary>
    public required CaseSummary Summary { get; init; }

    /// <summary>Findings that joined it, oldest first.</summary>
    public required IReadOnlyList<CaseEvidence> Evidence { get; init; }

    /// <summary>What happened to it, oldest first.</summary>
    public required IReadOnlyList<CaseEvent> Events { get; init; }

    /// <summary>Which version of the case this is: another after anything that happened to it, and when its cool-down ends.</summary>
    public string Version => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Events[^1].Sequence}{(CoolDownUntil is null ? "" : "-cool")}");

    /// <summary>What may be done now, and by whom.</summary>
    public required IReadOnlyList<AllowedMove> Moves { get; init; }

    /// <summary>Cases that are merged into it, in the order in which they were.</summary>
    public IReadOnlyList<Desk.MergedCase> Merged => Desk.Merging.In(Events);

    /// <summary>The sites that it stands for: its own, then those of the cases merged into it.</summary>
    public IReadOnlyList<string> Sites => Desk.Merging.SitesOf(Summary.Site, Events);

    /// <summary>Until when the site is left alone after a refutation; null where it is not.</summary>
    public DateTimeOffset? CoolDownUntil { get; init; }

    /// <summary>Why it is left alone: the words of the refutation; null where it is not or where none were given.</summary>
    public string? CoolDownWhy { get; init; }
}
