// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases;
using Detector.Cases.Dossier;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Detector.Web.Api;

/// <summary><c>/cases</c>: cases, and the moves people make on them.</summary>
internal static class CasesApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases", ListAsync)
            .WithName("ListCases")
            .WithTags("Cases")
            .WithSummary("Cases, newest first")
            .WithDescription("`state` is one state or several joined by commas; `open` stands for every state in which new evidence joins the case. `assignee` is whoever works it. `after` is the last `id` of the page before; `limit` is 1 to 1000, 1000 by default. `Link` with `rel=\"next\"` is the next page; without it this is the last.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        api.MapGet("/cases/{id}", GetAsync)
            .WithName("GetCase")
            .WithTags("Cases")
            .WithSummary("A case: evidence, what happened, what may be done")
            .WithDescription("`ETag` names this version of the case: with it in `If-None-Match` the answer is 304 until anything happens to the case, and in `If-Match` of a change 412 once anything has.")
            .Produces<CaseView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/cases/{id}/transitions", MoveAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithName("MoveCase")
            .WithTags("Cases")
            .WithSummary("Move a case, propose a move, or approve another person's proposal")
            .WithDescription("Verbs: `triage`, `start-inspection`, `confirm`, `refute`, `mark-inconclusive`, `start-measures`, `start-exit-monitoring`, `object`, `uphold-objection`, `reject-objection`, `reopen`, `close`. `evidence_version` is the one the decision was made on. 403: not your role, or the same person twice. 409: the evidence changed. 422: not a legal move from this state. The answer is the case as it is now.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ChangesCase();

        api.MapGet("/cases/{id}/dossier", DossierAsync)
            .WithName("GetDossier")
            .WithTags("Cases")
            .WithSummary("The evidence file of a case")
            .WithDescription("A ZIP, byte-identical when made again from the same case: the case, findings, history, links of the audit chain, readings, checksums. Verify it offline with: detector cases verify FILE.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<CaseSummary[]>, ProblemHttpResult>> ListAsync(
        CaseDesk desk, RegistryHolder registry, HttpContext context, CancellationToken cancel, string? state = null, string? site = null, string? assignee = null, string? after = null, int limit = CaseFilter.MostRows)
    {
        if (limit is < 1 or > CaseFilter.MostRows)
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"limit must be from 1 to {CaseFilter.MostRows}."));
        }

        if (States(state) is not { } states)
        {
            return Problems.BadRequest($"state must be open or one of {string.Join(", ", CaseStateNames.All.Select(s => s.Name()))}.");
        }

        var (page, more) = await SeenAsync(desk, new CaseFilter { States = states, Site = site, Assignee = assignee, After = after, Limit = limit }, Scopes.Sites(context, registry), cancel);
        if (more)
        {
            Pages.Next(context, page[^1].Id);
        }

        return TypedResults.Ok(page);
    }

    /// <summary>A page of the cases that the caller sees: full unless there are no more; and whether there are more.</summary>
    internal static async Task<(CaseSummary[] Page, bool More)> SeenAsync(CaseDesk desk, CaseFilter filter, Func<string, bool> sees, CancellationToken cancel)
    {
        var seen = new List<CaseSummary>();
        var next = filter;
        while (true)
        {
            var page = await desk.ListAsync(next, cancel);
            seen.AddRange(page.Where(c => sees(c.Site)));
            if (seen.Count > filter.Limit || page.Count < filter.Limit)
            {
                return ([.. seen.Take(filter.Limit)], seen.Count > filter.Limit);
            }

            next = next with { After = page[^1].Id };
        }
    }

    private static async Task<IResult> GetAsync(string id, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        if (await desk.GetAsync(id, cancel) is not { } found)
        {
            return NoCase(id);
        }

        ChangeAnswers.Tag(context.Response, found.Version);
        return IsKnown(context.Request.Headers.IfNoneMatch, found.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(CaseView.Of(found, Principals.ActorOf(context.User)));
    }

    /// <summary>Weak comparison (RFC 9110, 13.1.2): what a proxy made weak is still the same case.</summary>
    private static bool IsKnown(Microsoft.Extensions.Primitives.StringValues header, string version) =>
        EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags) && tags.Any(t => t.Tag == "*" || t.Tag == $"\"{version}\"");

    private static async Task<IResult> MoveAsync(
        string id, TransitionRequest request, CaseDesk desk, HttpContext context, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Verb) || request.EvidenceVersion is not { } version)
        {
            return Problems.BadRequest("verb and evidence_version are needed.");
        }

        var actor = Principals.RequireActor(context);
        return ChangeAnswers.Of(await desk.MoveAsync(id, request.Verb, version, actor, request.Note, cancel), actor);
    }

    private static async Task<IResult> DossierAsync(string id, CaseDesk desk, ITimeline timeline, RegistryHolder registry, PapersOfModel papers, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        return await new DossierWriter(desk, DossierParts.Of(timeline, registry, papers)).WriteAsync(id, file, cancel)
            ? TypedResults.Bytes(file.ToArray(), "application/zip", $"dossier-{id}.zip")
            : NoCase(id);
    }

    /// <summary>The states a filter names, empty for all; null where one is unknown.</summary>
    internal static IReadOnlyList<CaseState>? States(string? filter)
    {
        var states = new List<CaseState>();
        foreach (var name in (filter ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (string.Equals(name, "open", StringComparison.OrdinalIgnoreCase))
            {
                states.AddRange(CaseStateNames.All.Where(s => s.IsOpen()));
            }
            else if (CaseStateNames.TryParse(name, out var state))
            {
                states.Add(state);
            }
            else
            {
                return null;
            }
        }

        return states;
    }

    private static ProblemHttpResult NoCase(string id) => Problems.NotFound($"There is no case '{id}'.");
}

/// <summary>A move a person asks for.</summary>
/// <param name="Verb">Such as <c>triage</c>.</param>
/// <param name="EvidenceVersion">The evidence version it was decided on.</param>
/// <param name="Note">Why, in the person's words; at most 4000 characters.</param>
internal sealed record TransitionRequest(string? Verb, long? EvidenceVersion, string? Note);
