// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline;

/// <summary>A message that did not decode, kept whole.</summary>
/// <param name="Id">Number of the letter, growing.</param>
/// <param name="Position">Journal position of the message.</param>
/// <param name="ArrivedAt">When it arrived, UTC.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes, unchanged.</param>
/// <param name="Reason">Why it did not decode, in words, with the remedy.</param>
/// <param name="Kind">The same as a code.</param>
/// <param name="AtByte">Offset of the fault in the payload.</param>
/// <param name="State"><c>open</c>, <c>requested</c> (a replay was asked for) or <c>replayed</c>.</param>
public sealed record DeadLetter(
    long Id,
    long Position,
    DateTimeOffset ArrivedAt,
    string Topic,
    byte[] Payload,
    string Reason,
    string Kind,
    int AtByte,
    string State);

/// <summary>What a replay brought back.</summary>
/// <param name="Replayed">Letters that decode now.</param>
/// <param name="StillDead">Letters that still do not.</param>
/// <param name="Readings">Readings that came out of the replayed letters.</param>
public sealed record ReplayOutcome(int Replayed, int StillDead, int Readings);

/// <summary>The dead letters: listed, shown, replayed.</summary>
public interface IDeadLetters
{
    /// <summary>Open letters with an id over <paramref name="after"/>, oldest first.</summary>
    IReadOnlyList<DeadLetter> List(long after, int limit);

    /// <summary>One letter, open or replayed; null where there is none.</summary>
    DeadLetter? Get(long id);

    /// <summary>Decodes letters again with today's codecs and mappings; null means all open ones.</summary>
    Task<ReplayOutcome> ReplayAsync(IReadOnlyCollection<long>? ids, CancellationToken cancel);
}
