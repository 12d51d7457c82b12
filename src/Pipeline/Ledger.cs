// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline;

/// <summary>The account of readings: what arrived and what became of it, at one moment.</summary>
/// <remarks>
/// A message that is journalled but not yet decoded counts as one pending reading, because nobody knows yet how many it
/// holds; an undecodable message counts as one for good.
/// </remarks>
/// <param name="Received">Readings that arrived, pending ones included.</param>
/// <param name="Stored">Readings that are in the timeline.</param>
/// <param name="Duplicate">Readings whose meter, time and values were stored before by another arrival.</param>
/// <param name="Quarantined">Readings that decoded but must not be judged; kept with the reason.</param>
/// <param name="DeadLettered">Messages that did not decode; kept with the reason.</param>
/// <param name="Pending">Journalled messages that the relay has not settled yet.</param>
public sealed record LedgerSnapshot(long Received, long Stored, long Duplicate, long Quarantined, long DeadLettered, long Pending)
{
    /// <summary>Whether received equals the sum of the others; anything else is a fault of this program.</summary>
    public bool Balances => Received == Stored + Duplicate + Quarantined + DeadLettered + Pending;
}

/// <summary>Can be asked for the account at any moment.</summary>
public interface ILedger
{
    /// <summary>The account now.</summary>
    LedgerSnapshot Snapshot();
}

/// <summary>The settled part of the account, as it is committed with the relay's position.</summary>
/// <remarks><see cref="Received"/> is counted when messages are decoded, the others when readings are settled: two countings of the same things.</remarks>
internal readonly record struct SettledCounts(long Received, long Stored, long Duplicate, long Quarantined, long DeadLettered)
{
    public bool Balances => Received == Stored + Duplicate + Quarantined + DeadLettered;

    public static SettledCounts operator +(SettledCounts a, SettledCounts b) => new(
        a.Received + b.Received,
        a.Stored + b.Stored,
        a.Duplicate + b.Duplicate,
        a.Quarantined + b.Quarantined,
        a.DeadLettered + b.DeadLettered);

    public LedgerSnapshot WithPending(long pending) => new(Received + pending, Stored, Duplicate, Quarantined, DeadLettered, pending);
}
