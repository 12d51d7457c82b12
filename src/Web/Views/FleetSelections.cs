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

/// <summary>Names that the fleet can be narrowed to, in the order of the page's language.</summary>
internal sealed record FleetPlaces(IReadOnlyList<string> Regions, IReadOnlyList<string> Owners, IReadOnlyList<string> Feeders);

/// <summary>Selections that pages share: two hundred open pages of one list under one query filter and sort it once, and gather what their choices offer once.</summary>
/// <remarks>What was made of a list is gone with it. Safe for use from several threads.</remarks>
internal sealed class FleetSelections
{
    private const int MostKept = 32; // of one list: each is a reference a site, under a megabyte for 100,000
    private const int MostChoices = 500; // a longer list is found by typing

    private readonly ConditionalWeakTable<IReadOnlyList<SiteSummary>, ConcurrentDictionary<(FleetQuery, string), Lazy<FleetSelection>>> _kept = [];
    private readonly ConditionalWeakTable<IReadOnlyList<SiteSummary>, ConcurrentDictionary<(string?, string), Lazy<FleetPlaces>>> _places = [];
    private readonly ConcurrentDictionary<string, NameOrder> _orders = new(StringComparer.Ordinal);

    /// <summary>The selection; the same object while the list is the same object.</summary>
    internal FleetSelection Of(IReadOnlyList<SiteSummary> sites, FleetQuery query)
    {
        // Ranking 100,000 names takes a third of a second: begun with the first page, so that whoever then orders by name does not wait for it.
        _ = Order.PrepareAsync(sites);
        return Shared(_kept, sites, query, () => FleetSelection.Of(sites, query, Order));
    }

    /// <summary>What may be chosen from: all regions and owners, and the feeders of a region, or all where it is null.</summary>
    internal FleetPlaces PlacesOf(IReadOnlyList<SiteSummary> sites, string? region) => Shared(_places, sites, region, () => new FleetPlaces(
        Names(sites, s => s.Region), Names(sites, s => s.Owner), Names(sites, s => region is null || s.Region == region ? s.Feeder : null)));

    private static T Shared<TKey, T>(ConditionalWeakTable<IReadOnlyList<SiteSummary>, ConcurrentDictionary<(TKey, string), Lazy<T>>> kept, IReadOnlyList<SiteSummary> sites, TKey key, Func<T> make)
    {
        var made = kept.GetOrCreateValue(sites);
        if (made.Count >= MostKept)
        {
            made.Clear(); // whoever looks makes theirs again
        }

        return made.GetOrAdd((key, CultureInfo.CurrentCulture.Name), _ => new Lazy<T>(make)).Value;
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<SiteSummary> sites, Func<SiteSummary, string?> of) =>
        [.. sites.Select(of).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture).Take(MostChoices)];

    private NameOrder Order => _orders.GetOrAdd(CultureInfo.CurrentCulture.Name, _ => new NameOrder(CultureInfo.CurrentCulture.CompareInfo));
}
