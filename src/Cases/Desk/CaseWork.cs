// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Detector.Access;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Desk;

/// <summary>What people do to a case besides moving it: give it to somebody, write a note, put it off, wake it.</summary>
/// <remarks>Like a move, each is one event of the case with its link in the chain, and a refusal writes nothing.</remarks>
internal sealed class CaseWork(CasesOptions options)
{
    private static readonly Role[] Workers = [Role.Operator, Role.Supervisor];
    private static readonly Role[] Writers = [Role.Operator, Role.Supervisor, Role.Analyst];

    /// <summary>Does it, or says why not.</summary>
    public async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> ApplyAsync(
        ICaseWriter store, Recorder recorder, WorkRequest request, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(request.CaseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        var verb = request.Work.ToString().ToLowerInvariant();
        if (!(request.Work == Work.Note ? Writers : Workers).Contains(request.Actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.NotForRole(verb, request.Actor.Role), record);
        }

        if (request.Work != Work.Note && !record.State.IsOpen())
        {
            return (MoveOutcome.NotLegal, MoveText.NotWhenOver(verb, record.State), record);
        }

        var (fault, after, kind, data) = Make(record, request, recorder.Now);
        if (fault is { } text)
        {
            return (MoveOutcome.Invalid, text, record);
        }

        var happened = recorder.Happened(after, kind) with
        {
            Verb = verb,
            Before = record.State,
            Actor = request.Actor.Name,
            Role = request.Actor.Role,
            Why = request.Note,
            Data = data?.ToJsonString(FindingJson.Options),
        };
        await recorder.ChangeAsync(after, happened, cancel);
        return (MoveOutcome.Recorded, MoveText.Recorded, after);
    }

    private (BothTexts? Fault, CaseRecord After, CaseEventKind Kind, JsonObject? Data) Make(CaseRecord record, WorkRequest request, DateTimeOffset now)
    {
        var changed = record with { Changed = now };
        switch (request.Work)
        {
            case Work.Assign:
                var assignee = string.IsNullOrWhiteSpace(request.Assignee) ? null : request.Assignee.Trim();
                return assignee is { Length: > 64 } || assignee?.Any(char.IsControl) == true
                    ? (MoveText.BadName, record, default, null)
                    : (null, changed with { Assignee = assignee }, CaseEventKind.Assigned, new JsonObject { ["assignee"] = assignee });
            case Work.Note:
                return string.IsNullOrWhiteSpace(request.Note) ? (MoveText.NoNote, record, default, null) : (null, changed, CaseEventKind.Noted, null);
            case Work.Wake:
                return record.SnoozedUntil is null
                    ? (MoveText.NotPutOff, record, default, null)
                    : (null, changed with { SnoozedUntil = null, Due = DueAwake(record, now) }, CaseEventKind.Woken, null);
            default:
                if (request.Until is not { } asked || asked <= now || asked - now > options.LongestSnooze || string.IsNullOrWhiteSpace(request.Note))
                {
                    return (MoveText.BadSnooze(options.LongestSnooze), record, default, null);
                }

                var until = DateTimeOffset.FromUnixTimeMilliseconds(asked.ToUnixTimeMilliseconds());
                var due = DueAwake(record, now) is { } before && before > until ? before : until; // a case that waits is looked at when it wakes
                return (null, changed with { SnoozedUntil = until, Due = due }, CaseEventKind.Snoozed, new JsonObject { ["until"] = UtcText.Write(until) });
        }
    }

    /// <summary>When a case is due that is not put off. Where putting it off moved the deadline, that of the state holds, which may be over; after an escalation, that of the next.</summary>
    private DateTimeOffset? DueAwake(CaseRecord record, DateTimeOffset now)
    {
        if (record.SnoozedUntil is not { } asleep || record.Due > asleep)
        {
            return record.Due;
        }

        var again = now + options.Deadlines.EscalateAgain;
        return record.Escalations == 0 ? options.Deadlines.DueAfter(record.State, record.Since) : again < asleep ? again : asleep;
    }
}

/// <summary>What is done to a case besides moving it.</summary>
internal enum Work
{
    /// <summary>Gives it to a person, or to nobody.</summary>
    Assign = 1,

    /// <summary>Writes something down.</summary>
    Note = 2,

    /// <summary>Puts it off until a moment.</summary>
    Snooze = 3,

    /// <summary>Ends its waiting before that moment.</summary>
    Wake = 4,
}

/// <summary>Work as asked for.</summary>
internal sealed record WorkRequest(Work Work, string CaseId, Actor Actor, string? Note, string? Assignee = null, DateTimeOffset? Until = null);
