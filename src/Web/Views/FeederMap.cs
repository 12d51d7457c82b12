// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Web.Views;

/// <summary>A feeder or a region as it is wired: each head meter with what hangs on it, and what is left over.</summary>
/// <param name="Trunks">Head meters, greatest load first; meters without a head come last, as a trunk of their own.</param>
/// <param name="Window">The day whose mean loads are shown; null where no meter has readings.</param>
/// <param name="Meters">Registered meters, heads included.</param>
/// <param name="Unread">Meters beyond the bound, whose load was not read.</param>
internal sealed record FeederMap(IReadOnlyList<FeederTrunk> Trunks, TimeRange? Window, int Meters, int Unread)
{
    /// <summary>Most meters whose load is read for one map.</summary>
    internal const int MostRead = 2000;

    /// <summary>Draws up the map of these meters.</summary>
    /// <param name="rows">Their registrations.</param>
    /// <param name="loads">Mean load of each in kW; missing where unknown.</param>
    /// <param name="verdicts">Each site as the fleet shows it.</param>
    /// <param name="findings">The latest findings of the heads' sites: of the head and of what is left over.</param>
    /// <param name="window">The day of the loads.</param>
    internal static FeederMap Of(
        IReadOnlyCollection<MeterRegistration> rows,
        IReadOnlyDictionary<MeterId, double> loads,
        IReadOnlyDictionary<string, SiteSummary> verdicts,
        IReadOnlyDictionary<MeterId, Finding> findings,
        TimeRange? window)
    {
        var known = rows.ToDictionary(r => r.Meter);
        var heads = HeadsOf(rows);
        FeederBranch Branch(MeterRegistration row) => new(
            row, loads.TryGetValue(row.Meter, out var load) ? load : null, findings.GetValueOrDefault(row.Meter)?.Verdict ?? verdicts.GetValueOrDefault(row.Site)?.Verdict, verdicts.GetValueOrDefault(row.Site)?.Missing ?? []);
        FeederTrunk Trunk(MeterRegistration? head, IEnumerable<MeterRegistration> under) => new(
            head is null ? null : Branch(head),
            head is null ? null : findings.GetValueOrDefault(NeighbourWatch.RemainderOf(head.Meter)),
            [.. under.Select(Branch).OrderByDescending(b => b.Kilowatts ?? -1).ThenBy(b => b.Row.Meter.Value, StringComparer.Ordinal)]);
        var trunks = heads.Select(h => Trunk(known[h], rows.Where(r => r.ParentMeter == h && r.Meter != h))).OrderByDescending(t => t.Head!.Kilowatts ?? t.Branches.Sum(b => b.Kilowatts ?? 0)).ToList();
        var loose = rows.Where(r => !heads.Contains(r.Meter) && (r.ParentMeter is not { } parent || !heads.Contains(parent))).ToList();
        return new FeederMap(loose.Count > 0 ? [.. trunks, Trunk(null, loose)] : trunks, window, rows.Count, Math.Max(0, rows.Count - MostRead));
    }

    /// <summary>The meters of these rows that others name as what feeds them.</summary>
    internal static HashSet<MeterId> HeadsOf(IReadOnlyCollection<MeterRegistration> rows)
    {
        var named = rows.Where(r => r.ParentMeter is { } parent && parent != r.Meter).Select(r => r.ParentMeter!.Value).ToHashSet();
        return [.. rows.Select(r => r.Meter).Where(named.Contains)];
    }
}

/// <summary>One head meter with its sub-meters.</summary>
/// <param name="Head">The meter that measures the sum; null for meters that no head is registered for.</param>
/// <param name="Remainder">What was found of the head less its sub-meters less losses; null where no balance was drawn up.</param>
/// <param name="Branches">The sub-meters, greatest load first.</param>
public sealed record FeederTrunk(FeederBranch? Head, Finding? Remainder, IReadOnlyList<FeederBranch> Branches)
{
    /// <summary>Mean load of the sub-meters together in kW.</summary>
    internal double SumKilowatts => Branches.Sum(b => b.Kilowatts ?? 0);

    /// <summary>What reaches no sub-meter after losses, in kW with its interval; null where the balance does not say.</summary>
    internal ReasonNumber? Residual => Remainder?.Reasons.Select(r => r.Number).FirstOrDefault(n => n is { Feature: "residual_kw" });
}

/// <summary>A meter on the map.</summary>
/// <param name="Row">Its registration.</param>
/// <param name="Kilowatts">Mean load of the day in kW; null where unknown.</param>
/// <param name="Verdict">The verdict of the meter where it is at hand, else of its site; null before the first judgement.</param>
/// <param name="Missing">What a judgement of its site lacks.</param>
public sealed record FeederBranch(MeterRegistration Row, double? Kilowatts, Verdict? Verdict, IReadOnlyList<MissingEvidence> Missing)
{
    /// <summary>Whether it could not be judged, or was not yet.</summary>
    internal bool IsUnjudged => Verdict is null or Metering.Verdict.Insufficient;
}
