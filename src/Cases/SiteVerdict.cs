// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases;

/// <summary>An entry of the history of verdicts.</summary>
/// <param name="Sequence">Place in the audit chain; grows.</param>
/// <param name="Site">The site.</param>
/// <param name="Recorded">When, UTC.</param>
/// <param name="Previous">The meter's verdict before, of a site that it had left already its verdict there; null for its first.</param>
/// <param name="Finding">What detection said.</param>
public sealed record SiteVerdict(long Sequence, string Site, DateTimeOffset Recorded, Verdict? Previous, Finding Finding);

/// <summary>Which sites' latest verdicts to list, by site.</summary>
public sealed record VerdictFilter
{
    /// <summary>Most rows a page may have.</summary>
    public const int MostRows = 10_000;

    /// <summary>Only sites with this verdict.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Only this site.</summary>
    public string? Site { get; init; }

    /// <summary>The page after the one that ended with this site.</summary>
    public string? After { get; init; }

    /// <summary>Rows of a page, 1 to <see cref="MostRows"/>.</summary>
    public int Limit { get; init; } = 1000;
}
