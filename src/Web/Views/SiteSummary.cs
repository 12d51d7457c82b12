// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>A site as a list shows it: what it says it is, and what the readings say.</summary>
/// <remarks>The figures are those of the meter that is most suspicious now; all of them are null before the first judgement.</remarks>
public sealed record SiteSummary
{
    /// <summary>The site's id.</summary>
    public required string Site { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the sites file knows it.</summary>
    public required bool Registered { get; init; }

    /// <summary>What it declared itself to be.</summary>
    public required DeclaredUse DeclaredUse { get; init; }

    /// <summary>Contracted capacity of its meters together in kW; null where none is known.</summary>
    public double? ContractedKw { get; init; }

    /// <summary>Region of the grid operator.</summary>
    public string? Region { get; init; }

    /// <summary>Feeder that supplies it.</summary>
    public string? Feeder { get; init; }

    /// <summary>Enterprise that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>IANA time zone.</summary>
    public required string Timezone { get; init; }

    /// <summary>Its meters, in ordinal order.</summary>
    public required IReadOnlyList<string> Meters { get; init; }

    /// <summary>The verdict; null before the first judgement.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Calibrated probability of mining, 0 to 1.</summary>
    public double? Probability { get; init; }

    /// <summary>Conformal p-value against honest sites.</summary>
    public double? PValue { get; init; }

    /// <summary>Mining's share of the load.</summary>
    public ShareInterval? Share { get; init; }

    /// <summary>When it began.</summary>
    public OnsetInterval? Onset { get; init; }

    /// <summary>Share of due readings that are present and usable, 0 to 1.</summary>
    public double? Coverage { get; init; }

    /// <summary>What a judgement lacks.</summary>
    public IReadOnlyList<MissingEvidence> Missing { get; init; } = [];

    /// <summary>When it was judged last, UTC.</summary>
    public DateTimeOffset? Judged { get; init; }

    /// <summary>Id of its open case; null where there is none.</summary>
    public string? Case { get; init; }

    /// <summary>Name and version of the model.</summary>
    public string? Model { get; init; }
}

/// <summary>A site with everything known of it.</summary>
public sealed record SiteDetail
{
    /// <summary>What the list shows.</summary>
    public required SiteSummary Summary { get; init; }

    /// <summary>Rows of the sites file; one unregistered row a meter that is not in it.</summary>
    public required IReadOnlyList<MeterRegistration> Registry { get; init; }

    /// <summary>The latest finding of each meter, most suspicious first.</summary>
    public required IReadOnlyList<Finding> Evidence { get; init; }

    /// <summary>Verdicts over time, newest first.</summary>
    public required IReadOnlyList<VerdictEntry> History { get; init; }
}

/// <summary>One entry of the history of verdicts.</summary>
public sealed record VerdictEntry(
    DateTimeOffset Recorded,
    MeterId Meter,
    Verdict Verdict,
    Verdict? Previous,
    double? Probability,
    TimeRange Window,
    double Coverage,
    string Model);
