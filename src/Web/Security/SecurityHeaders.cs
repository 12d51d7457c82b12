// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Detector.Web.Security;

/// <summary>Headers that keep the browser from doing what the console never asks for.</summary>
/// <remarks>
/// Scripts come from this host only; the one inline script (the import map) carries a nonce. Bars and
/// scales say their length in a style attribute, so inline styles are allowed. The page of the API documentation brings its own inline script and is exempt.
/// </remarks>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Path of the API documentation.</summary>
    internal const string DocsPath = "/api/docs";

    private static readonly object NonceKey = new();

    /// <summary>The nonce of this request's inline script; null outside of it.</summary>
    internal static string? Nonce(HttpContext? context) => context?.Items[NonceKey] as string;

    /// <summary>Adds the headers and passes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceKey] = nonce;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(DocsPath, StringComparison.Ordinal)
            ? "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'"
            : $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
        return next(context);
    }
}
