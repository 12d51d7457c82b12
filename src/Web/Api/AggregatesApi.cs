// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;
using Detector.Metering;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Detector.Web.Api;

/// <summary><c>/meters/{meter}/aggregates</c>: the hours or days that are kept of readings that have expired.</summary>
internal static class AggregatesApi
{
    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/meters/{meter}/aggregates", ReadAsync)
        .WithMetadata(OfItsTime.Mark)
        .WithMetadata(RateLimits.Streams)
        .WithName("GetAggregates")
        .WithTags("Meters")
        .WithSummary("Hours or days of a meter's expired readings")
        .WithDescription("`length` is `hour` (default) or `day`, both of UTC; `from` (in) and `to` (out) as for readings, all that is kept where they are left out. `kw` is the mean over `covered_seconds`, and `kwh` the energy of that time; an hour without readings is left out. Empty where nothing has expired.")
        .Produces<AggregateView[]>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<List<AggregateView>>, ProblemHttpResult>> ReadAsync(
        string meter, ITimeline timeline, ILoggerFactory logs, HttpContext context, CancellationToken cancel, string? length = null, string? from = null, string? to = null)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        if (length is not (null or "hour" or "day"))
        {
            return Problems.BadRequest("length must be hour or day.");
        }

        try
        {
            var views = new List<AggregateView>();
            if (timeline.Retention is { } retention)
            {
                await foreach (var kept in retention.ReadAsync(length == "day" ? AggregateLength.Day : AggregateLength.Hour, [call.Meter], call.Asked, cancel))
                {
                    views.AddRange(kept.Aggregates.Select(AggregateView.Of));
                }
            }

            return TypedResults.Ok(views);
        }
        catch (TimelineUnavailableException away)
        {
            Log.StoreUnavailable(logs.CreateLogger("Detector.Web"), call.Meter.Value, away);
            return Problems.Unavailable("The store of readings cannot be reached now; try again shortly.");
        }
    }
}

/// <summary>One hour or day: its start, mean, extremes and energy over the time that is known, and what it was made of.</summary>
internal sealed record AggregateView(
    DateTimeOffset From,
    double? Kw,
    double? LowKw,
    double? HighKw,
    double CoveredSeconds,
    double Kwh,
    int Readings,
    double CadenceSeconds,
    IReadOnlyList<string> Quality,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? KwhRegister)
{
    internal static AggregateView Of(LoadAggregate kept) => new(
        kept.Start,
        Finite(kept.PowerKilowatts),
        Finite(kept.LowestKilowatts),
        Finite(kept.HighestKilowatts),
        kept.Covered.TotalSeconds,
        kept.EnergyKilowattHours,
        kept.Readings,
        kept.Cadence.TotalSeconds,
        [.. QualityFlagNames.Names(kept.Quality)],
        Finite(kept.RegisterKilowattHours));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
