// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Web.Security.OpenId;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Detector.Web.Security;

/// <summary>Begins and ends a person's session on the console.</summary>
internal sealed class SignIn(AccessStore store, SignInGuard guard, ILogger<SignIn> log)
{
    /// <summary>Begins a session where the token is good and belongs to the name; otherwise does not say which was wrong.</summary>
    public async Task<SignInResult> EnterAsync(HttpContext context, string? name, string? token)
    {
        var (person, proof) = (name?.Trim() ?? string.Empty, token?.Trim() ?? string.Empty);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (guard.Wait(person, address) is { Ticks: > 0 } wait)
        {
            Count("locked");
            return new SignInResult(false, wait);
        }

        var actor = await store.AuthenticateAsync(proof, context.RequestAborted);
        if (actor is null || !string.Equals(actor.Name, person, StringComparison.OrdinalIgnoreCase))
        {
            Count("refused");
            Log.SignInRefused(log);
            if (!guard.Refused(person, address))
            {
                return new SignInResult(false, TimeSpan.Zero);
            }

            Log.SignInLocked(log, address);
            return new SignInResult(false, guard.Wait(person, address));
        }

        guard.Accepted(person, address);
        const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(Scheme, Principals.Of(actor, proof, Scheme), new AuthenticationProperties { IsPersistent = false });
        Count("accepted");
        var role = actor.Role.Name();
        Log.SignedIn(log, actor.Name, role);
        return new SignInResult(true, TimeSpan.Zero);
    }

    /// <summary>Maps the end of a session: a form post that carries the antiforgery token.</summary>
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", async (HttpContext context, IAntiforgery forgery) =>
        {
            if (!await forgery.IsRequestValidAsync(context))
            {
                return Results.Problem("The form is out of date; go back and try again.", statusCode: StatusCodes.Status400BadRequest);
            }

            var isKnownElsewhere = OpenIdPeople.IsOne(context.User);
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect(isKnownElsewhere ? "/signed-out" : "/");
        })
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static void Count(string result) => Metrics.SignIns.Add(1, new KeyValuePair<string, object?>("result", result));
}

/// <summary>How an attempt to sign in ended.</summary>
/// <param name="Accepted">Whether a session began.</param>
/// <param name="Wait">How long the name is shut out at this address; zero where it is not.</param>
internal readonly record struct SignInResult(bool Accepted, TimeSpan Wait);
