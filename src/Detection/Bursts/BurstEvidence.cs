// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Bursts;

/// <summary>What readings of seconds say about being hashing.</summary>
public sealed record BurstEvidence
{
    /// <summary>Log likelihood ratio of hashing against honest load, natural logarithm, the mean over the windows.</summary>
    public required double LogOdds { get; init; }

    /// <summary>Probability of hashing under the model's prior, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>Share of held-out honest windows at least as suspicious, the strictest set's; 0 to 1, small is suspicious.</summary>
    public required double PValue { get; init; }

    /// <summary>Whether it looks like hashing beyond the threshold of a watch.</summary>
    public required bool IsHashing { get; init; }

    /// <summary>Whether it does not look like hashing at all.</summary>
    public required bool IsAgainst { get; init; }

    /// <summary>The evidence in words.</summary>
    public required Reason Reason { get; init; }

    /// <summary>How much was judged, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Windows judged.</summary>
    public required int Windows { get; init; }
}
