// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/meters/{meter}/load-events</c>: dips, outages and change points, which the chart marks.</summary>
internal static class LoadEventsApi
{
    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) =>
        api.MapGet("/meters/{meter}/load-events", GetAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetLoadEvents")
            .WithTags("Meters")
            .WithSummary("A meter's dips, outages and change points")
            .WithDescription("From hourly means in the site's zone, of `from` (in) to `to` (out), at most 400 days; without them the last 400 days. `dips`: falls out of the weekly rhythm that came back within 36 hours, `depth` as a share of what the rhythm has at that hour (1 is an outage of all of it); of more than 96 the deepest, and none within a day of a step. `steps`: lasting changes of the level with their first hour, in kW after less before; of more than 8 the largest. Of a meter that moved, only what it measured where it was at the end. Readings of less than one an hour have none.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<LoadEvents>, ProblemHttpResult>> GetAsync(
        string meter, string? from, string? to, ITimeline timeline, LoadEventFinder events, RegistryHolder registry, HttpContext context, CancellationToken cancel)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        if (await MeterRange.OfAsync(timeline, call, MeterRange.LongestOfHours, cancel) is not { } range)
        {
            return TypedResults.Ok(LoadEvents.None(registry.Current.Of(call.Meter).TimeZone));
        }

        return MeterRange.TooLong(range) is { } tooLong ? tooLong : TypedResults.Ok(await events.FindAsync(call.Meter, range, cancel));
    }
}
