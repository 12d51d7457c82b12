// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Detector.Web.Security;

/// <summary>What a person limited to regions and feeders may see: a site outside answers as one that does not exist.</summary>
internal static class Scopes
{
    /// <summary>Whether the caller sees a site; everybody without a scope sees all.</summary>
    internal static Func<string, bool> Sites(HttpContext context, RegistryHolder registry) => Sites(Principals.ActorOf(context.User)?.Scope, registry);

    /// <summary>Whether a site is within a scope; every site is where there is none.</summary>
    internal static Func<string, bool> Sites(AccessScope? scope, RegistryHolder registry)
    {
        if (scope is null)
        {
            return _ => true;
        }

        var known = registry.Current;
        return site => known.MetersOf(site).Any(m => scope.Covers(m.Region, m.Feeder));
    }

    /// <summary>Whether a case is there for somebody: one outside their scope is not.</summary>
    internal static async Task<bool> SeesCaseAsync(CaseDesk desk, AccessScope? scope, RegistryHolder registry, string id, CancellationToken cancel) =>
        scope is null || (await desk.SiteOfAsync(id, cancel) is { } site && Sites(scope, registry)(site));

    /// <summary>The time in which the caller sees what a meter measured: of one that moved, its last stay within the caller's scope. All time where there is no scope; null where it never was there.</summary>
    internal static TimeRange? TimeOf(HttpContext context, MeterId meter)
    {
        if (Principals.ActorOf(context.User)?.Scope is not { } scope)
        {
            return TimeRange.All;
        }

        var register = context.RequestServices.GetRequiredService<RegistryHolder>().Current;
        MeterRegistration[] rows = [.. register.RowsOf(meter).Where(row => register.Moment is not { } now || row.Valid.From <= now)];
        var last = Array.FindLastIndex(rows, row => scope.Covers(row.Region, row.Feeder));
        if (last < 0)
        {
            return null;
        }

        var first = Array.FindLastIndex(rows, last, row => !scope.Covers(row.Region, row.Feeder)) + 1;
        return new TimeRange(rows[first].Valid.From, last + 1 < rows.Length ? rows[last + 1].Valid.From : TimeRange.All.To);
    }

    /// <summary>Whether the caller sees a meter as it is now.</summary>
    internal static bool Sees(AccessScope scope, SiteRegistry registry, string meter) =>
        MeterId.TryOf(meter, out var id) && registry.TryGet(id, out var row) && scope.Covers(row.Region, row.Feeder);
}

/// <summary>Marks calls of which nothing can be shown to somebody limited to regions or feeders.</summary>
/// <param name="What">What they are of, as the beginning of a sentence.</param>
internal sealed record OfEveryRegion(string What)
{
    /// <summary>Of what comes in and goes out before it belongs to a site.</summary>
    internal static OfEveryRegion Traffic { get; } = new("Dead letters, quarantine and webhooks are of every region");
}

/// <summary>Marks calls of what a meter measured, which look at the caller's time of it themselves (<see cref="Scopes.TimeOf"/>): somebody from where it was before sees that.</summary>
internal sealed record OfItsTime
{
    private OfItsTime()
    {
    }

    /// <summary>The mark.</summary>
    internal static OfItsTime Mark { get; } = new();
}

/// <summary>Answers 404 for a case, site or meter outside the caller's scope, before the call itself is made.</summary>
internal sealed class ScopeFilter(CaseDesk desk, RegistryHolder registry) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Principals.ActorOf(http.User)?.Scope is not { } scope)
        {
            return await next(context);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<OfEveryRegion>() is { } whole)
        {
            return Problems.Forbidden($"{whole.What}; your work is limited to some.");
        }

        var sees = Scopes.Sites(http, registry);
        if (http.Request.RouteValues["site"] is string site && !sees(site))
        {
            return Problems.NotFound($"There is no site '{site}'.");
        }

        if (http.Request.RouteValues["meter"] is string meter && http.GetEndpoint()?.Metadata.GetMetadata<OfItsTime>() is null && !Scopes.Sees(scope, registry.Current, meter))
        {
            return Problems.NotFound($"There is no meter '{meter}'.");
        }

        return http.Request.RouteValues["id"] is string id && !await Scopes.SeesCaseAsync(desk, scope, registry, id, http.RequestAborted)
            ? Problems.NotFound($"There is no case '{id}'.")
            : await next(context);
    }
}
