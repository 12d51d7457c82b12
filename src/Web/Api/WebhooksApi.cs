// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Queues.Webhooks;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/webhooks</c>: how far each endpoint is, what is parked for it, and posting that again.</summary>
internal static class WebhooksApi
{
    private const int MaxLimit = 1000;
    private const int MaxSubjects = 1000;

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api = api.MapGroup(string.Empty).WithMetadata(OfEveryRegion.Traffic);
        api.MapGet("/webhooks", ListAsync)
            .WithName("ListWebhooks")
            .WithTags("Webhooks")
            .WithSummary("Endpoints that events are posted to, and how far each is")
            .WithDescription("`position` is the sequence up to which every event was taken or parked; `waiting` are the events after it.");
        api.MapGet("/webhooks/{endpoint}/parked", ParkedAsync)
            .WithName("ListParkedEvents")
            .WithTags("Webhooks")
            .WithSummary("Events that an endpoint did not take, oldest first")
            .WithDescription("With those that wait behind them, because the events of a subject stay in order. `after` is the last `sequence` of the page before; `limit` is 1 to 1000, 100 by default.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/webhooks/{endpoint}/replay", ReplayAsync)
            .RequireAuthorization(Policies.Operate)
            .WithName("ReplayParkedEvents")
            .WithTags("Webhooks")
            .WithSummary("Post parked events again")
            .WithDescription("An empty body, or `subjects` left out, takes all. A subject is posted again as a whole and in order, before anything newer of it; what is refused again is parked again.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<IReadOnlyList<WebhookState>>> ListAsync(WebhookBook book, CancellationToken cancel) => TypedResults.Ok(await book.StatesAsync(cancel));

    private static async Task<Results<Ok<IReadOnlyList<ParkedEvent>>, ProblemHttpResult>> ParkedAsync(
        string endpoint, WebhookBook book, HttpContext context, CancellationToken cancel, long after = 0, int limit = 100)
    {
        if (Pages.Refusal(after, limit, MaxLimit) is { } refusal)
        {
            return refusal;
        }

        if (!book.Knows(endpoint))
        {
            return NoEndpoint(endpoint);
        }

        var parked = await book.ParkedAsync(endpoint, after, limit, cancel);
        if (parked.Count == limit)
        {
            Pages.Next(context, parked[^1].Sequence);
        }

        return TypedResults.Ok(parked);
    }

    private static async Task<Results<Ok<WebhookReplayView>, ProblemHttpResult>> ReplayAsync(
        string endpoint, WebhookReplayRequest? request, WebhookBook book, HttpContext context, CancellationToken cancel)
    {
        if (!book.Knows(endpoint))
        {
            return NoEndpoint(endpoint);
        }

        if (request?.Subjects is { Count: > MaxSubjects })
        {
            return Problems.BadRequest($"At most {MaxSubjects} subjects at once; leave subjects out to take all.");
        }

        return TypedResults.Ok(new WebhookReplayView(await book.ReplayAsync(endpoint, request?.Subjects, Principals.RequireActor(context).Name, cancel)));
    }

    private static ProblemHttpResult NoEndpoint(string endpoint) => Problems.NotFound($"There is no webhook '{endpoint}'.");
}

/// <summary>Which subjects to post again; all where left out.</summary>
internal sealed record WebhookReplayRequest(IReadOnlyList<string>? Subjects);

/// <summary>How many events will be posted again.</summary>
internal sealed record WebhookReplayView(int Events);
