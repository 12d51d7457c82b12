// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>What a new register changes.</summary>
/// <param name="Added">Meters that were not registered.</param>
/// <param name="Removed">Meters that are registered no more.</param>
/// <param name="Moved">Meters that get to be, or to have been, at another site.</param>
/// <param name="Changed">Meters of which anything else differs.</param>
/// <param name="Meters">The first of them, by name.</param>
public sealed record RegisterChange(int Added, int Removed, int Moved, int Changed, IReadOnlyList<MeterChange> Meters)
{
    /// <summary>Most meters that are named.</summary>
    public const int MostNamed = 100;

    /// <summary>The change from one register to another.</summary>
    public static RegisterChange Of(SiteRegistry before, SiteRegistry after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var meters = before.Rows.Concat(after.Rows).Select(row => row.Meter).Distinct();
        MeterChange[] changes = [.. meters.Select(meter => MeterChange.Of(meter, before, after)).OfType<MeterChange>()];
        int Count(string kind) => changes.Count(c => c.Change == kind);
        return new RegisterChange(
            Count(MeterChange.Added), Count(MeterChange.Removed), Count(MeterChange.Moved), Count(MeterChange.Changed),
            [.. changes.OrderBy(c => c.Meter.Value, StringComparer.Ordinal).Take(MostNamed)]);
    }
}

/// <summary>What a new register changes of a meter.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Change"><c>added</c>, <c>removed</c>, <c>moved</c> or <c>changed</c>.</param>
/// <param name="Before">Its sites so far, oldest first.</param>
/// <param name="After">Its sites from then on, oldest first.</param>
public sealed record MeterChange(MeterId Meter, string Change, IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    internal const string Added = "added";
    internal const string Removed = "removed";
    internal const string Moved = "moved";
    internal const string Changed = "changed";

    internal static MeterChange? Of(MeterId meter, SiteRegistry before, SiteRegistry after)
    {
        var (old, now) = (before.RowsOf(meter), after.RowsOf(meter));
        if (old.SequenceEqual(now))
        {
            return null;
        }

        string[] from = [.. old.Select(row => row.Site).Distinct()];
        string[] to = [.. now.Select(row => row.Site).Distinct()];
        var change = old.Count == 0 ? Added : now.Count == 0 ? Removed : from.SequenceEqual(to) ? Changed : Moved;
        return new MeterChange(meter, change, from, to);
    }
}
