// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>Sites by number: for resampling them, and for holding them out.</summary>
internal static class SiteIndex
{
    /// <summary>A number for each site, from 0, in ordinal order of their names.</summary>
    public static Dictionary<string, int> Of(IEnumerable<string> sites) => Numbered(Distinct(sites), i => i);

    /// <summary>The fold with which each site is held out; the same for the same sites and seed.</summary>
    public static Dictionary<string, int> Folds(IEnumerable<string> sites, int folds, int seed)
    {
        var shuffled = Distinct(sites);
        new Random(seed).Shuffle(shuffled);
        return Numbered(shuffled, i => i % folds);
    }

    private static string[] Distinct(IEnumerable<string> sites) => [.. sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Dictionary<string, int> Numbered(string[] sites, Func<int, int> number) =>
        sites.Index().ToDictionary(p => p.Item, p => number(p.Index), StringComparer.Ordinal);
}
