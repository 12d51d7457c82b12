// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Detector.Web.Security;

/// <summary>Asks for a signed-in person with a role or, where that is not needed and the options allow it, a reader on loopback.</summary>
/// <param name="NeedsRole">Whether nobody but a signed-in person will do.</param>
internal sealed record ReadAccess(bool NeedsRole = false) : IAuthorizationRequirement;

/// <summary>Decides <see cref="ReadAccess"/>.</summary>
internal sealed class ReadAccessHandler(IHttpContextAccessor accessor, IOptions<WebOptions> options) : AuthorizationHandler<ReadAccess>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ReadAccess requirement)
    {
        var http = context.Resource as HttpContext ?? accessor.HttpContext;
        var actor = Principals.ActorOf(context.User);
        var isAnybody = context.User.Identity?.IsAuthenticated != true && !requirement.NeedsRole && http is not null && MayReadUnsigned(http, options.Value);
        if (isAnybody || actor is not null)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether this request may read although nobody signed in.</summary>
    /// <remarks>
    /// The connection comes from loopback, was not forwarded by a proxy, names a loopback host (so that a foreign page
    /// cannot reach it under a name of its own), offers no token (a wrong one must not pass as none), and only reads.
    /// </remarks>
    internal static bool MayReadUnsigned(HttpContext http, WebOptions options) =>
        options.AnonymousLoopbackRead
        && http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded")
        && !http.Request.Headers.ContainsKey("Authorization")
        && IsLoopbackName(http.Request.Host.Host)
        && OnlyReads(http.Request);

    /// <summary>The console's own connection is opened by POST and carries pages; what it may change is checked again by each handler.</summary>
    private static bool OnlyReads(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
