// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/meters/{meter}/burst</c>: readings of seconds, asked for by a person.</summary>
internal static class BurstsApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/meters/{meter}/burst", GetAsync)
            .WithName("GetBurst")
            .WithTags("Meters")
            .WithSummary("The latest burst asked of a meter, and whether one may be asked now")
            .WithDescription("`state` is `none`, `asked`, `waiting`, `arrived`, `silent` (nothing came in time) or `failed` (the broker did not take it); `refusal` is null where one may ask, else `off`, `calculated`, `away`, `left_alone` or `hour_full`; `from` is when one may ask again. See docs/bursts.md.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapPost("/meters/{meter}/burst", AskAsync)
            .RequireAuthorization(Policies.Operate)
            .WithName("AskBurst")
            .WithTags("Meters")
            .WithSummary("Ask a meter for readings of seconds")
            .WithDescription("`seconds` 60 to 3600, `hz` 0.1 to 10; what is left out is as configured. 202 where the broker has taken the command; 409 where the meter must be left alone, 422 where none can be asked of it, 429 where the hour is full, 503 where the broker is away. Two requests at once give one. Who asked is kept.")
            .Produces<BurstView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<BurstView>, ProblemHttpResult>> GetAsync(string meter, IBursts bursts, RegistryHolder registry, ITimeline timeline, CancellationToken cancel) =>
        await MeterAsync(meter, registry, timeline, cancel) is { } id
            ? TypedResults.Ok(BurstView.Of(id, await bursts.StandingAsync(id, cancel)))
            : Problems.NotFound($"There is no meter '{meter}'.");

    private static async Task<IResult> AskAsync(
        string meter, BurstOrder order, IBursts bursts, RegistryHolder registry, ITimeline timeline, HttpContext context, CancellationToken cancel)
    {
        var (seconds, hertz) = (order.Seconds ?? bursts.Options.Seconds, order.Hz ?? bursts.Options.Hertz);
        if (seconds is < BurstRequestOptions.LeastSeconds or > BurstRequestOptions.MostSeconds || hertz is not (>= BurstRequestOptions.LeastHertz and <= BurstRequestOptions.MostHertz))
        {
            return Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"seconds must be from {BurstRequestOptions.LeastSeconds} to {BurstRequestOptions.MostSeconds}, hz from {BurstRequestOptions.LeastHertz} to {BurstRequestOptions.MostHertz}."));
        }

        var actor = Principals.RequireActor(context);
        if (await MeterAsync(meter, registry, timeline, cancel) is not { } id)
        {
            return Problems.NotFound($"There is no meter '{meter}'.");
        }

        var answer = await bursts.AskAsync(id, seconds, hertz, actor.Name, cancel);
        return answer.Outcome == "sent"
            ? TypedResults.Accepted($"/api/v1/meters/{Uri.EscapeDataString(meter)}/burst", BurstView.Of(id, await bursts.StandingAsync(id, cancel)))
            : Refuse(answer);
    }

    private static ProblemHttpResult Refuse(BurstAnswer answer) => answer.Outcome switch
    {
        "left_alone" => Problems.Conflict($"The meter was asked already and is left alone until {UtcText.Write(answer.From!.Value)}."),
        "hour_full" => TypedResults.Problem("As many bursts were asked for within the hour as Bursts:MostPerHour allows.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests"),
        "off" => Problems.Unprocessable("Bursts are off: Bursts:Enabled lets the service send commands to meters."),
        "calculated" => Problems.Unprocessable("This meter is calculated from others; ask those."),
        "away" => Problems.Unavailable("The broker that carries commands cannot be reached now."),
        _ => Problems.Unavailable($"The broker did not take the command: {answer.Why}"),
    };

    /// <summary>The meter where the register or the store knows it; null otherwise.</summary>
    private static async Task<MeterId?> MeterAsync(string meter, RegistryHolder registry, ITimeline timeline, CancellationToken cancel) =>
        MeterId.TryOf(meter, out var id) && (registry.Current.TryGet(id, out _) || await timeline.ExtentAsync(id, cancel) is not null) ? id : null;
}

/// <summary>What burst to ask for; what is left out is as configured.</summary>
internal sealed record BurstOrder(int? Seconds, double? Hz);

/// <summary>How things stand with bursts of a meter.</summary>
internal sealed record BurstView(
    MeterId Meter, string State, DateTimeOffset? Asked, string? By, int? Seconds, double? Hz, DateTimeOffset? Due, int Readings, string? Refusal, DateTimeOffset? From)
{
    internal static BurstView Of(MeterId meter, BurstStanding standing) => new(
        meter,
        standing.State,
        standing.Latest?.Asked,
        standing.Latest?.By,
        standing.Latest?.Seconds,
        standing.Latest?.Hertz,
        standing.Latest?.Due,
        standing.Readings,
        standing.Refusal,
        standing.From);
}
