// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>Neighbours of one pass over many meters: hours of those in a balance, events of those that share a feeder, owner or region.</summary>
/// <remarks>
/// Meters are shown to it in any order and from any thread; what it says afterwards does not depend on the order. A meter
/// that is alone costs nothing; one in a balance 9 KB, any other at most 2 KB.
/// </remarks>
public sealed class NeighbourRun
{
    private readonly SiteRegistry _registry;
    private readonly NeighbourOptions _options;
    private readonly DateTimeOffset? _asOf;
    private readonly Feeders _feeders;
    private readonly NeighbourBook _book;
    private readonly HashSet<string> _shared;
    private readonly ConcurrentDictionary<MeterId, MeterHours> _hours = new();

    /// <summary>A run over a register.</summary>
    /// <param name="registry">Who shares what with whom.</param>
    /// <param name="options">What counts as evidence.</param>
    /// <param name="asOf">The moment judged at; each meter's last reading where null.</param>
    public NeighbourRun(SiteRegistry registry, NeighbourOptions options, DateTimeOffset? asOf)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        _registry = registry;
        _options = options;
        _asOf = asOf;
        _feeders = new Feeders(registry);
        _book = new NeighbourBook(options);
        _shared = registry.Meters.SelectMany(Keys).GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Shows it a meter that was judged.</summary>
    public void Observe(LoadSeries series, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(series);
        var row = _registry.Of(series.Meter);
        if (_feeders.Members.Contains(series.Meter))
        {
            _hours[series.Meter] = MeterHours.Of(series, _options.WindowDays, _asOf);
        }

        // A meter that measures the sum of others moves with them by its nature.
        if (!_feeders.TryChildren(series.Meter, out _) && Keys(row).Any(_shared.Contains))
        {
            _book.Put(TraceFinder.Of(series, row, _asOf, _options), finding);
        }
    }

    /// <summary>A finding with what neighbours say, once all meters were shown.</summary>
    public Finding Apply(Finding finding) => _book.Apply(finding);

    /// <summary>The virtual meters of all feeders whose parent was shown, by the parent's name; each to be judged and completed.</summary>
    public IEnumerable<VirtualMeter> VirtualMeters() => _feeders.Parents
        .Where(_hours.ContainsKey)
        .Select(parent => VirtualMeter.Of(_feeders, _hours[parent], m => _hours.GetValueOrDefault(m), _options));

    private static IEnumerable<string> Keys(MeterRegistration row) =>
        new[] { ("feeder ", row.Feeder), ("owner ", row.Owner), ("region ", row.Region) }.Where(k => !string.IsNullOrEmpty(k.Item2)).Select(k => k.Item1 + k.Item2);
}
