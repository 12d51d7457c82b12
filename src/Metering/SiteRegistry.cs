// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace Detector.Metering;

/// <summary>Meters and sites as registered. Immutable: a changed register is a new one, swapped in whole.</summary>
/// <remarks>
/// A meter has a row for each time in which something else held of it. Questions without a moment are answered as of
/// <see cref="Moment"/>; a register without one answers by the newest row of each meter.
/// </remarks>
public sealed class SiteRegistry
{
    private readonly Dictionary<MeterId, MeterRegistration[]> _rows;
    private readonly Dictionary<MeterId, MeterRegistration> _standing;
    private readonly ILookup<string, MeterRegistration> _bySite;
    private readonly ILookup<string, MeterRegistration> _rowsBySite;
    private readonly bool _dated;

    /// <summary>A register of these rows. Of rows of a meter that hold at the same time the last counts.</summary>
    public SiteRegistry(IEnumerable<MeterRegistration> rows)
    {
        _rows = ByMeter(rows);
        _dated = _rows.Values.Any(own => own is not [{ ValidFrom: null, ValidTo: null }]);
        _rowsBySite = Rows.ToLookup(r => r.Site, StringComparer.Ordinal);
        _standing = _rows.ToDictionary(own => own.Key, own => own.Value[^1]);
        _bySite = _standing.Values.ToLookup(r => r.Site, StringComparer.Ordinal);
    }

    private SiteRegistry(SiteRegistry all, DateTimeOffset moment)
    {
        (_rows, _dated, _rowsBySite, Moment) = (all._rows, all._dated, all._rowsBySite, moment);
        _standing = Rows.Where(row => row.Valid.Contains(moment)).ToDictionary(row => row.Meter);
        _bySite = _standing.Values.ToLookup(r => r.Site, StringComparer.Ordinal);
    }

    /// <summary>A register that knows no meter.</summary>
    public static SiteRegistry Empty { get; } = new([]);

    /// <summary>The moment that it speaks of; null for the newest rows, whenever they hold.</summary>
    public DateTimeOffset? Moment { get; }

    /// <summary>Every row, of all times; those of a meter stand together, oldest first.</summary>
    public IEnumerable<MeterRegistration> Rows => _rows.Values.SelectMany(own => own);

    /// <summary>The meters in service at <see cref="Moment"/>, a row each.</summary>
    public IReadOnlyCollection<MeterRegistration> Meters => _standing.Values;

    /// <summary>The same register as of a moment; itself where no row of it ever begins or ends to hold.</summary>
    public SiteRegistry At(DateTimeOffset moment) => _dated ? new SiteRegistry(this, moment) : this;

    /// <summary>When a row begins or ends to hold next; null where none will.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset after) => _rows.Values
        .SelectMany(own => own)
        .SelectMany(row => new[] { row.ValidFrom, row.ValidTo })
        .Where(change => change > after)
        .Min();

    /// <summary>The registration of a meter; of one that is out of service, its last. One that says that it is unregistered where it has none.</summary>
    public MeterRegistration Of(MeterId meter) => TryGet(meter, out var row) ? row : MeterRegistration.Unregistered(meter);

    /// <summary>The registration of a meter at a moment; of one that was out of service then, its last before. Where there was none yet one that says that it is unregistered, and until when.</summary>
    public MeterRegistration Of(MeterId meter, DateTimeOffset at) =>
        LastOf(meter, at) ?? MeterRegistration.Unregistered(meter) with { ValidTo = RowsOf(meter) is [var first, ..] ? first.ValidFrom : null };

    /// <summary>The newest registration of a meter at a site; where it never was there, what it is now.</summary>
    public MeterRegistration Of(MeterId meter, string site) => RowsOf(meter).LastOrDefault(row => row.Site == site) ?? Of(meter);

    /// <summary>Whether the meter is registered or was, and as what.</summary>
    public bool TryGet(MeterId meter, [NotNullWhen(true)] out MeterRegistration? row)
    {
        row = _standing.GetValueOrDefault(meter) ?? (Moment is { } at ? LastOf(meter, at) : null);
        return row is not null;
    }

    /// <summary>Every row of a meter, oldest first; empty where it is not registered.</summary>
    public IReadOnlyList<MeterRegistration> RowsOf(MeterId meter) => _rows.GetValueOrDefault(meter) ?? [];

    /// <summary>The meters of a site; of one that has none any more, those that it had. Empty where the site is unknown.</summary>
    public IEnumerable<MeterRegistration> MetersOf(string site) => _bySite.Contains(site) ? _bySite[site] : _rowsBySite[site].Reverse().DistinctBy(r => r.Meter);

