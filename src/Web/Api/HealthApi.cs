// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Serialization;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthApi
{
    /// <summary>Maps the calls.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new LiveView("live"))
            .AllowAnonymous()
            .DisableRateLimiting()
            .WithName("GetLiveness")
            .WithTags("Health")
            .WithSummary("Whether the process answers")
            .WithDescription("Never asks for a token.");

        routes.MapGet("/health/ready", ReadyAsync)
            .AllowAnonymous()
            .DisableRateLimiting()
            .WithName("GetReadiness")
            .WithTags("Health")
            .WithSummary("Whether every part does its work")
            .WithDescription("200 when every part is ready, 503 with the same body when one is not. Never asks for a token, so that a probe needs none; `detail` says what a part does or waits for, to those who may read only.")
            .Produces<ReadyView>()
            .Produces<ReadyView>(StatusCodes.Status503ServiceUnavailable);
    }

    // What a part waits for names servers and folders, which is for those who may read.
    private static async Task<JsonHttpResult<ReadyView>> ReadyAsync(IReadiness readiness, IAuthorizationService authorization, HttpContext context)
    {
        var mayRead = (await authorization.AuthorizeAsync(context.User, context, Policies.Read)).Succeeded;
        var parts = readiness.Parts();
        var ready = parts.All(p => p.Ready);
        return TypedResults.Json(
            new ReadyView(ready ? "ready" : "not_ready", [.. parts.Select(p => new PartView(p.Part, p.Ready, mayRead ? p.Detail : null))]),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Liveness: <c>live</c>.</summary>
internal sealed record LiveView(string Status);

/// <summary>Readiness: <c>ready</c> or <c>not_ready</c>, with each part.</summary>
internal sealed record ReadyView(string Status, IReadOnlyList<PartView> Parts);

/// <summary>One part of the service; what it does or waits for is told to those who may read.</summary>
internal sealed record PartView(string Part, bool Ready, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail);
