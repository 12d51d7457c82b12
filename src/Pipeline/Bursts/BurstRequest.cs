// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>One request for a burst, as kept in the book.</summary>
/// <param name="Meter">The meter asked.</param>
/// <param name="Asked">When, UTC.</param>
/// <param name="Seconds">How long a burst was asked for, in seconds.</param>
/// <param name="Hertz">How many readings a second.</param>
/// <param name="Verdict">The verdict that gave rise to it; <c>none</c> where a person did.</param>
/// <param name="Outcome"><c>asked</c> until it is known, then <c>sent</c> or <c>failed</c>.</param>
/// <param name="By">The person who asked; <see cref="ByVerdict"/> where a verdict did.</param>
public sealed record BurstRequest(MeterId Meter, DateTimeOffset Asked, int Seconds, double Hertz, string Verdict, string Outcome, string By = BurstRequest.ByVerdict)
{
    /// <summary>Who asks where no person does: the name under which the program itself acts.</summary>
    public const string ByVerdict = "detector";

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(120); // a meter's clock, and the way of the command

    /// <summary>By when the readings must have been taken, UTC.</summary>
    public DateTimeOffset Due => Asked + TimeSpan.FromSeconds(Seconds) + Slack;
}
