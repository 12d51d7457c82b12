// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using Detector.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;

namespace Detector.Web.Security;

/// <summary>Who is signed in on an open page, asked again now and then so that a revoked token ends it.</summary>
internal sealed class SessionState(ILoggerFactory logs, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30); // a revoked token ends an open page within half a minute

    /// <summary>The actor of an open page as they are known this moment: since it was opened the token may have been revoked, the role changed, the time of the session run out. Null where they may no longer act.</summary>
    internal static async Task<Actor?> ActorOfAsync(AuthenticationStateProvider page, CancellationToken cancel) =>
        page is SessionState session ? await session.ActorAsync(cancel) : null;

    private async Task<Actor?> ActorAsync(CancellationToken cancel)
    {
        var principal = (await GetAuthenticationStateAsync()).User;
        if (principal.Identity?.IsAuthenticated != true || await sessions.VerifyAsync(principal, cancel) is not { } now)
        {
            return null;
        }

        return now.Scope == Principals.ActorOf(principal)?.Scope ? now : null; // what the page shows is of the scope it was opened with
    }

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        ClaimsPrincipal principal = authenticationState.User;
        var actor = await sessions.VerifyAsync(principal, cancellationToken);
        return actor is not null && actor == Principals.ActorOf(principal);
    }
}
