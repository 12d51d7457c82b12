// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using Detector.Access;
using Microsoft.AspNetCore.Http;

namespace Detector.Web.Security;

/// <summary>Actors as principals and back.</summary>
internal static class Principals
{
    /// <summary>
    /// The token behind a session, kept in the protected cookie so that the session ends with the token. It never
    /// leaves the server in readable form.
    /// </summary>
    private const string TokenClaim = "detector:token";

    private const string DisplayClaim = "detector:display";
    private const string RegionClaim = "detector:region";
    private const string FeederClaim = "detector:feeder";

    /// <summary>A principal for an actor who proved a token.</summary>
    internal static ClaimsPrincipal Of(Actor actor, string token, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, actor.Name),
            .. ClaimsOf(actor),
            new Claim(TokenClaim, token),
        ],
        scheme,
        ClaimTypes.Name,
        ClaimTypes.Role));

    /// <summary>A principal for a person whom the identity provider knows.</summary>
    /// <param name="name">Their name in the audit trail.</param>
    /// <param name="display">The name to greet them by; null for none.</param>
    /// <param name="actor">What they may do; null for nothing.</param>
    /// <param name="marks">What the session is checked by later.</param>
    /// <param name="scheme">How they came.</param>
    internal static ClaimsPrincipal OfFederated(string name, string? display, Actor? actor, IEnumerable<Claim> marks, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, name),
            .. display is null ? Array.Empty<Claim>() : [new Claim(DisplayClaim, display)],
            .. actor is null ? [] : ClaimsOf(actor),
            .. marks,
        ],
        scheme,
        ClaimTypes.Name,
        ClaimTypes.Role));

    /// <summary>The name to greet a person by.</summary>
    internal static string? DisplayOf(ClaimsPrincipal principal) => principal.FindFirstValue(DisplayClaim) ?? principal.Identity?.Name;

    /// <summary>The actor of a principal; null where nobody is signed in, or somebody without a role.</summary>
    internal static Actor? ActorOf(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name } && RoleNames.TryParse(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Actor(name, role, AccessScope.Of(principal.FindAll(RegionClaim).Select(c => c.Value), principal.FindAll(FeederClaim).Select(c => c.Value)))
            : null;

    /// <summary>The actor of a call whose policy lets nobody else in.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has no such policy.</exception>
    internal static Actor RequireActor(HttpContext context) => ActorOf(context.User)
        ?? throw new InvalidOperationException($"{context.GetEndpoint()?.DisplayName ?? context.Request.Path} lets in callers who are not signed in; it needs a policy such as {nameof(Policies)}.{nameof(Policies.SignedIn)}.");

    private static IEnumerable<Claim> ClaimsOf(Actor actor) => (actor.Scope?.Regions ?? []).Select(r => new Claim(RegionClaim, r))
        .Concat((actor.Scope?.Feeders ?? []).Select(f => new Claim(FeederClaim, f)))
        .Prepend(new Claim(ClaimTypes.Role, actor.Role.Name()));

    /// <summary>The actor as the store knows them now; null where the token is no longer good.</summary>
    internal static Task<Actor?> VerifyAsync(this AccessStore store, ClaimsPrincipal principal, CancellationToken cancel) =>
        store.AuthenticateAsync(principal.FindFirstValue(TokenClaim), cancel);
}
