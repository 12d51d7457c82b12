// SPDX-License-Identifier: Apache-2.0
using System.Text.Encodings.Web;
using Detector.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Detector.Web.Security;

/// <summary>Reads <c>Authorization: Bearer TOKEN</c> and asks the store who it is; refusals are problem details.</summary>
internal sealed class BearerTokens(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessStore store,
    IProblemDetailsService problems) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    internal const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = header[Prefix.Length..].Trim();
        var actor = await store.AuthenticateAsync(token, Context.RequestAborted);
        return actor is null
            ? AuthenticateResult.Fail("The token is unknown, expired or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(Principals.Of(actor, token, SchemeName), SchemeName));
    }

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"detector\"";
        Metrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "unauthenticated"));
        await RefuseAsync(StatusCodes.Status401Unauthorized, "Unauthorized", "Send a token as 'Authorization: Bearer TOKEN'. Make one with: detector tokens create NAME.");
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Metrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "forbidden"));
        return RefuseAsync(StatusCodes.Status403Forbidden, "Forbidden", "Your role does not allow this.");
    }

    private async Task RefuseAsync(int status, string title, string detail)
    {
        Response.StatusCode = status;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails = { Status = status, Title = title, Detail = detail },
        });
    }
}
