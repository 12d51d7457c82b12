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

/// <summary>Can be asked for the readings in quarantine.</summary>
public interface IQuarantine
{
    /// <summary>Readings in quarantine with an id over <paramref name="after"/>, oldest first.</summary>
    IReadOnlyList<QuarantinedReading> List(long after, int limit);
}
