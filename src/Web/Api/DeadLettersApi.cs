// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Pipeline;
using Detector.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Api;

/// <summary><c>/dead-letters</c>: what could not be decoded, and its return.</summary>
internal static class DeadLettersApi
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const int MaxIds = 5000; // fits the bounded request body

    /// <summary>Maps the calls.</summary>
    internal static void Map(RouteGroupBuilder api)
    {
        api = api.MapGroup(string.Empty).WithMetadata(OfEveryRegion.Traffic);
        api.MapGet("/dead-letters", List)
            .WithName("ListDeadLetters")
            .WithTags("Dead letters")
            .WithSummary("Messages that did not decode")
            .WithDescription("In order of arrival. `after` is the last `id` of the page before; `limit` is 1 to 1000, 100 by default. `bytes` is the payload's length, `payload_base64` the payload itself, `payload_text` the same as text where it is UTF-8.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        api.MapGet("/dead-letters/{id:long}", Get)
            .WithName("GetDeadLetter")
            .WithTags("Dead letters")
            .WithSummary("One message that did not decode")
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/dead-letters/replay", ReplayAsync)
            .RequireAuthorization(Policies.Operate)
            .WithName("ReplayDeadLetters")
            .WithTags("Dead letters")
            .WithSummary("Decode again with today's codecs and mappings")
            .WithDescription("An empty body, or `ids` left out, replays all. What decodes now is stored and counted; what does not stays, with its reason.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Results<Ok<DeadLetterView[]>, ProblemHttpResult> List(IDeadLetters letters, long after = 0, int limit = DefaultLimit) =>
        Pages.Refusal(after, limit, MaxLimit) is { } refusal
            ? refusal
            : TypedResults.Ok(letters.List(after, limit).Select(DeadLetterView.Of).ToArray());

    private static Results<Ok<DeadLetterView>, ProblemHttpResult> Get(long id, IDeadLetters letters) =>
        letters.Get(id) is { } letter ? TypedResults.Ok(DeadLetterView.Of(letter)) : Problems.NotFound($"There is no dead letter {id}.");

    private static async Task<Results<Ok<ReplayView>, ProblemHttpResult>> ReplayAsync(ReplayRequest? request, IDeadLetters letters, CancellationToken cancel)
    {
        if (request?.Ids is { Count: > MaxIds })
        {
            return Problems.BadRequest($"At most {MaxIds} ids at once; leave ids out to replay all.");
        }

        var outcome = await letters.ReplayAsync(request?.Ids, cancel);
        return TypedResults.Ok(new ReplayView(outcome.Replayed, outcome.StillDead, outcome.Readings));
    }
}

/// <summary>Which letters to replay; all where left out.</summary>
internal sealed record ReplayRequest(IReadOnlyList<long>? Ids);

/// <summary>What a replay did: letters replayed, letters still dead, readings that came out.</summary>
internal sealed record ReplayView(int Replayed, int StillDead, int Readings);

/// <summary>A message that did not decode.</summary>
internal sealed record DeadLetterView(
    long Id,
    long Position,
    DateTimeOffset Time,
    string Topic,
    string Reason,
    string Kind,
    int AtByte,
    string State,
    int Bytes,
    string PayloadBase64,
    string? PayloadText)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static DeadLetterView Of(DeadLetter letter) => new(
        letter.Id,
        letter.Position,
        letter.ArrivedAt,
        letter.Topic,
        letter.Reason,
        letter.Kind,
        letter.AtByte,
        letter.State,
        letter.Payload.Length,
        Convert.ToBase64String(letter.Payload),
        Text(letter.Payload));

    /// <summary>The payload as text, or null where it is not UTF-8 or holds control characters.</summary>
    internal static string? Text(byte[] payload)
    {
        try
        {
            var text = Strict.GetString(payload);
            return text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The beginning of a payload for people, at most so many characters: text where it is text, else hexadecimal.</summary>
    internal static string Excerpt(byte[] payload, int most)
    {
        var text = Text(payload) ?? "0x" + Convert.ToHexStringLower(payload.AsSpan(0, Math.Min(payload.Length, most / 2)));
        return text.Length > most ? text[..most] + "…" : text;
    }
}
