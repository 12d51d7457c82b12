// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>A person at the provider.</summary>
internal sealed record ProviderPerson(string Subject, string Name, params string[] Roles);

/// <summary>A real OpenID Connect provider (OpenIddict) on a free port of loopback, at which whoever is set is signed in already.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "detector-console";
    public const string Secret = "the-secret-of-the-console";
    public const string Audience = "detector-api";

    private readonly RSA _rsa = RSA.Create(2048);
    private WebApplication _app = null!;

    /// <summary>Who is signed in at the provider; null where the person breaks off.</summary>
    public ProviderPerson? Person { get; set; }

    public string Authority { get; private set; } = string.Empty;

    /// <summary>How often a token was asked for with the right secret and a proof of the code.</summary>
    public int Redeemed { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        var provider = new TestProvider();
        await provider.RunAsync();
        return provider;
    }

    /// <summary>An access token as this provider signs it, but for what is named.</summary>
    public string Token(ProviderPerson person, string? audience = Audience, TimeSpan? life = null, string? issuer = null, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var ends = now + (life ?? TimeSpan.FromMinutes(5));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority,
            Audience = audience,
            Expires = ends,
            NotBefore = ends - TimeSpan.FromHours(3),
            IssuedAt = ends - TimeSpan.FromHours(3),
            TokenType = "at+jwt",
            Claims = new Dictionary<string, object> { ["sub"] = person.Subject, ["roles"] = person.Roles },
            SigningCredentials = new SigningCredentials(key ?? Key, algorithm),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private RsaSecurityKey Key => new(_rsa) { KeyId = "k1" };

    private async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode(); // the protocol without a database: what is asked is checked below
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(Scopes.Profile);
            server.AddSigningKey(Key).AddEphemeralEncryptionKey().DisableAccessTokenEncryption();
            server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(CheckClient));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(CheckSecret));
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
        });
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapGet("authorize", Authorize);
        _app.MapGet("end", () =>
        {
            Person = null;
            return Results.SignOut(null, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        });
        await _app.StartAsync();
        Authority = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

        // On a busy machine its first answers take longer than a service waits for one.
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(3) };
        using var document = await client.GetAsync(new Uri(Authority + ".well-known/openid-configuration"));
        using var keys = await client.GetAsync(new Uri(Authority + ".well-known/jwks"));
    }

    private static ValueTask CheckClient(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/sign-in/openid/callback", StringComparison.Ordinal) != true || context.Request.CodeChallengeMethod != CodeChallengeMethods.Sha256)
        {
            context.Reject(Errors.InvalidClient, "Another client, another address, or no proof key.");
        }

        return default;
    }

    private ValueTask CheckSecret(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.ClientSecret != Secret)
        {
            context.Reject(Errors.InvalidClient, "The secret is wrong.");
        }
        else
        {
            Redeemed++;
        }

        return default;
    }

    private IResult Authorize(HttpContext context)
    {
        if (Person is not { } person)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.Name, person.Name);
        identity.SetClaims("roles", [.. person.Roles]);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes()).SetResources(Audience);
        return Results.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
