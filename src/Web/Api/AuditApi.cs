// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Cases;
using Detector.Cases.Audit;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/audit</c>: the links of the audit chain, and whether they are intact.</summary>
internal static class AuditApi
{
    private const int MostLinks = 1000;

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListAsync)
            .WithName("ListAudit")
            .WithTags("Audit")
            .WithSummary("Links of the audit chain, oldest first")
            .WithDescription("`after` is the last `sequence` of the page before; `limit` is 1 to 1000, 1000 by default. `Link` with `rel=\"next\"` is the next page; without it this is the last. Whoever is limited to regions sees the links of their sites.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        MapVerification(api);
    }

    private static void MapVerification(RouteGroupBuilder api) => api.MapGet("/audit/verify", VerifyAsync)
        .WithName("VerifyAudit")
        .WithTags("Audit")
        .WithSummary("Verify the audit chain from its first link")
        .WithDescription("Reads every link and what it speaks of; the answer names the first fault, where there is one. `head` is an anchor: keep it elsewhere, and give it later as `sequence` and `hash`.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<AuditState>, ProblemHttpResult>> VerifyAsync(CaseDesk desk, CancellationToken cancel, long? sequence = null, string? hash = null) =>
        sequence is null && hash is null ? TypedResults.Ok(await desk.VerifyAuditAsync(anchor: null, cancel))
        : sequence > 0 && hash is { Length: 64 } ? TypedResults.Ok(await desk.VerifyAuditAsync(new AuditAnchor(sequence.Value, hash.ToLowerInvariant()), cancel))
        : Problems.BadRequest("An anchor is a sequence from 1 on and a hash of 64 hexadecimal digits, both.");

    private static async Task<Results<Ok<AuditRow[]>, ProblemHttpResult>> ListAsync(
        CaseDesk desk, RegistryHolder registry, HttpContext context, CancellationToken cancel, long after = 0, int limit = MostLinks)
    {
        if (after < 0 || limit is < 1 or > MostLinks)
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"after must be 0 or more, and limit from 1 to {MostLinks}."));
        }

        var links = await desk.AuditAsync(after, limit, cancel);
        if (links.Count == limit)
        {
            Pages.Next(context, links[^1].Sequence); // by what was read, not by what is shown: a page may be thin, the list is whole
        }

        var sees = Scopes.Sites(context, registry);
        return TypedResults.Ok(links.Where(link => sees(SiteOf(link))).ToArray());
    }

    private static string SiteOf(AuditRow link)
    {
        using var body = JsonDocument.Parse(link.Body);
        return body.RootElement.GetProperty("site").GetString()!;
    }
}
