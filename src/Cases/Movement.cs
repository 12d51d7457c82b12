// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Desk;
using Detector.Cases.Stores;

namespace Detector.Cases;

/// <summary>A person's move within one transaction: decided by the lifecycle, kept by the recorder.</summary>
internal sealed class Movement(CaseLifecycle lifecycle, CasesOptions options)
{
    /// <summary>Longest note, in characters: a page of text. Longer matter is an attachment.</summary>
    public const int LongestNote = 4000;

    /// <summary>Whether a note can be kept: not too long, and readable in a log and a table.</summary>
    public static bool IsReadable(string? note) =>
        note is null || (note.Length <= LongestNote && !note.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')));

    /// <summary>Makes the move, or says why not. A refusal writes nothing, save that a proposal overtaken by evidence becomes void.</summary>
    public async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> ApplyAsync(
        ICaseWriter store, Recorder recorder, MoveRequest request, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(request.CaseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        var decision = lifecycle.Decide(record, request.Verb, request.EvidenceVersion, request.Actor);
        if (decision.Voids)
        {
            var without = record with { Proposal = null, Changed = recorder.Now };
            var voided = By(recorder.Happened(without, CaseEventKind.ProposalVoided), request, decision.Transition!.Verb, record.State);
            await recorder.ChangeAsync(without, voided with { Why = decision.Text.English }, cancel);
            return (MoveOutcome.Conflict, decision.Text, without);
        }

        if (decision.Refusal is { } refusal)
        {
            return (refusal, decision.Text, record);
        }

        if (!record.State.IsOpen() && decision.To!.Value.IsOpen() && await OpenBesideAsync(store, record, cancel) is { } other)
        {
            return (MoveOutcome.NotLegal, MoveText.OtherIsOpen(other.Id), record);
        }

        var verb = decision.Transition!.Verb;
        if (decision.Step == MoveStep.Propose)
        {
            var proposal = new Proposal(verb, request.Actor.Name, request.Actor.Role, recorder.Now, record.EvidenceVersion, request.Note);
            var proposed = record with { Proposal = proposal, Changed = recorder.Now };
            await recorder.ChangeAsync(proposed, By(recorder.Happened(proposed, CaseEventKind.Proposed), request, verb, record.State), cancel);
            return (MoveOutcome.Proposed, MoveText.Proposed(verb), proposed);
        }

        var moved = Stand(record, decision.To!.Value, recorder.Now, options);
        await recorder.ChangeAsync(moved, By(recorder.Happened(moved, CaseEventKind.Moved), request, verb, record.State), cancel);
        return (MoveOutcome.Moved, MoveText.Moved(record.State, moved.State), moved);
    }

    /// <summary>The case in another state: a new deadline runs, and what belonged to the state before is gone.</summary>
    public static CaseRecord Stand(CaseRecord record, CaseState to, DateTimeOffset now, CasesOptions options) => record with
    {
        State = to,
        Changed = now,
        Since = now,
        Due = options.Deadlines.DueAfter(to, now),
        Escalations = 0,
        SnoozedUntil = null,
        Proposal = null, // whatever was proposed was proposed for the state before
        RefutedAt = to == CaseState.Refuted ? now : record.State == CaseState.Closed ? null : record.RefutedAt, // taken up again, it is no longer refuted
        ConfirmedAt = to == CaseState.Confirmed && record.State == CaseState.Inspecting ? now : to == CaseState.Refuted ? null : record.ConfirmedAt,
        ObjectedFrom = to == CaseState.Objection ? record.State : null,
    };

    /// <summary>An open case of one of the sites that a case stands for.</summary>
    private static async Task<CaseRecord?> OpenBesideAsync(ICaseReader store, CaseRecord record, CancellationToken cancel)
    {
        foreach (var site in Merging.SitesOf(record.Site, await store.EventsOfAsync(record.Number, cancel)))
        {
            if (await store.OpenCaseOfAsync(site, cancel) is { } open)
            {
                return open;
            }
        }

        return null;
    }

    private static CaseEvent By(CaseEvent happened, MoveRequest request, string verb, CaseState before) => happened with
    {
        Verb = verb,
        Before = before,
        Actor = request.Actor.Name,
        Role = request.Actor.Role,
        Why = request.Note,
    };
}

/// <summary>A move as asked for.</summary>
internal sealed record MoveRequest(string CaseId, string Verb, long EvidenceVersion, Actor Actor, string? Note);
