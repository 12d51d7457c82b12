// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Detector.Web.Security;

/// <summary>Begins and ends a person's session on the console.</summary>
internal sealed class SignIn(AccessStore store, ILogger<SignIn> log)
{
    /// <summary>Begins a session where the token is good and belongs to the name; false otherwise, without saying which was wrong.</summary>
    /// <remarks>The console shows every region, so a person limited to some works by the API.</remarks>
    public async Task<bool> EnterAsync(HttpContext context, string? name, string? token)
    {
        var proof = token?.Trim() ?? string.Empty;
        var actor = await store.AuthenticateAsync(proof, context.RequestAborted);
        if (actor is null || actor.Scope is not null || !string.Equals(actor.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            Metrics.SignIns.Add(1, new KeyValuePair<string, object?>("result", "refused"));
            Log.SignInRefused(log);
            return false;
        }

        const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(Scheme, Principals.Of(actor, proof, Scheme), new AuthenticationProperties { IsPersistent = false });
        Metrics.SignIns.Add(1, new KeyValuePair<string, object?>("result", "accepted"));
        var role = actor.Role.Name();
        Log.SignedIn(log, actor.Name, role);
        return true;
    }

    /// <summary>Maps the end of a session: a form post that carries the antiforgery token.</summary>
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", async (HttpContext context, IAntiforgery forgery) =>
        {
            if (!await forgery.IsRequestValidAsync(context))
            {
                return Results.Problem("The form is out of date; go back and try again.", statusCode: StatusCodes.Status400BadRequest);
            }

            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.LocalRedirect("/");
        })
        .AllowAnonymous()
        .ExcludeFromDescription();
}
