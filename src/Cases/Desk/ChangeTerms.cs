// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Desk;

/// <summary>What a caller asks of a change besides the change: to be made once, and only of the case that the caller saw.</summary>
public sealed record ChangeTerms
{
    /// <summary>The caller's key of the request; null where every request counts.</summary>
    public OnceKey? Once { get; init; }

    /// <summary>Versions of the case (<see cref="CaseDetail.Version"/>) of which the change may be made; null where any will do.</summary>
    public IReadOnlyList<string>? Versions { get; init; }
}

/// <summary>A request that counts once, however often it comes.</summary>
/// <param name="Key">The caller's own name of it, unique for that person.</param>
/// <param name="Part">Which change of the request, from 0 on: one request may move many cases.</param>
/// <param name="RequestSha256">SHA-256 over everything that was asked, hexadecimal: another request under the same key is refused.</param>
/// <param name="Answer">Writes the answer to a change that was made, to be kept with it and given again.</param>
public sealed record OnceKey(string Key, int Part, string RequestSha256, Func<MoveResult, string> Answer);

/// <summary>An answer as it was first given.</summary>
/// <param name="Actor">The person.</param>
/// <param name="Key">Their key.</param>
/// <param name="Part">Which change of the request.</param>
/// <param name="RequestSha256">What was asked.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">In words.</param>
/// <param name="TextZh">In Chinese.</param>
/// <param name="Version">Version of the case then; null where there was none.</param>
/// <param name="Answer">The whole answer; null for a refusal, whose words are enough.</param>
/// <param name="At">When, UTC.</param>
internal sealed record KeptAnswer(
    string Actor, string Key, int Part, string RequestSha256, MoveOutcome Outcome, string Text, string TextZh, string? Version, string? Answer, DateTimeOffset At);
