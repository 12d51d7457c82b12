// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Detector.Web.Views;

/// <summary>What a page of the fleet shows of a list under a query.</summary>
/// <param name="Narrowed">The sites that match everything but the verdict.</param>
/// <param name="Counts">How many of those each name of <see cref="Attention.Filters"/> has.</param>
/// <param name="Shown">The sites that match everything, in the order asked for.</param>
/// <param name="Lacks">What judgements of this verdict lack and how many sites lack it, most first; empty where the verdict is none that lacks anything.</param>
internal sealed record FleetSelection(
    IReadOnlyList<SiteSummary> Narrowed, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<SiteSummary> Shown, IReadOnlyList<(string Code, int Count)> Lacks)
{
    /// <summary>Selects from a list of sites.</summary>
    internal static FleetSelection Of(IReadOnlyList<SiteSummary> sites, FleetQuery query, NameOrder names)
    {
        var narrowed = query.Narrow(sites);
        var shown = query.Order(query.OfVerdict(narrowed), names);
        var lacking = query.Verdict is "insufficient" or "watch" ? query.OfVerdict(query.Missing is null ? narrowed : (query with { Missing = null }).Narrow(sites)) : [];
        var lacks = lacking.SelectMany(s => s.Missing.Select(m => m.Code).Distinct()).CountBy(code => code).Select(c => (c.Key, c.Value)).OrderByDescending(c => c.Value);
        return new FleetSelection(narrowed, FleetGroup.Of(null, narrowed).ByVerdict, shown, [.. lacks]);
    }
}

/// <summary>Selections that pages share: two hundred open pages of one list under one query filter and sort it once.</summary>
/// <remarks>A selection is gone with the list it was made of. Safe for use from several threads.</remarks>
internal sealed class FleetSelections
{
    private const int MostKept = 32; // of one list: each is a reference a site, under a megabyte for 100,000

    private readonly ConditionalWeakTable<IReadOnlyList<SiteSummary>, ConcurrentDictionary<(FleetQuery, string), Lazy<FleetSelection>>> _kept = [];
    private readonly ConcurrentDictionary<string, NameOrder> _names = new(StringComparer.Ordinal);

    /// <summary>The selection; the same object while the list is the same object.</summary>
    internal FleetSelection Of(IReadOnlyList<SiteSummary> sites, FleetQuery query)
    {
        var selections = _kept.GetOrCreateValue(sites);
        if (selections.Count >= MostKept)
        {
            selections.Clear(); // whoever looks makes theirs again
        }

        return selections.GetOrAdd((query, CultureInfo.CurrentCulture.Name), _ => new Lazy<FleetSelection>(() => FleetSelection.Of(sites, query, Names))).Value;
    }

    private NameOrder Names => _names.GetOrAdd(CultureInfo.CurrentCulture.Name, _ => new NameOrder(CultureInfo.CurrentCulture.CompareInfo));
}
