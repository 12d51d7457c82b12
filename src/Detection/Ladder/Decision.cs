// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>Which evidence carries a verdict.</summary>
internal enum Carrier
{
    /// <summary>None: the load is cleared.</summary>
    None = 1,

    /// <summary>The load as a whole looks like pure mining.</summary>
    Pure = 2,

    /// <summary>What was added at a change looks like mining.</summary>
    Added = 3,

    /// <summary>The load as a whole looks like mining under an honest load.</summary>
    Mixed = 4,

    /// <summary>The load is not what its site was declared to be.</summary>
    Declared = 5,
}

/// <summary>A verdict, what carries it, where on the ladder it stands and what would decide it.</summary>
internal sealed record Decision(Verdict Verdict, Carrier Carrier, double Standing, IReadOnlyList<MissingEvidence> Missing)
{
    /// <summary>Whether it stands on the mean of a year's windows instead of the last one alone.</summary>
    public bool ByYear { get; init; }
}
