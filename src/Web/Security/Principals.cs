// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using Detector.Access;

namespace Detector.Web.Security;

/// <summary>Actors as principals and back.</summary>
internal static class Principals
{
    /// <summary>
    /// The token behind a session, kept in the protected cookie so that the session ends with the token. It never
    /// leaves the server in readable form.
    /// </summary>
    private const string TokenClaim = "detector:token";

    private const string RegionClaim = "detector:region";
    private const string FeederClaim = "detector:feeder";

    /// <summary>A principal for an actor who proved a token.</summary>
    internal static ClaimsPrincipal Of(Actor actor, string token, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, actor.Name),
            new Claim(ClaimTypes.Role, actor.Role.Name()),
            new Claim(TokenClaim, token),
            .. (actor.Scope?.Regions ?? []).Select(r => new Claim(RegionClaim, r)),
            .. (actor.Scope?.Feeders ?? []).Select(f => new Claim(FeederClaim, f)),
        ],
        scheme,
        ClaimTypes.Name,
        ClaimTypes.Role));

    /// <summary>The actor of a principal; null where nobody is signed in.</summary>
    internal static Actor? ActorOf(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name } && RoleNames.TryParse(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Actor(name, role, AccessScope.Of(principal.FindAll(RegionClaim).Select(c => c.Value), principal.FindAll(FeederClaim).Select(c => c.Value)))
            : null;

    /// <summary>The actor as the store knows them now; null where the token is no longer good.</summary>
    internal static Task<Actor?> VerifyAsync(this AccessStore store, ClaimsPrincipal principal, CancellationToken cancel) =>
        store.AuthenticateAsync(principal.FindFirstValue(TokenClaim), cancel);
}
