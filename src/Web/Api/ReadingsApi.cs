// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Detector.Metering;
using Detector.Timeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Detector.Web.Api;

/// <summary><c>/meters/{meter}</c>: readings as a streamed array, and the load for a chart.</summary>
internal static class ReadingsApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/meters/{meter}/readings", ReadAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetReadings")
            .WithTags("Meters")
            .WithSummary("A meter's readings")
            .WithDescription("In order of time, streamed, from `from` (in) to `to` (out); ISO 8601 or Unix seconds. Without `to` it ends with the last reading, without `from` it begins with the first: the whole history. A meter without readings gives an empty array. Where the oldest of them have expired, the header `Detector-Readings-From` says from when on they are kept; `/aggregates` has hours and days of the rest.")
            .Produces<ReadingView[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapGet("/meters/{meter}/series", SeriesAsync)
            .WithMetadata(OfItsTime.Mark)
            .WithMetadata(RateLimits.Streams)
            .WithName("GetSeries")
            .WithTags("Meters")
            .WithSummary("A meter's load for a chart")
            .WithDescription("Binary, little-endian: uint32 count n, uint32 1 where bucketed, float64[n] Unix seconds, float32[n] lowest kW, float32[n] highest kW (NaN where none), uint32[n] quality bits. At most `points` (100 to 100000, default 4000): more readings are folded into that many equal buckets. The whole history where no time is given. Where readings have expired it is of the hours or days that are kept of them, in buckets at least as long: the header `Detector-Resolution` says `readings`, `hours` or `days`.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadAsync(string meter, string? from, string? to, ITimeline timeline, ILoggerFactory logs, HttpContext context, CancellationToken cancel)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        try
        {
            if (await MeterRange.OfAsync(timeline, call, null, cancel) is not { } range)
            {
                return TypedResults.Ok(Array.Empty<ReadingView>());
            }

            // Whoever asks for all that there was is told that some of it has expired.
            var asked = call.From is null ? range with { From = call.Seen.From } : range;
            if (await KeptLoad.ExpiredPartAsync(timeline, call.Meter, asked, cancel) is { } expired)
            {
                context.Response.Headers["Detector-Readings-From"] = UtcText.Write(expired.To);
            }

            // The first reading is awaited here, so that a store that is away is a 503 and not a broken stream.
            var rows = timeline.ReadAsync(call.Meter, range, cancel).GetAsyncEnumerator(cancel);
            var any = await rows.MoveNextAsync();
            return TypedResults.Ok(StreamAsync(rows, any, cancel));
        }
        catch (TimelineUnavailableException away)
        {
            Log.StoreUnavailable(logs.CreateLogger("Detector.Web"), call.Meter.Value, away);
            return Problems.Unavailable("The store of readings cannot be reached now; try again shortly.");
        }
    }

    private static async Task<IResult> SeriesAsync(string meter, string? from, string? to, ITimeline timeline, ILoggerFactory logs, HttpContext context, CancellationToken cancel, int points = 4000)
    {
        if (MeterRange.Fault(meter, from, to, context, out var call) is { } fault)
        {
            return fault;
        }

        if (points is < 100 or > 100_000)
        {
            return Problems.BadRequest("points must be from 100 to 100000.");
        }

        try
        {
            var range = await MeterRange.OfAsync(timeline, call, null, cancel);
            if (range is not { } known)
            {
                return TypedResults.Bytes(ChartSeries.Empty.ToBytes(), "application/octet-stream");
            }

            var kept = await KeptLoad.OfAsync(timeline, call.Meter, known, cancel);
            context.Response.Headers["Detector-Resolution"] = kept.Resolution;
            return TypedResults.Bytes((await ChartSeries.FoldAsync(kept, known, points, cancel)).ToBytes(), "application/octet-stream");
        }
        catch (TimelineUnavailableException away)
        {
            Log.StoreUnavailable(logs.CreateLogger("Detector.Web"), call.Meter.Value, away);
            return Problems.Unavailable("The store of readings cannot be reached now; try again shortly.");
        }
    }

    private static async IAsyncEnumerable<ReadingView> StreamAsync(IAsyncEnumerator<Reading> rows, bool any, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using (rows)
        {
            for (; any; any = await rows.MoveNextAsync())
            {
                cancel.ThrowIfCancellationRequested();
                Metrics.ReadingsServed.Add(1);
                yield return ReadingView.Of(rows.Current);
            }
        }
    }
}

/// <summary>One reading: kW at that moment or over the interval that starts then, and what is known against it.</summary>
internal sealed record ReadingView(
    DateTimeOffset Ts,
    double? Kw,
    IReadOnlyList<string> Quality,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? KwhRegister,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Kvar)
{
    internal static ReadingView Of(Reading reading) => new(
        reading.Time,
        Finite(reading.PowerKilowatts),
        reading.Quality == QualityFlags.None ? [] : [.. QualityFlagNames.Names(reading.Quality)],
        Finite(reading.RegisterKilowattHours),
        Finite(reading.ReactiveKilovars));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
