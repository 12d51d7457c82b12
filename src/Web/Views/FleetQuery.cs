// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>What of the fleet a person asked for, as it stands in the address: every part may be absent.</summary>
/// <param name="Verdict">A name of <see cref="Attention.Filters"/>.</param>
/// <param name="Search">Text that the site, a meter, its owner or its place contains.</param>
/// <param name="Use">Declared use by name.</param>
/// <param name="Region">Region, exactly.</param>
/// <param name="Feeder">Feeder, exactly.</param>
/// <param name="Owner">Owner, exactly.</param>
/// <param name="Missing">Code of what a judgement lacks.</param>
/// <param name="Sort">A name of <see cref="Sorts"/>; attention where absent.</param>
internal sealed record FleetQuery(
    string? Verdict = null,
    string? Search = null,
    string? Use = null,
    string? Region = null,
    string? Feeder = null,
    string? Owner = null,
    string? Missing = null,
    string? Sort = null)
{
    /// <summary>The orders a list may have; each has the direction in which people look first.</summary>
    internal static IReadOnlyList<string> Sorts { get; } = ["attention", "name", "probability", "contracted", "coverage", "judged"];

    /// <summary>Whether anything but the verdict narrows the list.</summary>
    internal bool Narrows => !string.IsNullOrWhiteSpace(Search) || Use is not null || Region is not null || Feeder is not null || Owner is not null || Missing is not null;

    /// <summary>What is wrong with it, and what would be right; null where nothing is.</summary>
    internal string? Fault() =>
        Verdict is not null && !Attention.Filters.Contains(Verdict, StringComparer.Ordinal) ? $"verdict must be one of {string.Join(", ", Attention.Filters)}."
        : Use is not null && !DeclaredUseNames.All.Contains(Use, StringComparer.Ordinal) ? $"use must be one of {string.Join(", ", DeclaredUseNames.All)}."
        : Sort is not null && !Sorts.Contains(Sort, StringComparer.Ordinal) ? $"sort must be one of {string.Join(", ", Sorts)}."
        : null;

    /// <summary>The sites that match everything but the verdict: what the counts beside the verdicts count.</summary>
    internal IReadOnlyList<SiteSummary> Narrow(IReadOnlyList<SiteSummary> sites) => Narrows ? [.. sites.Where(Matches)] : sites;

    /// <summary>Of sites those of the verdict.</summary>
    internal IReadOnlyList<SiteSummary> OfVerdict(IReadOnlyList<SiteSummary> sites) => Verdict is null ? sites : [.. sites.Where(s => Attention.FilterOf(s) == Verdict)];

    /// <summary>Sites in the order asked for; as they are where none is.</summary>
    internal IReadOnlyList<SiteSummary> Order(IReadOnlyList<SiteSummary> sites, NameOrder names) => Sort switch
    {
        "name" => names.Order(sites),
        "probability" => [.. sites.OrderByDescending(s => s.Probability ?? -1)],
        "contracted" => [.. sites.OrderByDescending(s => s.ContractedKw ?? -1)],
        "coverage" => [.. sites.OrderBy(s => s.Coverage ?? 2)],
        "judged" => [.. sites.OrderByDescending(s => s.Judged ?? DateTimeOffset.MinValue)],
        _ => sites,
    };

    /// <summary>The sites of each region, feeder, owner or declared use, most cases first.</summary>
    internal static IReadOnlyList<FleetGroup> Group(IReadOnlyList<SiteSummary> sites, string by) =>
        [.. sites.GroupBy(s => KeyOf(s, by), StringComparer.Ordinal)
            .Select(g => FleetGroup.Of(g.Key, g))
            .OrderByDescending(g => g.Count("case")).ThenByDescending(g => g.Count("watch")).ThenByDescending(g => g.Sites).ThenBy(g => g.Key, StringComparer.Ordinal)];

    /// <summary>By what a fleet may be grouped.</summary>
    internal static IReadOnlyList<string> Groups { get; } = ["region", "feeder", "owner", "use"];

    private static string? KeyOf(SiteSummary site, string by) => by switch
    {
        "region" => site.Region,
        "feeder" => site.Feeder,
        "owner" => site.Owner,
        _ => site.DeclaredUse.Name(),
    };

    private bool Matches(SiteSummary site) =>
        (Use is null || site.DeclaredUse.Name() == Use)
        && (Region is null || site.Region == Region)
        && (Feeder is null || site.Feeder == Feeder)
        && (Owner is null || site.Owner == Owner)
        && (Missing is null || site.Missing.Any(m => m.Code == Missing))
        && Contains(site, Search?.Trim());

    private static bool Contains(SiteSummary site, string? text) =>
        string.IsNullOrEmpty(text)
        || Has(site.Site, text) || Has(site.Name, text) || Has(site.Owner, text) || Has(site.Region, text) || Has(site.Feeder, text) || site.Meters.Any(m => Has(m, text));

    private static bool Has(string? field, string text) => field?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>Sites that have something in common.</summary>
/// <param name="Key">What it is; null for the sites that name nothing.</param>
/// <param name="Sites">How many.</param>
/// <param name="ContractedKw">Their contracted capacity together, as far as it is known.</param>
/// <param name="ByVerdict">How many of each name of <see cref="Attention.Filters"/>.</param>
public sealed record FleetGroup(string? Key, int Sites, double ContractedKw, IReadOnlyDictionary<string, int> ByVerdict)
{
    /// <summary>How many have this verdict.</summary>
    internal int Count(string verdict) => ByVerdict.GetValueOrDefault(verdict);

    internal static FleetGroup Of(string? key, IEnumerable<SiteSummary> sites)
    {
        var (count, contracted, verdicts) = (0, 0.0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var site in sites)
        {
            count++;
            contracted += site.ContractedKw ?? 0;
            var verdict = Attention.FilterOf(site);
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }

        return new FleetGroup(key, count, contracted, verdicts);
    }
}
