// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Security;
using Detector.Web.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/meters/{meter}/patterns</c> and <c>/spark.svg</c>: what a load usually does, and its last weeks at a glance.</summary>
internal static class PatternsApi
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(91);

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/meters/{meter}/patterns", GetAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetPatterns")
            .WithTags("Meters")
            .WithSummary("A meter's habits: typical week, days by hour, load duration")
            .WithDescription("From hourly means in the site's zone, of `from` (in) to `to` (out), at most 400 days; without them the last 91 days. `week` has 168 hours from Monday 00:00 with the 10th, 50th and 90th percentile; `working_day` and `weekend` 24 hours each of Monday to Friday and of Saturday and Sunday; `reference` between what eight of ten honest sites of the declared use lie in the same hours, scaled to this load's mean, with how many sites stand behind it, null where fewer than 20; `days` 24 hourly means each; `duration` the load exceeded in 0 to 100 % of the hours. kW; null where unknown.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/meters/{meter}/spark.svg", SparkAsync)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetSpark")
            .WithTags("Meters")
            .WithSummary("A meter's last 28 days as a small picture")
            .WithDescription("Mean load of each six hours, from zero, at most a day of readings old. May be kept for five minutes.")
            .Produces(StatusCodes.Status200OK, contentType: SparkLine.MediaType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<LoadPatterns>, ProblemHttpResult>> GetAsync(
        string meter, string? from, string? to, ITimeline timeline, RegistryHolder registry, WeekReferences references, HttpContext context, CancellationToken cancel)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        if (await MeterRange.OfAsync(timeline, call, DefaultLength, cancel) is not { } window)
        {
            return TypedResults.Ok(LoadPatterns.Empty(SiteZone.Of(registry.Current.Of(call.Meter).TimeZone)));
        }

        if (MeterRange.TooLong(window) is { } tooLong)
        {
            return tooLong;
        }

        var row = registry.Current.Of(call.Meter, window.To.AddTicks(-1));
        var zone = SiteZone.Of(row.TimeZone);
        var patterns = await LoadPatterns.OfAsync(timeline.ReadAsync(call.Meter, window, cancel), window, zone, cancel);
        return TypedResults.Ok(patterns with { Reference = references.Of(row.DeclaredUse, patterns) });
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SparkAsync(string meter, SparkLines sparks, HttpContext context, CancellationToken cancel)
    {
        if (!MeterId.TryOf(meter, out var id))
        {
            return Problems.BadRequest($"Not a meter name: {MeterId.Fault(meter)}.");
        }

        var trend = await sparks.GetAsync(id, cancel);
        context.Response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Bytes(SparkLine.Draw(trend), SparkLine.MediaType);
    }
}
