// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Evaluation;

/// <summary>Windows that would open a case: of those of a site that are flagged, the first, and the next one a year or more after it; the others join.</summary>
internal sealed class OpenedCases
{
    private const double OneCaseDays = 365; // as the budget of training counts (docs/decisions/0014)

    private readonly HashSet<JudgedWindow> _opening = new(ReferenceEqualityComparer.Instance);

    /// <summary>Goes through the flagged windows of each site in order of time.</summary>
    public OpenedCases(IEnumerable<JudgedWindow> flagged)
    {
        foreach (var site in flagged.GroupBy(w => w.Site, StringComparer.Ordinal))
        {
            _opening.UnionWith(Of(site.OrderBy(w => w.Start), w => w.Start));
        }
    }

    /// <summary>Of what would be a case of one site, in order of time, what opens one.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> inOrder, Func<T, DateTimeOffset> at)
    {
        DateTimeOffset? opened = null;
        foreach (var item in inOrder)
        {
            if (opened is null || (at(item) - opened.Value).TotalDays >= OneCaseDays)
            {
                opened = at(item);
                yield return item;
            }
        }
    }

    /// <summary>Whether the window opens a case.</summary>
    public bool Has(JudgedWindow window) => _opening.Contains(window);
}
