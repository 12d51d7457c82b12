// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Access;
using Detector.Cases;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>What people do at the desk besides one move: assign, note, put off, and moves of many cases.</summary>
internal static class CaseWorkApi
{
    /// <summary>Most moves of one request; each is asked and answered for itself.</summary>
    private const int MostMoves = 500;

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapPost("/cases/{id}/assignment", AssignAsync), "AssignCase", "Give a case to a person, or to nobody")
            .WithDescription("`assignee` is a user's name, null for nobody. For operators and supervisors; the assignee must be one of them.");
        Describe(api.MapPost("/cases/{id}/notes", NoteAsync), "NoteCase", "Write a note on a case")
            .WithDescription("At most 4000 characters; kept as an event of the case. For operators, supervisors and analysts.");
        Describe(api.MapPost("/cases/{id}/snooze", SnoozeAsync), "SnoozeCase", "Put a case off until a time")
            .WithDescription("`until` and a `note` that says why. New evidence wakes the case before. For operators and supervisors.");
        api.MapPost("/cases/transitions", MoveManyAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("MoveCases")
            .WithTags("Cases")
            .WithSummary("Move many cases, each by the rules of one")
            .WithDescription("At most 500 moves. Every move is made or refused for itself, in order; the answer has one entry a move with the status that the single call would have had.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>The answer to a change: the case as it is now, or a problem.</summary>
    internal static Results<Ok<CaseView>, ProblemHttpResult> Answer(MoveResult result, Actor actor) => StatusOf(result.Outcome) switch
    {
        StatusCodes.Status200OK => TypedResults.Ok(CaseView.Of(result.Case!, actor) with { Outcome = result.Outcome, Text = result.Text, TextZh = result.TextZh }),
        StatusCodes.Status404NotFound => Problems.NotFound(result.Text),
        StatusCodes.Status403Forbidden => Problems.Forbidden(result.Text),
        StatusCodes.Status409Conflict => Problems.Conflict(result.Text),
        StatusCodes.Status422UnprocessableEntity => Problems.Unprocessable(result.Text),
        _ => Problems.BadRequest(result.Text),
    };

    private static int StatusOf(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.Moved or MoveOutcome.Proposed or MoveOutcome.Recorded => StatusCodes.Status200OK,
        MoveOutcome.NotFound => StatusCodes.Status404NotFound,
        MoveOutcome.Forbidden => StatusCodes.Status403Forbidden,
        MoveOutcome.Conflict => StatusCodes.Status409Conflict,
        MoveOutcome.NotLegal => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status400BadRequest,
    };

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder call, string name, string summary) => call
        .RequireAuthorization(Policies.SignedIn)
        .WithName(name)
        .WithTags("Cases")
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> AssignAsync(
        string id, AssignmentRequest request, CaseDesk desk, AccessStore access, HttpContext context, CancellationToken cancel)
    {
        if (Principals.ActorOf(context.User) is not { } actor)
        {
            return NotSignedIn();
        }

        if (!string.IsNullOrWhiteSpace(request.Assignee)
            && !(await access.UsersAsync(cancel)).Any(u => string.Equals(u.Name, request.Assignee.Trim(), StringComparison.OrdinalIgnoreCase) && u.Role is Role.Operator or Role.Supervisor))
        {
            return Problems.BadRequest($"There is no operator or supervisor '{request.Assignee}'.");
        }

        return Answer(await desk.AssignAsync(id, request.Assignee, actor, request.Note, cancel), actor);
    }

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> NoteAsync(
        string id, NoteRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel) =>
        Principals.ActorOf(context.User) is { } actor
            ? Answer(await desk.NoteAsync(id, request.Note ?? string.Empty, actor, cancel), actor)
            : NotSignedIn();

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> SnoozeAsync(
        string id, SnoozeRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        if (Principals.ActorOf(context.User) is not { } actor)
        {
            return NotSignedIn();
        }

        return request.Until is { } until
            ? Answer(await desk.SnoozeAsync(id, until, actor, request.Note ?? string.Empty, cancel), actor)
            : Problems.BadRequest("until is needed, such as 2026-01-31T00:00:00Z.");
    }

    private static async Task<Results<Ok<BulkMoveView[]>, ProblemHttpResult>> MoveManyAsync(
        BulkRequest request, CaseDesk desk, RegistryHolder registry, HttpContext context, CancellationToken cancel)
    {
        if (request.Moves is not { Count: > 0 and <= MostMoves } moves)
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"moves must have 1 to {MostMoves} entries."));
        }

        if (moves.Any(m => m is null || string.IsNullOrWhiteSpace(m.Id) || string.IsNullOrWhiteSpace(m.Verb) || m.EvidenceVersion is null))
        {
            return Problems.BadRequest("id, verb and evidence_version are needed in every move.");
        }

        if (Principals.ActorOf(context.User) is not { } actor)
        {
            return NotSignedIn();
        }

        var sees = Scopes.Sites(context, registry);
        var answers = new List<BulkMoveView>(moves.Count);
        foreach (var move in moves)
        {
            if (actor.Scope is not null && await desk.SiteOfAsync(move.Id!, cancel) is var site && (site is null || !sees(site)))
            {
                var absent = new BothLanguages($"There is no case '{move.Id}'.", $"没有案件“{move.Id}”。");
                answers.Add(new BulkMoveView(move.Id!, StatusCodes.Status404NotFound, MoveOutcome.NotFound, null, absent.English, absent.Chinese));
                continue;
            }

            var result = await desk.MoveAsync(move.Id!, move.Verb!, move.EvidenceVersion!.Value, actor, move.Note, cancel);
            answers.Add(new BulkMoveView(move.Id!, StatusOf(result.Outcome), result.Outcome, result.Case?.Summary.State, result.Text, result.TextZh));
        }

        return TypedResults.Ok(answers.ToArray());
    }

    private static ProblemHttpResult NotSignedIn() => Problems.Forbidden("Sign in, or send a token.");
}

/// <summary>A sentence in English and Chinese.</summary>
internal readonly record struct BothLanguages(string English, string Chinese);

/// <summary>Whom a case is given to.</summary>
internal sealed record AssignmentRequest(string? Assignee, string? Note);

/// <summary>A note.</summary>
internal sealed record NoteRequest(string? Note);

/// <summary>Until when a case waits, and why.</summary>
internal sealed record SnoozeRequest(DateTimeOffset? Until, string? Note);

/// <summary>Moves of many cases.</summary>
internal sealed record BulkRequest(IReadOnlyList<BulkMove>? Moves);

/// <summary>One of them.</summary>
internal sealed record BulkMove(string? Id, string? Verb, long? EvidenceVersion, string? Note);

/// <summary>What became of it: <c>status</c> is the one that the single call would have had.</summary>
internal sealed record BulkMoveView(string Id, int Status, MoveOutcome Outcome, CaseState? State, string Text, string TextZh);
