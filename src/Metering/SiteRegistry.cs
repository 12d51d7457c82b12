// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace Detector.Metering;

/// <summary>Meters and sites as registered. Immutable: a changed register is a new one, swapped in whole.</summary>
public sealed class SiteRegistry
{
    private readonly Dictionary<MeterId, MeterRegistration> _byMeter;
    private readonly ILookup<string, MeterRegistration> _bySite;

    /// <summary>A register of these rows; the last row of a meter wins.</summary>
    public SiteRegistry(IEnumerable<MeterRegistration> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _byMeter = [];
        foreach (var row in rows)
        {
            _byMeter[row.Meter] = row;
        }

        _bySite = _byMeter.Values.ToLookup(r => r.Site, StringComparer.Ordinal);
    }

    /// <summary>A register that knows no meter.</summary>
    public static SiteRegistry Empty { get; } = new([]);

    /// <summary>Every registered meter.</summary>
    public IReadOnlyCollection<MeterRegistration> Meters => _byMeter.Values;

    /// <summary>The registration of a meter, or one that says it is unregistered.</summary>
    public MeterRegistration Of(MeterId meter) => _byMeter.TryGetValue(meter, out var row) ? row : MeterRegistration.Unregistered(meter);

    /// <summary>Whether the meter is registered, and as what.</summary>
    public bool TryGet(MeterId meter, [NotNullWhen(true)] out MeterRegistration? row) => _byMeter.TryGetValue(meter, out row);

    /// <summary>The meters of a site; empty where the site is unknown.</summary>
    public IEnumerable<MeterRegistration> MetersOf(string site) => _bySite[site];

    /// <summary>The meters whose energy together is the site's: those that no other meter of the site includes; <paramref name="otherwise"/> where the site is not registered.</summary>
    public IReadOnlyCollection<MeterId> OuterMetersOf(string site, IReadOnlyCollection<MeterId> otherwise)
    {
        var own = _bySite[site].Select(m => m.Meter).ToHashSet();
        return own.Count == 0 ? otherwise : [.. _bySite[site].Where(m => m.ParentMeter is not { } parent || !own.Contains(parent)).Select(m => m.Meter).OrderBy(m => m.Value, StringComparer.Ordinal)];
    }
}
