// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Desk;
using Detector.Pipeline;
using Detector.Web.Bulk;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Detector.Web.Api;

/// <summary>What people do at the desk besides one move: assign, note, put off, wake, and moves of many cases.</summary>
internal static class CaseWorkApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        Describe(api.MapPost("/cases/{id}/assignment", AssignAsync), "AssignCase", "Give a case to a person, or to nobody")
            .WithDescription("`assignee` is a user's name, null for nobody. For operators and supervisors; the assignee must be one of them.");
        Describe(api.MapPost("/cases/{id}/notes", NoteAsync), "NoteCase", "Write a note on a case")
            .WithDescription("At most 4000 characters; kept as an event of the case. For operators, supervisors and analysts.");
        Describe(api.MapPost("/cases/{id}/snooze", SnoozeAsync), "SnoozeCase", "Put a case off until a time")
            .WithDescription("`until` and a `note` that says why. New evidence wakes the case before. For operators and supervisors.");
        Describe(api.MapPost("/cases/{id}/wake", WakeAsync), "WakeCase", "End the waiting of a case that was put off")
            .WithDescription("Where putting it off had moved `due`, that of the state holds again. 400 where the case is not put off. For operators and supervisors.");
        Describe(api.MapPost("/cases/{id}/merge", MergeAsync), "MergeCase", "Merge a case into another that leads from then on")
            .WithDescription("Where two sites turn out to be run as one: `into` is the case that leads, `note` says why, and both evidence versions are those that the decision was made on. The leading case takes over the evidence and stands for the site until they are split. For operators and supervisors, while nobody has decided either case (422). 409: the evidence of one changed.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        Describe(api.MapPost("/cases/{id}/split", SplitAsync), "SplitCase", "Let a merged case stand for itself again")
            .WithDescription("`into_evidence_version` is that of the leading case, `note` says why. The case comes back to the state in which it was merged, with the evidence of its site since; the leading case keeps its own. For operators and supervisors, while nobody has decided the leading case (422).")
            .ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/cases/transitions", MoveManyAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("MoveCases")
            .WithTags("Cases")
            .WithSummary("Move many cases, each by the rules of one")
            .WithDescription("At most 500 moves. Every move is made or refused for itself, in order; the answer has one entry a move with the status that the single call would have had.")
            .WithMetadata(ChangesCases.Mark)
            .Produces<BulkMoveView[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder call, string name, string summary) => call
        .RequireAuthorization(Policies.SignedIn)
        .WithName(name)
        .WithTags("Cases")
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ChangesCase();

    private static async Task<IResult> AssignAsync(
        string id, AssignmentRequest request, CaseDesk desk, AccessStore access, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        if (!string.IsNullOrWhiteSpace(request.Assignee) && !await CaseWorkers.MayTakeAsync(access, actor, request.Assignee, cancel))
        {
            return Problems.BadRequest($"There is no operator or supervisor '{request.Assignee}'.");
        }

        return ChangeAnswers.Of(await desk.AssignAsync(id, request.Assignee, actor, request.Note, cancel), actor);
    }

    private static async Task<IResult> NoteAsync(
        string id, NoteRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        return ChangeAnswers.Of(await desk.NoteAsync(id, request.Note ?? string.Empty, actor, cancel), actor);
    }

    private static async Task<IResult> SnoozeAsync(
        string id, SnoozeRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        return request.Until is { } until
            ? ChangeAnswers.Of(await desk.SnoozeAsync(id, until, actor, request.Note ?? string.Empty, cancel), actor)
            : Problems.BadRequest("until is needed, such as 2026-01-31T00:00:00Z.");
    }

    private static async Task<IResult> WakeAsync(
        string id, NoteRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        return ChangeAnswers.Of(await desk.WakeAsync(id, actor, request.Note, cancel), actor);
    }

    private static async Task<IResult> MergeAsync(
        string id, MergeCaseRequest request, CaseDesk desk, RegistryHolder registry, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        if (string.IsNullOrWhiteSpace(request.Into) || request.EvidenceVersion is not { } version || request.IntoEvidenceVersion is not { } leading)
        {
            return Problems.BadRequest("into, evidence_version and into_evidence_version are needed.");
        }

        return !await Scopes.SeesCaseAsync(desk, actor.Scope, registry, request.Into, cancel) // the address names only the other
            ? Problems.NotFound($"There is no case '{request.Into}'.")
            : ChangeAnswers.Of(await desk.MergeAsync(id, request.Into, version, leading, actor, request.Note, cancel), actor);
    }

    private static async Task<IResult> SplitAsync(
        string id, SplitCaseRequest request, CaseDesk desk, RegistryHolder registry, HttpContext context, CancellationToken cancel)
    {
        var actor = Principals.RequireActor(context);
        if (request.IntoEvidenceVersion is not { } version)
        {
            return Problems.BadRequest("into_evidence_version is needed: the evidence of the case that it is merged into.");
        }

        return actor.Scope is not null && (await desk.GetAsync(id, cancel))?.Summary.MergedInto is { } leading && !await Scopes.SeesCaseAsync(desk, actor.Scope, registry, leading, cancel)
            ? Problems.NotFound($"There is no case '{leading}'.")
            : ChangeAnswers.Of(await desk.SplitAsync(id, version, actor, request.Note, cancel), actor);
    }

    private static async Task<IResult> MoveManyAsync(
        BulkRequest request, BulkDesk bulk, IOptions<JsonOptions> json, HttpContext context, CancellationToken cancel)
    {
        if (request.Moves is not { Count: > 0 and <= BulkDesk.MostCases } moves)
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"moves must have 1 to {BulkDesk.MostCases} entries."));
        }

        if (moves.Any(m => m is null || string.IsNullOrWhiteSpace(m.Id) || string.IsNullOrWhiteSpace(m.Verb) || m.EvidenceVersion is null))
        {
            return Problems.BadRequest("id, verb and evidence_version are needed in every move.");
        }

        var actor = Principals.RequireActor(context);
        if (context.Request.Headers.IfMatch.Count > 0)
        {
            return Problems.BadRequest("If-Match is of one case; in a request of many, evidence_version is what guards each.");
        }

        var answers = new List<JsonElement>(moves.Count);
        foreach (var (part, move) in moves.Index())
        {
            var result = await bulk.MoveAsync(move.Id!, move.Verb!, move.EvidenceVersion!.Value, move.Note, actor, PartOf(move, part, context, json.Value.SerializerOptions), cancel);
            if (result.Outcome == MoveOutcome.KeyReused)
            {
                return Problems.Unprocessable(result.Text); // of the request as a whole: its first move shows it
            }

            answers.Add(result.Repeated?.Text is { } first
                ? JsonElement.Parse(first)
                : JsonSerializer.SerializeToElement(BulkMoveView.Of(move.Id!, result), json.Value.SerializerOptions));
        }

        return TypedResults.Ok(answers);
    }

    /// <summary>A move's own part of the request's key: a request cut short is completed when it comes again.</summary>
    private static OnceKey? PartOf(BulkMove move, int part, HttpContext context, JsonSerializerOptions json) => ChangeCalls.KeyOf(context) is { } key
        ? key with { Part = part, Answer = result => JsonSerializer.Serialize(BulkMoveView.Of(move.Id!, result), json) }
        : null;
}

