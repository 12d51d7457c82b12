// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>A reading that decoded but must not be judged, kept whole.</summary>
/// <param name="Id">Number, growing; zero before it is stored.</param>
/// <param name="Position">Journal position of its message.</param>
/// <param name="Index">Its place in the message.</param>
/// <param name="Reading">The reading.</param>
/// <param name="Rule">The rule that holds it back.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record QuarantinedReading(long Id, long Position, int Index, Reading Reading, string Rule, string Reason);

/// <summary>Which readings in quarantine are meant: all where nothing is named, else those that fit everything named.</summary>
/// <param name="Ids">Their numbers.</param>
/// <param name="Rule">The rule that holds them back.</param>
/// <param name="Meter">Their meter.</param>
public sealed record QuarantineChoice(IReadOnlyCollection<long>? Ids = null, string? Rule = null, MeterId? Meter = null)
{
    /// <summary>All of them.</summary>
    public static QuarantineChoice All { get; } = new();
}

/// <summary>What a release came to, in readings.</summary>
/// <param name="Released">Those that pass now: stored, or known to be stored already.</param>
/// <param name="StillHeld">Those that are still held back, by the rule and for the reason that they have now.</param>
public sealed record ReleaseOutcome(long Released, long StillHeld);

/// <summary>The readings in quarantine: listed, and let go where nothing holds them back any more.</summary>
public interface IQuarantine
{
    /// <summary>Readings in quarantine with an id over <paramref name="after"/>, oldest first.</summary>
    IReadOnlyList<QuarantinedReading> List(long after, int limit);

    /// <summary>Judges readings again by the rules, the register and the clock as they are now, and stores what passes.</summary>
    /// <remarks>Nobody can let a reading past a rule that still holds: the rule's setting is what is changed. Raw values are never changed.</remarks>
    /// <param name="choice">Which.</param>
    /// <param name="by">Who asked; kept with the reading.</param>
    /// <param name="cancel">Gives up; what was asked for is done at the next start.</param>
    Task<ReleaseOutcome> ReleaseAsync(QuarantineChoice choice, string by, CancellationToken cancel);
}
