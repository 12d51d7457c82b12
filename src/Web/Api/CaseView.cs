// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Desk;
using Detector.Metering;

namespace Detector.Web.Api;

/// <summary>A case with its evidence, its events and what may be done now.</summary>
internal sealed record CaseView
{
    /// <summary>How the move ended; only in the answer to a move.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MoveOutcome? Outcome { get; init; }

    /// <summary>The same in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The same in Chinese.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TextZh { get; init; }

    /// <summary>The case.</summary>
    public required string Id { get; init; }

    /// <summary>Its site.</summary>
    public required string Site { get; init; }

    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>When anything last happened to it.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>Grows with each material change of evidence.</summary>
    public required long EvidenceVersion { get; init; }

    /// <summary>Verdict of its strongest evidence.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Probability of its strongest evidence.</summary>
    public double? Probability { get; init; }

    /// <summary>Meter of its strongest evidence.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>When mining began.</summary>
    public OnsetInterval? Onset { get; init; }

    /// <summary>Mining's share of the load.</summary>
    public ShareInterval? Share { get; init; }

    /// <summary>Reasons of its strongest evidence.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The model behind it.</summary>
    public required string Model { get; init; }

    /// <summary>What waits for a second person.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>Since when it stands in its state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is escalated if nothing happens.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How often it was escalated in its state.</summary>
    public required int Escalations { get; init; }

    /// <summary>Who works it.</summary>
    public string? Assignee { get; init; }

    /// <summary>Until when it waits.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When mining was confirmed last.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The state in which the subject objected.</summary>
    public CaseState? ObjectedFrom { get; init; }

    /// <summary>The case that it is merged into.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Cases that are merged into it.</summary>
    public required IReadOnlyList<MergedCase> Merged { get; init; }

    /// <summary>Findings that joined it, oldest first.</summary>
    public required IReadOnlyList<CaseEvidence> Evidence { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<CaseEvent> Events { get; init; }

    /// <summary>What may be done now, and by whom.</summary>
    public required IReadOnlyList<MoveView> Moves { get; init; }

    /// <summary>Until when the site is left alone after a refutation.</summary>
    public DateTimeOffset? CoolDownUntil { get; init; }

    /// <summary>Why it is left alone.</summary>
    public string? CoolDownWhy { get; init; }

    /// <summary>The view after a change.</summary>
    internal static CaseView Of(MoveResult result, Actor? actor) => Of(result.Case!, actor) with { Outcome = result.Outcome, Text = result.Text, TextZh = result.TextZh };

    /// <summary>The view for a person; <paramref name="actor"/> null for a reader.</summary>
    internal static CaseView Of(CaseDetail detail, Actor? actor)
    {
        var s = detail.Summary;
        return new CaseView
        {
            Id = s.Id,
            Site = s.Site,
            State = s.State,
            Opened = s.Opened,
            Changed = s.Changed,
            EvidenceVersion = s.EvidenceVersion,
            Verdict = s.Verdict,
            Probability = s.Probability,
            Meter = s.Meter,
            Onset = s.Onset,
            Share = s.Share,
            Reasons = s.Reasons,
            Model = s.Model,
            Proposal = s.Proposal,
            Since = s.Since,
            Due = s.Due,
            Escalations = s.Escalations,
            Assignee = s.Assignee,
            SnoozedUntil = s.SnoozedUntil,
            ConfirmedAt = s.ConfirmedAt,
            ObjectedFrom = s.ObjectedFrom,
            MergedInto = s.MergedInto,
            Merged = detail.Merged,
            Evidence = detail.Evidence,
            Events = detail.Events,
            Moves = [.. detail.Moves.Select(m => new MoveView(m.Verb, m.To, m.Step, m.Roles, m.NotBy, actor is not null && m.IsFor(actor)))],
            CoolDownUntil = detail.CoolDownUntil,
            CoolDownWhy = detail.CoolDownWhy,
        };
    }
}

/// <summary>A move that is legal now; <c>mine</c> where the caller may make it.</summary>
internal sealed record MoveView(string Verb, CaseState To, MoveStep Step, IReadOnlyList<Role> Roles, string? NotBy, bool Mine);
