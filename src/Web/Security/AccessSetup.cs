// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Web.Security.OpenId;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Detector.Web.Security;

/// <summary>Who may do what: bearer tokens for programs, a session cookie for the console, one set of policies over both.</summary>
internal static class AccessSetup
{
    private const string Either = "detector";

    /// <summary>Path of the page where a person signs in.</summary>
    internal const string SignInPath = "/sign-in";

    internal static void Add(IServiceCollection services, WebOptions options)
    {
        services.AddHttpContextAccessor();
        var takesAccessTokens = options.OpenId.IsSet && options.OpenId.Audience.Length > 0;
        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = context => Choose(context, takesAccessTokens))
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null)
            .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, cookie => Configure(cookie, options));
        if (options.OpenId.IsSet)
        {
            OpenIdSignIn.Add(authentication, options);
        }

        if (takesAccessTokens)
        {
            AccessTokens.Add(authentication, options.OpenId);
        }

        services.AddSingleton(s => new OpenIdPeople(options.OpenId, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Sessions>();
        services.AddTransient<EventSight>();
        services.AddSingleton<IAuthorizationHandler, ReadAccessHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.AddRequirements(new ReadAccess()))
            .AddPolicy(Policies.Operate, policy => policy.AddRequirements(new ReadAccess(NeedsRole: true)).RequireRole(Role.Operator.Name(), Role.Admin.Name()))
            .AddPolicy(Policies.SignedIn, policy => policy.AddRequirements(new ReadAccess(NeedsRole: true)))
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().AddRequirements(new ReadAccess()).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new ReadAccess()).Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "detector.forgery";
            forgery.Cookie.SameSite = SameSiteMode.Lax;
            forgery.SuppressXFrameOptionsHeader = true; // SecurityHeaders says DENY
        });

        var keys = services.AddDataProtection().SetApplicationName("detector");
        if (options.KeysFolder is { } folder)
        {
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(folder));
        }
    }

    /// <summary>A token counts where one is sent; pages are sent to the sign-in page, programs get 401.</summary>
    private static string Choose(HttpContext context, bool takesAccessTokens) =>
        takesAccessTokens && AccessTokens.IsOne(context.Request.Headers.Authorization.ToString()) ? AccessTokens.SchemeName
        : context.Request.Headers.ContainsKey("Authorization") || (IsForPrograms(context.Request.Path) && !context.Request.Cookies.ContainsKey(SessionCookie))
            ? BearerTokens.SchemeName
            : CookieAuthenticationDefaults.AuthenticationScheme;

    private const string SessionCookie = "detector.session";

    /// <summary>Whether a path is of the API and its like, not a page.</summary>
    internal static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/health", StringComparison.Ordinal)
        || path.StartsWithSegments("/metrics", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal)
        || path.StartsWithSegments("/_blazor", StringComparison.Ordinal);

    private static void Configure(CookieAuthenticationOptions cookie, WebOptions options)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = options.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInPath;
        cookie.AccessDeniedPath = "/denied";
        cookie.ReturnUrlParameter = "return";
        cookie.Events.OnValidatePrincipal = ValidateAsync;
        cookie.Events.OnRedirectToLogin = context => RedirectOrRefuseAsync(context, StatusCodes.Status401Unauthorized, "Sign in again: the session is over.");
        cookie.Events.OnRedirectToAccessDenied = context => RedirectOrRefuseAsync(context, StatusCodes.Status403Forbidden, "Your role does not allow this.");
    }

    /// <summary>A session lives no longer than what it was proved by.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var actor = await sessions.VerifyAsync(context.Principal!, context.HttpContext.RequestAborted);
        if (actor is null || actor != Principals.ActorOf(context.Principal!))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }

    private static async Task RedirectOrRefuseAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string detail)
    {
        if (!IsForPrograms(context.Request.Path))
        {
            context.Response.Redirect(context.RedirectUri);
            return;
        }

        context.Response.StatusCode = status;
        await context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context.HttpContext,
            ProblemDetails = { Status = status, Detail = detail },
        });
    }
}
