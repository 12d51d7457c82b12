// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Web.Security;
using Detector.Web.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/feeders</c> and <c>/regions</c>: meters as they are wired, with loads, verdicts and what reaches no sub-meter.</summary>
internal static class FeedersApi
{
    private const string Description = "`trunks`: each head meter with the meters that name it as `parent_meter`, greatest load first; meters without a head come last, under a `head` of null. `kw` is the mean load of the day `window`, null where unknown (loads of at most 2000 meters are read, `unread` of the rest are not). `residual` is what the head measures less its sub-meters less losses, in kW with its interval, null where no balance says; `balance` its verdict.";

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/feeders/{feeder}", FeederAsync)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetFeeder")
            .WithTags("Sites")
            .WithSummary("A feeder as it is wired, with loads, verdicts and balance")
            .WithDescription(Description)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/regions/{region}", RegionAsync)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetRegion")
            .WithTags("Sites")
            .WithSummary("A region as it is wired, with loads, verdicts and balances")
            .WithDescription(Description)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<FeederMapView>, ProblemHttpResult>> FeederAsync(string feeder, FeederAtlas atlas, HttpContext context, CancellationToken cancel) =>
        await atlas.OfFeederAsync(feeder, Principals.ActorOf(context.User)?.Scope, cancel) is { } map ? TypedResults.Ok(FeederMapView.Of(map)) : Problems.NotFound($"There is no feeder '{feeder}'.");

    private static async Task<Results<Ok<FeederMapView>, ProblemHttpResult>> RegionAsync(string region, FeederAtlas atlas, HttpContext context, CancellationToken cancel) =>
        await atlas.OfRegionAsync(region, Principals.ActorOf(context.User)?.Scope, cancel) is { } map ? TypedResults.Ok(FeederMapView.Of(map)) : Problems.NotFound($"There is no region '{region}'.");
}

/// <summary>A feeder or a region: the day of its loads, and its head meters.</summary>
internal sealed record FeederMapView(TimeRange? Window, int Meters, int Unread, IReadOnlyList<TrunkView> Trunks)
{
    internal static FeederMapView Of(FeederMap map) => new(map.Window, map.Meters, map.Unread, [.. map.Trunks.Select(TrunkView.Of)]);
}

/// <summary>A head meter, the sum of its sub-meters in kW, and what is left over.</summary>
internal sealed record TrunkView(MeterLoadView? Head, double SumKw, ResidualView? Residual, Verdict? Balance, IReadOnlyList<MeterLoadView> Meters)
{
    internal static TrunkView Of(FeederTrunk trunk) => new(
        trunk.Head is { } head ? MeterLoadView.Of(head) : null,
        trunk.SumKilowatts,
        trunk.Residual is { } residual ? new ResidualView(residual.Value, residual.Low, residual.High) : null,
        trunk.Remainder?.Verdict,
        [.. trunk.Branches.Select(MeterLoadView.Of)]);
}

/// <summary>What reaches no sub-meter after losses, kW, with its interval.</summary>
internal sealed record ResidualView(double? Kw, double LowKw, double HighKw);

/// <summary>A meter with its load and its verdict.</summary>
internal sealed record MeterLoadView(MeterId Meter, string Site, string Name, double? Kw, Verdict? Verdict, IReadOnlyList<MissingEvidence> Missing)
{
    internal static MeterLoadView Of(FeederBranch branch) => new(branch.Row.Meter, branch.Row.Site, branch.Row.Name, branch.Kilowatts, branch.Verdict, branch.Missing);
}