    /// <summary>Every row of a site, of all times.</summary>
    public IEnumerable<MeterRegistration> RowsOf(string site) => _rowsBySite[site];

    /// <summary>The time around a row in which its meter was at the same site without a break: rows that follow one another there are one installation.</summary>
    internal TimeRange InstalledWhile(MeterRegistration row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (rows, valid) = (RowsOf(row.Meter), row.Valid);
        foreach (var before in rows.Reverse().Where(r => r.Site == row.Site))
        {
            valid = before.ValidTo == valid.From ? valid with { From = before.Valid.From } : valid;
        }

        foreach (var after in rows.Where(r => r.Site == row.Site))
        {
            valid = after.ValidFrom == valid.To ? valid with { To = after.Valid.To } : valid;
        }

        return valid;
    }

    /// <summary>What holds of a meter at a moment, and the time around it in which the meter was at that site: only what it measured then may be judged by it.</summary>
    public (MeterRegistration Row, TimeRange Valid) InstallationOf(MeterId meter, DateTimeOffset at)
    {
        var row = Of(meter, at);
        return (row, InstalledWhile(row));
    }

    /// <summary>The installations of a meter before the one at a moment, back to the one of an earlier moment, newest first; each with what held of the meter when it left.</summary>
    public IEnumerable<(MeterRegistration Row, TimeRange Valid)> InstallationsBefore(MeterId meter, DateTimeOffset at, DateTimeOffset backTo)
    {
        for (var came = InstallationOf(meter, at).Valid.From; came > backTo;)
        {
            var before = InstallationOf(meter, came.AddTicks(-1));
            if (before.Valid.To > backTo)
            {
                yield return before; // otherwise the earlier moment lies between two installations
            }

            came = before.Valid.From;
        }
    }

    /// <summary>From when until when a meter was at a site, first to last; all time where it is not registered there.</summary>
    public TimeRange InstalledAt(MeterId meter, string site)
    {
        MeterRegistration[] there = [.. RowsOf(meter).Where(row => row.Site == site)];
        return there.Length > 0 ? new TimeRange(there[0].Valid.From, there[^1].Valid.To) : TimeRange.All;
    }

    /// <summary>The meters whose energy together is the site's, each with its time: while no other meter of the site includes them; where the site is not registered <paramref name="otherwise"/>, until they were registered elsewhere.</summary>
    public IReadOnlyCollection<MeterInstallation> OuterMetersOf(string site, IReadOnlyCollection<MeterId> otherwise) => !_rowsBySite.Contains(site)
        ? [.. otherwise.Select(meter => new MeterInstallation(meter, RowsOf(meter) is [{ ValidFrom: { } from }, ..] ? TimeRange.All with { To = from } : TimeRange.All))]
        : [.. _rowsBySite[site]
            .SelectMany(row => Without(row.Valid, IncludedWhile(row)).Select(valid => new MeterInstallation(row.Meter, valid)))
            .OrderBy(i => i.Meter.Value, StringComparer.Ordinal)
            .ThenBy(i => i.Valid.From)];

    private static Dictionary<MeterId, MeterRegistration[]> ByMeter(IEnumerable<MeterRegistration> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var byMeter = new Dictionary<MeterId, MeterRegistration[]>();
        foreach (var row in rows)
        {
            byMeter[row.Meter] = byMeter.TryGetValue(row.Meter, out var before)
                ? [.. before.Where(r => !r.Valid.Overlaps(row.Valid)).Append(row).OrderBy(r => r.Valid.From)]
                : [row];
        }

        return byMeter;
    }

    private MeterRegistration? LastOf(MeterId meter, DateTimeOffset at) =>
        _rows.TryGetValue(meter, out var own) ? Array.FindLast(own, row => row.Valid.From <= at) : null;

    // Times in which the meter upstream was at the same site.
    private IEnumerable<TimeRange> IncludedWhile(MeterRegistration row) => row.ParentMeter is { } parent && parent != row.Meter
        ? RowsOf(parent).Where(above => above.Site == row.Site).Select(above => above.Valid)
        : [];

    private static IEnumerable<TimeRange> Without(TimeRange range, IEnumerable<TimeRange> taken)
    {
        foreach (var part in taken.Where(range.Overlaps).OrderBy(t => t.From))
        {
            if (part.From > range.From)
            {
                yield return range with { To = part.From };
            }

            range = range with { From = part.To };
            if (range.From >= range.To)
            {
                yield break;
            }
        }

        yield return range;
    }
}
