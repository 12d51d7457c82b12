// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>One request for a burst, as kept in the book.</summary>
/// <param name="Meter">The meter asked.</param>
/// <param name="Asked">When, UTC.</param>
/// <param name="Seconds">How long a burst was asked for, in seconds.</param>
/// <param name="Hertz">How many readings a second.</param>
/// <param name="Verdict">The verdict that gave rise to it.</param>
/// <param name="Outcome"><c>asked</c> until it is known, then <c>sent</c> or <c>failed</c>.</param>
public sealed record BurstRequest(MeterId Meter, DateTimeOffset Asked, int Seconds, double Hertz, string Verdict, string Outcome);
