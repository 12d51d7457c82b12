// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Outbox;
using Detector.Pipeline;
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
        .WithName("StreamEvents")
        .WithTags("Events")
        .WithSummary("Verdicts and cases as they happen")
        .WithDescription("Server-sent events: `id` is the sequence, `event` the type, `data` the CloudEvents 1.0 JSON. A stream begins after `Last-Event-ID` or `after`; without either with the oldest event kept, so that nothing is missed; `after=latest` sends only what comes. A client that reads too slowly is cut off and resumes by its last id.")
        .Produces<string>(contentType: "text/event-stream")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> StreamAsync(
        HttpContext context, EventFeed feed, RegistryHolder registry, TimeProvider clock, IHostApplicationLifetime life, string? after = null)
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
            await WriteAsync(context, feed.SubscribeAsync(from, cancel), Scopes.Sites(context, registry), clock, cancel);
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

    private static async Task WriteAsync(HttpContext context, IAsyncEnumerable<FeedItem> items, Func<string, bool> sees, TimeProvider clock, CancellationToken cancel)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await SendAsync(response, ": connected\n\n", cancel);

        await using var feed = items.GetAsyncEnumerator(cancel);
        var next = feed.MoveNextAsync().AsTask();
        while (true)
        {
            if (await Task.WhenAny(next, Task.Delay(KeepAlive, clock, cancel)) != next)
            {
                cancel.ThrowIfCancellationRequested();
                await SendAsync(response, ": still here\n\n", cancel);
                continue;
            }

            if (!await next || feed.Current.Event is not { } happened)
            {
                return; // told of lagging: the client resumes by its last id
            }

            if (sees(happened.Site()))
            {
                await SendAsync(response, Text(happened), cancel);
            }

            next = feed.MoveNextAsync().AsTask();
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
