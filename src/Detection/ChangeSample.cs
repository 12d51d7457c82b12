// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection;

/// <summary>One labelled candidate of a change.</summary>
public sealed record ChangeSample
{
    /// <summary>Features of what was added.</summary>
    public required float[] Values { get; init; }

    /// <summary>Whether mining was added there; otherwise nothing but honest load was.</summary>
    public bool IsMining { get; init; }

    /// <summary>Whether honest load was put there: it trains, but says nothing of how rare a score is.</summary>
    public bool IsMade { get; init; }

    /// <summary>Whether the honest load put there is simulated: the trees learn it, the stumps do not (docs/decisions/0032).</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Whether thirteen months before it were known; otherwise the window alone was.</summary>
    public bool WithHistory { get; init; }

    /// <summary>Level of the added load while it runs, kW: small ones never make a case and set no threshold of one.</summary>
    public double LevelKilowatts { get; init; }

    /// <summary>Mining over the load after, 0 to 1; 0 for honest.</summary>
    public double Share { get; init; }

    /// <summary>Style of mining; null for honest.</summary>
    public string? Style { get; init; }

    /// <summary>The set it comes from; thresholds are judged by source.</summary>
    public required string Source { get; init; }

    /// <summary>Its site; never on both sides of a split.</summary>
    public required string Site { get; init; }

    /// <summary>The stretch of 91 days in which the change lies: it counts once, by its highest candidate over all looks.</summary>
    public required string Window { get; init; }

    /// <summary>What the intervals of onset and share are fitted on; null for honest samples.</summary>
    public OnsetTrial? Trial { get; init; }

    /// <summary>The meter and the end of the look that put it forward, of honest samples; to judge there as the product would.</summary>
    public (MeterId Meter, DateTimeOffset End)? LookedAt { get; init; }

    /// <summary>Which look at that window; 0 is the last.</summary>
    public int Look { get; init; }
}
