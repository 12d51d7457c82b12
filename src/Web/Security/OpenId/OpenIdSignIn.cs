// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Web.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Detector.Web.Security.OpenId;

/// <summary>A person's way to the console by the identity provider: authorization code with PKCE, then a session of our own.</summary>
internal static class OpenIdSignIn
{
    /// <summary>Name of the scheme.</summary>
    internal const string SchemeName = "OpenId";

    /// <summary>Where a person begins.</summary>
    internal const string StartPath = "/sign-in/openid";

    /// <summary>Where a person ends the session at the provider, too.</summary>
    internal const string LeavePath = "/sign-out/openid";

    /// <summary>The page of those who may do nothing here.</summary>
    internal const string NoAccessPath = "/no-access";

    /// <summary>How long the provider may take to answer us.</summary>
    internal static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Signatures by a key that only the provider has: never by a shared secret, never none.</summary>
    internal static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    internal static void Add(AuthenticationBuilder authentication, WebOptions web) => authentication.AddOpenIdConnect(SchemeName, oidc =>
    {
        var options = web.OpenId;
        oidc.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.Secret;
        oidc.RequireHttpsMetadata = !options.IsOnLoopback;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // comes back by a plain link, so that cookies need not be open to other sites
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true; // the provider need not know which library of which version asks
        oidc.SaveTokens = false; // nothing is done with them afterwards
        oidc.BackchannelTimeout = AnswerWithin;
        oidc.TokenValidationParameters.ValidAlgorithms = Algorithms;
        oidc.CallbackPath = StartPath + "/callback";
        oidc.SignedOutCallbackPath = LeavePath + "/callback";
        oidc.RemoteSignOutPath = default; // a foreign page must not end sessions
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Count > 0 ? options.Scopes.Prepend("openid") : ["openid", "profile"])
        {
            oidc.Scope.Add(scope);
        }

        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = options.PublicAddress.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        }

        oidc.Events = Events(web);
    });

    /// <summary>Maps the beginning and the end.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StartPath, (HttpContext context) => TryAsync(context, AccessSetup.SignInPath + "?fault=provider", () =>
            context.ChallengeAsync(SchemeName, new AuthenticationProperties { RedirectUri = Preferences.LocalReturn(context) })))
            .AllowAnonymous().RequireRateLimiting(RateLimits.SignIns).ExcludeFromDescription();
        routes.MapGet(LeavePath, (HttpContext context) => TryAsync(context, "/signed-out?fault=provider", () =>
            context.SignOutAsync(SchemeName, new AuthenticationProperties { RedirectUri = "/" })))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task TryAsync(HttpContext context, string otherwise, Func<Task> go)
    {
        try
        {
            await go();
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            // The provider cannot be reached, or has no such address.
            Log.ProviderUnavailable(LogOf(context), fault.Message);
            context.Response.Redirect(otherwise);
        }
    }

    private static OpenIdConnectEvents Events(WebOptions web) => new()
    {
        OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = Outside(web.OpenId, context.ProtocolMessage.RedirectUri);
            return Task.CompletedTask;
        },
        OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.PostLogoutRedirectUri = Outside(web.OpenId, context.ProtocolMessage.PostLogoutRedirectUri);
            context.ProtocolMessage.ClientId = web.OpenId.ClientId; // in place of the ID token, which is not kept
            return Task.CompletedTask;
        },
        OnTokenValidated = context => AcceptAsync(context, web),
        OnRemoteFailure = context =>
        {
            Count("failed");
            Log.ProviderSignInFailed(LogOf(context.HttpContext), context.Failure?.Message ?? "no reason given");
            context.Response.Redirect(AccessSetup.SignInPath + "?fault=provider");
            context.HandleResponse();
            return Task.CompletedTask;
        },
    };

    private static Task AcceptAsync(TokenValidatedContext context, WebOptions web)
    {
        var services = context.HttpContext.RequestServices;
        var until = services.GetRequiredService<TimeProvider>().GetUtcNow() + web.SessionLength;
        var person = services.GetRequiredService<OpenIdPeople>().PrincipalOf(context.Principal!, context.SecurityToken.Issuer, until, CookieAuthenticationDefaults.AuthenticationScheme);
        if (person is null)
        {
            context.Fail($"The ID token has no usable claim '{web.OpenId.PersonClaim}'.");
            return Task.CompletedTask;
        }

        if (Principals.ActorOf(person) is not { } actor)
        {
            Count("refused");
            Log.ProviderSignInRefused(LogOf(context.HttpContext), person.Identity!.Name!, "no role");
            context.Response.Redirect(NoAccessPath);
            context.HandleResponse();
            return Task.CompletedTask;
        }

        // Nobody tells us when the provider shuts a person out, so a session ends for good and is begun there again.
        context.Properties!.IsPersistent = false;
        context.Properties.AllowRefresh = false;
        context.Properties.ExpiresUtc = until;
        context.Principal = person;
        Count("accepted");
        var (log, role) = (LogOf(context.HttpContext), actor.Role.Name());
        Log.SignedIn(log, actor.Name, role);
        return Task.CompletedTask;
    }

    /// <summary>An address of ours as people and the provider know it.</summary>
    private static string Outside(OpenIdOptions options, string address) =>
        options.PublicAddress.Length > 0 ? new Uri(new Uri(options.PublicAddress), new Uri(address).PathAndQuery).ToString() : address;

    private static void Count(string result) => Metrics.SignIns.Add(1, new KeyValuePair<string, object?>("result", result));

    private static ILogger LogOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Detector.Web.Security.OpenId");
}
