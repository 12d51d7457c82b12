// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/quarantine</c>: readings that are held back, and their return.</summary>
internal static class QuarantineApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const int MaxIds = 5000; // fits the bounded request body

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api = api.MapGroup(string.Empty).WithMetadata(OfEveryRegion.Traffic);
        api.MapGet("/quarantine", List)
            .WithName("ListQuarantine")
            .WithTags("Quarantine")
            .WithSummary("Readings that are held back, with the rule and the reason")
            .WithDescription("In order of arrival. `after` is the last `id` of the page before; `limit` is 1 to 1000, 100 by default. `kw` is null where no power was given.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        api.MapPost("/quarantine/release", ReleaseAsync)
            .RequireAuthorization(Policies.Operate)
            .WithName("ReleaseQuarantine")
            .WithTags("Quarantine")
            .WithSummary("Judge readings again by today's rules, register and clock, and store what passes")
            .WithDescription("`ids`, `rule` and `meter` choose; an empty body means all. Nothing passes a rule that still holds: change its setting or the register first. What stays has the reason that it has now.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<QuarantinedView[]>, ProblemHttpResult> List(IQuarantine quarantine, long after = 0, int limit = DefaultLimit) =>
        Pages.Refusal(after, limit, MaxLimit) is { } refusal
            ? refusal
            : TypedResults.Ok(quarantine.List(after, limit).Select(QuarantinedView.Of).ToArray());

    private static async Task<Results<Ok<ReleaseView>, ProblemHttpResult>> ReleaseAsync(ReleaseRequest? request, IQuarantine quarantine, HttpContext context, CancellationToken cancel)
    {
        if (request?.Ids is { Count: > MaxIds })
        {
            return Problems.BadRequest($"At most {MaxIds} ids at once; leave ids out to release all that pass.");
        }

        MeterId? meter = null;
        if (request?.Meter is { } name)
        {
            if (!MeterId.TryOf(name, out var id))
            {
                return Problems.BadRequest($"'{name}' is no name of a meter.");
            }

            meter = id;
        }

        var actor = Principals.RequireActor(context);
        var outcome = await quarantine.ReleaseAsync(new QuarantineChoice(request?.Ids, request?.Rule, meter), actor.Name, cancel);
        return TypedResults.Ok(new ReleaseView(outcome.Released, outcome.StillHeld));
    }
}

/// <summary>Which readings to judge again; all where everything is left out.</summary>
internal sealed record ReleaseRequest(IReadOnlyList<long>? Ids, string? Rule, string? Meter);

/// <summary>What a release did, in readings.</summary>
internal sealed record ReleaseView(long Released, long StillHeld);

/// <summary>A reading that is held back.</summary>
internal sealed record QuarantinedView(long Id, long Position, string Meter, DateTimeOffset Ts, double? Kw, string Rule, string Reason)
{
    internal static QuarantinedView Of(QuarantinedReading held) => new(
        held.Id,
        held.Position,
        held.Reading.Meter.Value,
        held.Reading.Time,
        double.IsFinite(held.Reading.PowerKilowatts) ? held.Reading.PowerKilowatts : null,
        held.Rule,
        held.Reason);
}
