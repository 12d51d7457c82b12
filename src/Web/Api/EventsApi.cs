// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Outbox;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Detector.Web.Api;

/// <summary><c>GET /events</c>: verdicts and cases as server-sent events.</summary>
internal static class EventsApi
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15); // below the idle limit of common proxies

    /// <summary>Maps the call.</summary>
    internal static void Map(RouteGroupBuilder api) => api.MapGet("/events", StreamAsync)
        .WithMetadata(RateLimits.Events)
        .WithName("StreamEvents")
        .WithTags("Events")
        .WithSummary("Verdicts and cases as they happen")
        .WithDescription("Server-sent events: `id` is the sequence, `event` the type, `data` the CloudEvents 1.0 JSON. A stream begins after `Last-Event-ID` or `after`; without either with the oldest event kept, so that nothing is missed; `after=latest` sends only what comes. A client that reads too slowly is cut off and resumes by its last id; so is one whose token is no longer good.")
        .Produces<string>(contentType: "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> StreamAsync(
        HttpContext context, EventFeed feed, EventSight sight, TimeProvider clock, IHostApplicationLifetime life, string? after = null)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        var cancel = ending.Token;
        var asked = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after;
        long from = 0;
        if (asked == "latest")
        {
            from = await feed.HeadAsync(cancel);
        }
        else if (!string.IsNullOrEmpty(asked) && !(long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            return Problems.BadRequest("Last-Event-ID and after must be the id of an event, or after must be 'latest'.");
        }

        Metrics.EventStreams.Add(1);
        try
        {
            await WriteAsync(context, feed.SubscribeAsync(from, cancel), sight, clock, ending);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client or the service ends; neither is a fault.
        }
        finally
        {
            Metrics.EventStreams.Add(-1);
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(HttpContext context, IAsyncEnumerable<FeedItem> items, EventSight sight, TimeProvider clock, CancellationTokenSource ending)
    {
        var cancel = ending.Token;
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await SendAsync(response, ": connected\n\n", cancel);

        await using var feed = items.GetAsyncEnumerator(cancel);
        var next = feed.MoveNextAsync().AsTask();
        try
        {
            while (await sight.OfAsync(context.User, cancel) is { } sees && await SendNextAsync(sees))
            {
            }
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what is under way cannot be disposed of
        }

        // Whether there is more: not where the client is told of lagging; it resumes by its last id.
        async Task<bool> SendNextAsync(Func<string, bool> sees)
        {
            if (await Task.WhenAny(next, Task.Delay(KeepAlive, clock, cancel)) != next)
            {
                cancel.ThrowIfCancellationRequested();
                await SendAsync(response, ": still here\n\n", cancel);
                return true;
            }

            if (!await next || feed.Current.Event is not { } happened)
            {
                return false;
            }

            if (sees(happened.Site()))
            {
                await SendAsync(response, Text(happened), cancel);
            }

            next = feed.MoveNextAsync().AsTask();
            return true;
        }
    }

    private static string Text(OutboxEvent happened) =>
        string.Create(CultureInfo.InvariantCulture, $"id: {happened.Sequence}\nevent: {happened.Type}\ndata: {happened.ToCloudEventJson().ReplaceLineEndings(" ")}\n\n");

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancel)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        await response.Body.FlushAsync(cancel);
    }
}

/// <summary>Runs the feed while the service runs.</summary>
internal sealed class EventFeedRunner(EventFeed feed) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => feed.RunAsync(stoppingToken);
}
