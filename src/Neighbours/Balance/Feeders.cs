// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>Which meters measure the sum of others, by the register's <c>parent_meter</c>; one that was a sub-meter once is one for that time.</summary>
public sealed class Feeders
{
    /// <summary>What a parent's name gets to become that of its virtual meter.</summary>
    public const string Suffix = "~residual";

    private readonly Dictionary<MeterId, MeterId[]> _children;
    private readonly SiteRegistry _registry;

    /// <summary>The feeders of a register. A meter that names itself as parent has none.</summary>
    public Feeders(SiteRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
        _children = registry.Rows
            .Where(m => m.ParentMeter is { } parent && parent != m.Meter)
            .GroupBy(m => m.ParentMeter!.Value)
            .ToDictionary(g => g.Key, g => g.Select(m => m.Meter).Distinct().OrderBy(m => m.Value, StringComparer.Ordinal).ToArray());
        Members = _children.Keys.Concat(_children.Values.SelectMany(c => c)).ToHashSet();
        Parents = [.. _children.Keys.Where(p => !registry.TryGet(ResidualOf(p), out _)).OrderBy(p => p.Value, StringComparer.Ordinal)];
    }

    /// <summary>Parents whose balance is drawn up, by name; one whose virtual meter's name is taken by a real meter is not.</summary>
    public IReadOnlyList<MeterId> Parents { get; }

    /// <summary>Every meter that is in some balance: their hours are worth keeping.</summary>
    public IReadOnlySet<MeterId> Members { get; }

    /// <summary>The sub-meters that are or were directly behind a meter, by name.</summary>
    public bool TryChildren(MeterId parent, [NotNullWhen(true)] out IReadOnlyList<MeterId>? children)
    {
        children = _children.GetValueOrDefault(parent);
        return children is not null;
    }

    /// <summary>Name of the virtual meter of a parent: its own with <see cref="Suffix"/>, shortened by a digest where too long.</summary>
    public static MeterId ResidualOf(MeterId parent)
    {
        var name = parent.Value + Suffix;
        return MeterId.Of(name.Length <= MeterId.MaxLength
            ? name
            : parent.Value[..(MeterId.MaxLength - Suffix.Length - 9)] + "~" + Numbers.Digest(parent.Value) + Suffix);
    }

    /// <summary>The registration of a virtual meter: the parent's site, feeder, owner, region and zone; nothing declared or contracted.</summary>
    public MeterRegistration RegistrationOf(MeterId parent)
    {
        var row = _registry.Of(parent);
        return row with
        {
            Meter = ResidualOf(parent),
            Name = row.Name + " (unmetered remainder)",
            DeclaredUse = DeclaredUse.Unknown,
            ContractedKilowatts = null,
            ParentMeter = parent,
        };
    }

    /// <summary>Whether a meter was behind another in an hour, from its first moment on.</summary>
    internal bool IsBehind(MeterId parent, MeterId meter, long hour)
    {
        var rows = _registry.RowsOf(meter);
        if (rows is [{ ValidFrom: null, ValidTo: null }])
        {
            return true; // it is among the children, and nothing else ever held of it
        }

        var at = new DateTimeOffset(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return rows.Any(row => row.ParentMeter == parent && row.Valid.Contains(at));
    }

    /// <summary>When a meter was put into service, in hours; the beginning of time where unknown.</summary>
    internal long CommissionedHour(MeterId meter) => (_registry.Of(meter).Commissioned?.UtcTicks ?? 0) / TimeSpan.TicksPerHour;
}
