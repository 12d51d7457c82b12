// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Detector.Cases;
using Detector.Cases.Desk;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Detector.Web.Api;

/// <summary>Marks a call that changes cases: it takes <c>Idempotency-Key</c> and <c>If-Match</c>.</summary>
internal sealed class ChangesCases
{
    /// <summary>The mark.</summary>
    internal static ChangesCases Mark { get; } = new();
}

/// <summary>Reads the terms of a change from its headers and holds the call to them.</summary>
/// <remarks>Before the call itself, because the key is bound to the bytes of the body and the call sees only what they mean.</remarks>
internal sealed class ChangeCalls(RequestDelegate next, CaseDesk desk, IOptions<JsonOptions> json)
{
    /// <summary>Name of the header with the caller's key.</summary>
    internal const string KeyHeader = "Idempotency-Key";

    /// <summary>Longest key, in characters.</summary>
    internal const int LongestKey = 128;

    /// <summary>Runs the call.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ChangesCases>() is null)
        {
            await next(context);
            return;
        }

        var versions = Versions(context.Request.Headers.IfMatch);
        var keys = context.Request.Headers[KeyHeader];
        var key = keys is [{ } only] ? only.Trim() : null;
        if (keys.Count > 0 && !(key is { Length: > 0 and <= LongestKey } && key.All(c => c is > ' ' and <= '~')))
        {
            await Problems.BadRequest($"{KeyHeader} must be one text of 1 to {LongestKey} visible ASCII characters, such as a UUID.").ExecuteAsync(context);
            return;
        }

        var once = key is null ? null : new OnceKey(key, 0, await HashAsync(context.Request), result => JsonSerializer.Serialize(View(context, result), json.Value.SerializerOptions));
        using (desk.Under(new ChangeTerms { Once = once, Versions = versions }))
        {
            context.Items[typeof(OnceKey)] = once;
            await next(context);
        }
    }

    /// <summary>The key of a request; null where it has none.</summary>
    internal static OnceKey? KeyOf(HttpContext context) => context.Items[typeof(OnceKey)] as OnceKey;

    /// <summary>The entity tags of a header without their quotes; null where there are none or any will do.</summary>
    /// <remarks>A weak tag matches nothing in <c>If-Match</c> (RFC 9110, 13.1.1), so a list of such is an empty one.</remarks>
    internal static IReadOnlyList<string>? Versions(Microsoft.Extensions.Primitives.StringValues header)
    {
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags))
        {
            return header.Count == 0 ? null : [];
        }

        return tags.Any(t => t.Tag == "*") ? null : [.. tags.Where(t => !t.IsWeak).Select(t => t.Tag.Value!.Trim('"'))];
    }

    private static CaseView View(HttpContext context, MoveResult result) => CaseView.Of(result, Principals.ActorOf(context.User));

    private static async Task<string> HashAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>The answer to a change: the case as it is now with its <c>ETag</c>, the answer of the first time, or a problem.</summary>
internal static class ChangeAnswers
{
    /// <summary>Marks a call as one that changes cases, and says what it answers.</summary>
    internal static RouteHandlerBuilder ChangesCase(this RouteHandlerBuilder call) => call
        .WithMetadata(ChangesCases.Mark)
        .Produces<CaseView>()
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>The status of an outcome.</summary>
    internal static int StatusOf(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.Moved or MoveOutcome.Proposed or MoveOutcome.Recorded => StatusCodes.Status200OK,
        MoveOutcome.NotFound => StatusCodes.Status404NotFound,
        MoveOutcome.Forbidden => StatusCodes.Status403Forbidden,
        MoveOutcome.Conflict => StatusCodes.Status409Conflict,
        MoveOutcome.NotLegal or MoveOutcome.KeyReused => StatusCodes.Status422UnprocessableEntity,
        MoveOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
        MoveOutcome.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
        MoveOutcome.OtherVersion => StatusCodes.Status412PreconditionFailed,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>The answer to a person.</summary>
    internal static IResult Of(MoveResult result, Detector.Access.Actor actor) => StatusOf(result.Outcome) switch
    {
        StatusCodes.Status200OK => new CaseAnswer(result, actor),
        StatusCodes.Status404NotFound => Problems.NotFound(result.Text),
        StatusCodes.Status403Forbidden => Problems.Forbidden(result.Text),
        StatusCodes.Status409Conflict => Problems.Conflict(result.Text),
        StatusCodes.Status412PreconditionFailed => Problems.OtherVersion(result.Text),
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(result.Text),
        StatusCodes.Status415UnsupportedMediaType => Problems.UnsupportedType(result.Text),
        StatusCodes.Status422UnprocessableEntity => Problems.Unprocessable(result.Text),
        _ => Problems.BadRequest(result.Text),
    };

    /// <summary>Says which version of a case an answer shows, for this caller.</summary>
    internal static void Tag(HttpResponse response, string version)
    {
        response.Headers.ETag = $"\"{version}\"";
        response.Headers.Append(HeaderNames.Vary, "Authorization, Cookie"); // which moves are the caller's own
        response.Headers.CacheControl = "private, no-cache";
    }

    private sealed class CaseAnswer(MoveResult result, Detector.Access.Actor actor) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (result.Repeated is { Version: var version, Text: { } text })
            {
                Tag(httpContext.Response, version!);
                return TypedResults.Text(text, "application/json", Encoding.UTF8).ExecuteAsync(httpContext);
            }

            Tag(httpContext.Response, result.Case!.Version);
            return TypedResults.Ok(CaseView.Of(result, actor)).ExecuteAsync(httpContext);
        }
    }
}
