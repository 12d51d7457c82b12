// SPDX-License-Identifier: Apache-2.0
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Detector.Web.Security.OpenId;

/// <summary>Access tokens of the identity provider at the API: JWTs (RFC 9068) beside tokens of our own.</summary>
internal static class AccessTokens
{
    /// <summary>Name of the scheme.</summary>
    internal const string SchemeName = "OpenIdToken";

    private const string Prefix = "Bearer ";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1); // clocks of servers that are kept; the library's five minutes let a token live on for as long

    /// <summary>Whether a header carries such a token: three parts with dots between, which one of our own never has.</summary>
    internal static bool IsOne(string authorization) =>
        authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && authorization.AsSpan(Prefix.Length).Count('.') == 2;

    internal static void Add(AuthenticationBuilder authentication, OpenIdOptions options) => authentication.AddJwtBearer(SchemeName, jwt =>
    {
        jwt.Authority = options.Authority;
        jwt.Audience = options.Audience;
        jwt.RequireHttpsMetadata = !options.IsOnLoopback;
        jwt.BackchannelTimeout = OpenIdSignIn.AnswerWithin;
        jwt.MapInboundClaims = false;
        jwt.TokenValidationParameters.ClockSkew = ClockSkew;
        jwt.TokenValidationParameters.ValidAlgorithms = OpenIdSignIn.Algorithms;
        jwt.Events = new JwtBearerEvents
        {
            OnTokenValidated = Accept,
            OnChallenge = RefuseAsync,
            OnForbidden = context => Refusals.ForbiddenAsync(context.HttpContext, Principals.ActorOf(context.HttpContext.User) is null
                ? "No role is mapped to you here: an administrator maps one of your roles or groups in Http:OpenId:Grants."
                : "Your role does not allow this."),
        };
    });

    private static Task Accept(TokenValidatedContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<OpenIdPeople>();
        context.Principal = people.PrincipalOf(context.Principal!, context.SecurityToken.Issuer, context.SecurityToken.ValidTo, SchemeName);
        if (context.Principal is null)
        {
            context.Fail("The token does not say who it is for.");
        }

        return Task.CompletedTask;
    }

    private static Task RefuseAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return Refusals.UnauthorizedAsync(context.HttpContext, context.AuthenticateFailure switch
        {
            SecurityTokenExpiredException => "The access token has expired: get another from the identity provider.",
            SecurityTokenInvalidAudienceException => "The access token is for another audience: ask the identity provider for one for this API.",
            AuthenticationFailureException fault => fault.Message,
            _ => "The access token is not one that the identity provider signed for this API; or the provider cannot be reached now.",
        });
    }
}
