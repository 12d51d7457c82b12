// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline;
using Detector.Web.Security;
using Detector.Web.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/sites</c>: what each site says it is and what its readings say.</summary>
internal static class SitesApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/sites", ListAsync)
            .WithName("ListSites")
            .WithTags("Sites")
            .WithSummary("Every site with its verdict")
            .WithDescription("What needs attention first. `verdict` is one of `case`, `watch`, `insufficient`, `clear`, `not_judged`. `offset` and `limit` cut a page out of the list; without `limit` it is whole.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        api.MapGet("/false-discovery", FalseDiscoveryAsync)
            .WithName("GetFalseDiscovery")
            .WithTags("Sites")
            .WithMetadata(new OfEveryRegion("False cases are expected over every region"))
            .WithSummary("How many of the present cases must be expected to be false")
            .WithDescription("Over each site's present verdict: `expected_false` cases by chance, and `bound` of the share of false ones among the cases (Benjamini-Hochberg, with Storey's estimate of the honest share). See docs/alert-budget.md.");

        api.MapGet("/sites/{site}", GetAsync)
            .WithName("GetSite")
            .WithTags("Sites")
            .WithSummary("A site: registry, verdict, evidence, history of verdicts")
            .WithDescription("`evidence` holds the latest finding of each meter in the shape of `score --format json`, most suspicious first; `history` is newest first.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<FalseDiscovery>> FalseDiscoveryAsync(SiteDirectory sites, CancellationToken cancel) =>
        TypedResults.Ok(await sites.FalseDiscoveryAsync(cancel));

    private static async Task<Results<Ok<SiteSummary[]>, ProblemHttpResult>> ListAsync(
        SiteDirectory sites, RegistryHolder registry, HttpContext context, CancellationToken cancel, string? verdict = null, int offset = 0, int limit = int.MaxValue)
    {
        if (offset < 0 || limit < 1)
        {
            return Problems.BadRequest("offset must not be negative, limit must be at least 1.");
        }

        if (verdict is not null && !Attention.Filters.Contains(verdict, StringComparer.Ordinal))
        {
            return Problems.BadRequest($"verdict must be one of {string.Join(", ", Attention.Filters)}.");
        }

        var sees = Scopes.Sites(context, registry);
        var all = (await sites.ListAsync(cancel)).Where(s => sees(s.Site));
        return TypedResults.Ok(all.Where(s => verdict is null || Attention.FilterOf(s) == verdict).Skip(offset).Take(limit).ToArray());
    }

    private static async Task<Results<Ok<SiteView>, ProblemHttpResult>> GetAsync(string site, SiteDirectory sites, CancellationToken cancel) =>
        await sites.GetAsync(site, cancel) is { } found ? TypedResults.Ok(SiteView.Of(found)) : Problems.NotFound($"There is no site '{site}'.");
}

/// <summary>A row of the register.</summary>
internal sealed record RegistrationView(
    MeterId Meter,
    string Site,
    string Name,
    DeclaredUse DeclaredUse,
    double? ContractedKw,
    string? Feeder,
    MeterId? ParentMeter,
    string? Owner,
    string? Region,
    string Timezone,
    DateTimeOffset? Commissioned,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo)
{
    internal static RegistrationView Of(MeterRegistration row) => new(
        row.Meter,
        row.Site,
        row.Name,
        row.DeclaredUse,
        row.ContractedKilowatts,
        row.Feeder,
        row.ParentMeter,
        row.Owner,
        row.Region,
        row.TimeZone,
        row.Commissioned,
        row.ValidFrom,
        row.ValidTo);
}

/// <summary>A site with everything known of it.</summary>
internal sealed record SiteView(
    string Site,
    string Name,
    bool Registered,
    DeclaredUse DeclaredUse,
    string Timezone,
    Verdict? Verdict,
    double? Probability,
    double? PValue,
    ShareInterval? Share,
    OnsetInterval? Onset,
    double? Coverage,
    IReadOnlyList<MissingEvidence> Missing,
    string? Case,
    DateTimeOffset? Judged,
    IReadOnlyList<RegistrationView> Registry,
    IReadOnlyList<Finding> Evidence,
    IReadOnlyList<VerdictEntry> History)
{
    internal static SiteView Of(SiteDetail detail)
    {
        var s = detail.Summary;
        return new SiteView(
            s.Site,
            s.Name,
            s.Registered,
            s.DeclaredUse,
            s.Timezone,
            s.Verdict,
            s.Probability,
            s.PValue,
            s.Share,
            s.Onset,
            s.Coverage,
            s.Missing,
            s.Case,
            s.Judged,
            [.. detail.Registry.Select(RegistrationView.Of)],
            detail.Evidence,
            detail.History);
    }
}
