// SPDX-License-Identifier: Apache-2.0
using System.Net.Mime;
using Detector.Pipeline.Weather;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary>Outdoor temperatures: brought in by region, read where a meter is, and how its load follows them.</summary>
internal static class WeatherApi
{
    private const long LongestBytes = 16 << 20; // thirteen months of forty regions, and some 150 MB of memory while it is read
    private const int MostNamed = 100;

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/weather", List)
            .WithName("ListWeather")
            .WithTags("Weather")
            .WithSummary("The regions of which outdoor temperatures are known");

        api.MapPut("/weather", PutAsync)
            .RequireAuthorization(Policies.Operate)
            .WithName("PutWeather")
            .WithTags("Weather")
            .WithSummary("Bring outdoor temperatures in")
            .WithDescription("The body is `region,timestamp_utc,temperature_c` as `text/csv`, with the regions of the register. Values of one hour become its mean, and an hour that comes again is replaced. What is faulty is named by line and column, and nothing is kept (422). For operators and administrators of all regions.")
            .WithMetadata(new OfEveryRegion("Weather is brought in for every region"))
            .Accepts<string>(MediaTypeNames.Text.Csv)
            .WithMetadata(new BodyLimit(LongestBytes))
            .Produces<WeatherPutView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/meters/{meter}/temperatures", TemperaturesAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetTemperatures")
            .WithTags("Weather")
            .WithSummary("Outdoor temperatures where a meter is")
            .WithDescription("Of the region of its site, evenly spaced over `from` (in) to `to` (out), without them over its readings: means of an hour, or of a day of UTC where more than 400 days are asked for. Degrees Celsius, null where unknown; `from` is null where nothing is.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/meters/{meter}/energy-signature", SignatureAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetEnergySignature")
            .WithTags("Weather")
            .WithSummary("How a meter's load follows the outdoor temperature")
            .WithDescription("Days of `from` (in) to `to` (out), at most 400 days, without them the last 400, of which load and temperature are known for 20 hours and more, and the line through them: `base_kilowatts` between two balance points, a slope in kW a kelvin beyond each, and `explained`, the share of the differences between days (trend and days of rest apart) that temperature explains in weeks left out of the fit. `lacks` says what is missing where there are no days: `region` (the register names none), `temperatures`, or `readings`. Null where fewer than 28 days are known or their temperatures lie within 5 K. No part of the verdict.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<RegionWeather[]> List(WeatherBook book, HttpContext context)
    {
        var scope = Principals.ActorOf(context.User)?.Scope;
        return TypedResults.Ok(book.Regions().Where(r => scope?.Covers(r.Region, string.Empty) != false).ToArray());
    }

    private static async Task<IResult> PutAsync(WeatherDesk desk, HttpContext context, CancellationToken cancel)
    {
        try
        {
            var answer = await desk.PutAsync(context.Request.Body, Principals.ActorOf(context.User)?.Name ?? "anonymous", cancel);
            return answer.Faults.Count == 0
                ? TypedResults.Ok(new WeatherPutView(answer.Hours))
                : Problems.Unprocessable($"Nothing is kept. {string.Join(' ', answer.Faults.Take(MostNamed))}");
        }
        catch (Exception refused) when (WeatherDesk.IsRefusal(refused) && refused is not BadHttpRequestException)
        {
            return Problems.Unavailable("The weather cannot be written now; nothing is kept. Try again shortly; the disk may be full, or an import of the command line runs.");
        }
    }

    private static async Task<Results<Ok<MeterTemperatures>, ProblemHttpResult>> TemperaturesAsync(
        string meter, string? from, string? to, ITimeline timeline, SiteWeather weather, HttpContext context, CancellationToken cancel)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        return TypedResults.Ok(weather.Temperatures(call.Meter, await MeterRange.OfAsync(timeline, call, length: null, cancel)));
    }

    private static async Task<Results<Ok<MeterSignature>, ProblemHttpResult>> SignatureAsync(
        string meter, string? from, string? to, ITimeline timeline, SiteWeather weather, HttpContext context, CancellationToken cancel)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        if (await MeterRange.OfAsync(timeline, call, MeterRange.LongestOfHours, cancel) is not { } range)
        {
            return TypedResults.Ok(weather.WithoutReadings(call.Meter));
        }

        return MeterRange.TooLong(range) is { } tooLong ? tooLong : TypedResults.Ok(await weather.SignatureAsync(call.Meter, range, cancel));
    }
}

/// <summary>Hours of temperature that were written, by region.</summary>
internal sealed record WeatherPutView(IReadOnlyDictionary<string, int> Hours);