/// <summary>Whom a case is given to.</summary>
internal sealed record AssignmentRequest(string? Assignee, string? Note);

/// <summary>A note.</summary>
internal sealed record NoteRequest(string? Note);

/// <summary>Until when a case waits, and why.</summary>
internal sealed record SnoozeRequest(DateTimeOffset? Until, string? Note);

/// <summary>Into which case one is merged, on which evidence of both, and why.</summary>
internal sealed record MergeCaseRequest(string? Into, long? EvidenceVersion, long? IntoEvidenceVersion, string? Note);

/// <summary>On which evidence of the leading case one is split from it, and why.</summary>
internal sealed record SplitCaseRequest(long? IntoEvidenceVersion, string? Note);

/// <summary>Moves of many cases.</summary>
internal sealed record BulkRequest(IReadOnlyList<BulkMove>? Moves);

/// <summary>One of them.</summary>
internal sealed record BulkMove(string? Id, string? Verb, long? EvidenceVersion, string? Note);

/// <summary>What became of it: <c>status</c> is the one that the single call would have had.</summary>
internal sealed record BulkMoveView(string Id, int Status, MoveOutcome Outcome, CaseState? State, string Text, string TextZh)
{
    /// <summary>What became of a move.</summary>
    internal static BulkMoveView Of(string id, MoveResult result) =>
        new(id, ChangeAnswers.StatusOf(result.Outcome), result.Outcome, result.Case?.Summary.State, result.Text, result.TextZh);
}
