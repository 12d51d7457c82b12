// SPDX-License-Identifier: Apache-2.0
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Detector.Web.Security.OpenId;

/// <summary>What a look at the identity provider found.</summary>
/// <param name="Fault">What to mend; null where all is well.</param>
/// <param name="Reached">Whether it answered at all.</param>
public sealed record OpenIdLook(string? Fault, bool Reached);

/// <summary>Reads what the identity provider says of itself (OpenID Connect Discovery 1.0), to check it before anybody signs in.</summary>
public static class OpenIdDiscovery
{
    /// <summary>Looks at the provider that the options name.</summary>
    /// <param name="options">With an authority.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<OpenIdLook> LookAsync(OpenIdOptions options, CancellationToken cancel)
    {
        var address = $"{options.Authority.TrimEnd('/')}/.well-known/openid-configuration";
        using var client = new HttpClient { Timeout = OpenIdSignIn.AnswerWithin };
        OpenIdConnectConfiguration found;
        try
        {
            found = await OpenIdConnectConfigurationRetriever.GetAsync(address, new HttpDocumentRetriever(client) { RequireHttps = !options.IsOnLoopback }, cancel);
        }
        catch (Exception away) when (away is IOException or InvalidOperationException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new OpenIdLook($"{address} cannot be read. Check Http:OpenId:Authority and that this machine reaches it.", false);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or System.Text.Json.JsonException)
        {
            return new OpenIdLook($"{address} is no discovery document. Check Http:OpenId:Authority.", true);
        }

        return new OpenIdLook(FaultOf(options, found), true);
    }

    private static string? FaultOf(OpenIdOptions options, OpenIdConnectConfiguration found)
    {
        if (found.Issuer?.TrimEnd('/') != options.Authority.TrimEnd('/'))
        {
            return $"it calls itself '{found.Issuer}'. Set Http:OpenId:Authority to that.";
        }

        var absent = new[] { ("authorization_endpoint", found.AuthorizationEndpoint), ("token_endpoint", found.TokenEndpoint), ("jwks_uri", found.JwksUri) }.Where(e => string.IsNullOrEmpty(e.Item2)).Select(e => e.Item1).ToList();
        return absent.Count > 0 ? $"its discovery document lacks {string.Join(", ", absent)}: it cannot sign people in by authorization code."
            : found.SigningKeys.Count == 0 ? "it publishes no signing key, so no token of it can be checked."
            : found.CodeChallengeMethodsSupported.Count > 0 && !found.CodeChallengeMethodsSupported.Contains("S256") ? "it does not support PKCE with S256."
            : null;
    }
}
