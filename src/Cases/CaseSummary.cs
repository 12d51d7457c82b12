// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>A decision that one person proposed and another must approve.</summary>
/// <param name="Verb">The move proposed.</param>
/// <param name="Person">Who proposed it; may not approve it.</param>
/// <param name="Role">The proposer's role then.</param>
/// <param name="At">When, UTC.</param>
/// <param name="EvidenceVersion">The evidence it was made on; void once the case has newer evidence.</param>
/// <param name="Note">Why, in the proposer's words.</param>
public sealed record Proposal(string Verb, string Person, Role Role, DateTimeOffset At, long EvidenceVersion, string? Note);

/// <summary>A case as a list shows it.</summary>
public sealed record CaseSummary
{
    /// <summary><c>c-</c> and a number that grows.</summary>
    public required string Id { get; init; }

    /// <summary>The site it is about.</summary>
    public required string Site { get; init; }

    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>When anything last happened to it, UTC.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>Grows by one with each material change of evidence; starts at 1.</summary>
    public required long EvidenceVersion { get; init; }

    /// <summary>Verdict of its strongest evidence.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Probability of its strongest evidence, 0 to 1.</summary>
    public double? Probability { get; init; }

    /// <summary>The meter of its strongest evidence.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>When mining began, by its strongest evidence.</summary>
    public OnsetInterval? Onset { get; init; }

    /// <summary>Mining's share of the load, by its strongest evidence.</summary>
    public ShareInterval? Share { get; init; }

    /// <summary>Reasons of its strongest evidence.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Name and version of the model behind its strongest evidence.</summary>
    public required string Model { get; init; }

    /// <summary>What waits for a second person; null where nothing does.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>Since when it stands in its state, UTC.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it is escalated if nothing happens, UTC; null where nothing is due.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How often it was escalated in its state.</summary>
    public int Escalations { get; init; }

    /// <summary>Who works it; null where nobody was named.</summary>
    public string? Assignee { get; init; }

    /// <summary>Until when it waits, UTC; null where it does not.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When mining was confirmed last, UTC; null where it never was or was refuted since.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The state in which the subject objected, while the objection is open; null otherwise.</summary>
    public CaseState? ObjectedFrom { get; init; }

    /// <summary>The case that it is merged into; null where it stands for itself.</summary>
    public string? MergedInto { get; init; }
}

/// <summary>Which cases to list, newest first.</summary>
public sealed record CaseFilter
{
    /// <summary>Most rows a page may have.</summary>
    public const int MostRows = 1000;

    /// <summary>Only these states; all where empty.</summary>
    public IReadOnlyList<CaseState> States { get; init; } = [];

    /// <summary>Only this site.</summary>
    public string? Site { get; init; }

    /// <summary>Only cases of this person.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only open cases whose deadline passed before this moment.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>The page after the one that ended with this case id.</summary>
    public string? After { get; init; }

    /// <summary>Rows of a page, 1 to <see cref="MostRows"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Which case stands for which site.</summary>
/// <param name="BySite">The open case of each site that has one.</param>
/// <param name="Merged">Sites of merged cases, newest case first, each with the case that leads, open or over.</param>
public sealed record StandingCases(Dictionary<string, string> BySite, IReadOnlyList<(string Site, string Leading)> Merged);
