// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>Bursts as people ask for them.</summary>
public interface IBursts
{
    /// <summary>What a person may choose and what holds by default.</summary>
    BurstRequestOptions Options { get; }

    /// <summary>How things stand with a meter: what was asked last, what came, and whether one may ask now.</summary>
    Task<BurstStanding> StandingAsync(MeterId meter, CancellationToken cancel);

    /// <summary>Asks a meter for a burst now, within the limits that hold for verdicts too.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="seconds">How long, 60 to 3,600 s.</param>
    /// <param name="hertz">Readings a second, 0.1 to 10.</param>
    /// <param name="by">Who asks, for the book.</param>
    /// <param name="cancel">Gives up waiting for the broker; the request stays in the book.</param>
    Task<BurstAnswer> AskAsync(MeterId meter, int seconds, double hertz, string by, CancellationToken cancel);
}

/// <summary>How things stand with bursts of a meter.</summary>
/// <param name="Latest">The latest request; null where there was none.</param>
/// <param name="State"><c>none</c>, <c>asked</c> (on its way to the broker), <c>waiting</c>, <c>arrived</c>, <c>silent</c> (nothing came in time) or <c>failed</c> (the broker did not take it).</param>
/// <param name="Readings">How many readings lie in the time of the latest request.</param>
/// <param name="Refusal">Why one may not ask now: <c>off</c>, <c>calculated</c>, <c>away</c>, <c>left_alone</c> or <c>hour_full</c>; null where one may.</param>
/// <param name="From">From when on one may ask again, UTC; null where time alone does not help.</param>
public sealed record BurstStanding(BurstRequest? Latest, string State, int Readings, string? Refusal, DateTimeOffset? From);

/// <summary>What became of a request.</summary>
/// <param name="Outcome"><c>sent</c>, <c>failed</c>, or the refusal as in <see cref="BurstStanding.Refusal"/>.</param>
/// <param name="From">From when on one may ask again, UTC; null where that is not said.</param>
/// <param name="Why">What the broker said where it failed; null otherwise.</param>
public sealed record BurstAnswer(string Outcome, DateTimeOffset? From = null, string? Why = null);
