// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Web.Views;

/// <summary>The order of names in a language, kept as a rank a name: comparing by a language's rules takes a hundred times as long as comparing ranks.</summary>
/// <remarks>Names not seen before are ranked when they come. Safe for use from several threads.</remarks>
internal sealed class NameOrder(CompareInfo language)
{
    private static readonly Comparer<SortKey> ByKey = Comparer<SortKey>.Create(SortKey.Compare);

    private volatile Dictionary<string, int> _ranks = new(StringComparer.Ordinal);
    private int _prepared;

    /// <summary>Begins to rank names that will be asked for, beside whoever asks for something else; once.</summary>
    /// <returns>Ends when they are ranked.</returns>
    internal Task PrepareAsync(IReadOnlyList<SiteSummary> sites) => Interlocked.Exchange(ref _prepared, 1) == 0 ? Task.Run(() => RanksOf(sites)) : Task.CompletedTask;

    /// <summary>The sites by name; those of one name stay in the order they were in.</summary>
    internal IReadOnlyList<SiteSummary> Order(IReadOnlyList<SiteSummary> sites)
    {
        var ranks = RanksOf(sites);
        return [.. sites.OrderBy(s => ranks[s.Name])];
    }

    private Dictionary<string, int> RanksOf(IReadOnlyList<SiteSummary> sites)
    {
        var ranks = _ranks;
        if (!sites.All(s => ranks.ContainsKey(s.Name)))
        {
            _ranks = ranks = Rank(sites.Select(s => s.Name)); // a list holds every name there is, or all that a person may see
        }

        return ranks;
    }

    // Equal by the language but not by letters: by letters, so that the order is always the same.
    private Dictionary<string, int> Rank(IEnumerable<string> names) => names.Union(_ranks.Keys, StringComparer.Ordinal)
        .OrderBy(language.GetSortKey, ByKey).ThenBy(name => name, StringComparer.Ordinal)
        .Select((name, rank) => (name, rank)).ToDictionary(n => n.name, n => n.rank, StringComparer.Ordinal);
}
