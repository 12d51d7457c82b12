// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>Finds the meters of a set that fall and return together.</summary>
/// <remarks>
/// In: the dips of the set's meters, less those common to a feeder or a region. Two dips are shared where both begin and
/// both end within an hour of each other; those on days in a row count once, or a holiday would look like a common hand. Chance is taken from circular shifts of one meter's dips by whole days, which
/// keep its clock: what falls every day at the same hour agrees on every shift and so proves nothing. The tail is
/// Poisson's, corrected for all pairs of the set (Bonferroni). An index by hour leaves pairs without any agreement
/// unlooked at: the cost follows the dips, not the pairs. Cannot tell apart: one pool and one honest operator.
/// </remarks>
internal static class CoMovementFinder
{
    private const int MostAtOnce = 64; // meters that dip in one hour; more share a cause that is nobody's in particular
    private const int Day = 24;
    private const int OneCause = 48; // hours: dips on days in a row are one cause, such as a holiday

    public static Dictionary<MeterId, CoMovement> Find(
        Bond bond, string name, IReadOnlyList<MeterTrace> set, Func<MeterTrace, LoadDip, bool> isCommon, NeighbourOptions options)
    {
        var traces = set
            .Select(t => (Trace: t, Dips: t.Dips.Where(d => !isCommon(t, d)).ToArray()))
            .Where(t => t.Dips.Length >= options.LeastShared)
            .ToArray();
        var pairs = traces.Length * (traces.Length - 1) / 2;
        var found = new List<Pair>();
        foreach (var (a, b) in Candidates([.. traces.Select(t => t.Dips)], options.LeastShared))
        {
            if (traces[a].Trace.Registration.Site == traces[b].Trace.Registration.Site)
            {
                continue; // meters of one site move together without anybody's secret
            }

            var pair = Compare(a, b, traces[a], traces[b], pairs);
            if (pair.Shared >= options.LeastShared && pair.PValue <= options.MostPValue)
            {
                found.Add(pair);
            }
        }

        return Evidence(bond, name, [.. traces.Select(t => t.Trace.Registration.Meter)], found);
    }

    /// <summary>Pairs that dip in the same hour, or the next, at least so often.</summary>
    private static IEnumerable<(int A, int B)> Candidates(LoadDip[][] dips, int least)
    {
        var byHour = new Dictionary<long, List<int>>();
        for (var i = 0; i < dips.Length; i++)
        {
            foreach (var hour in dips[i].SelectMany(d => new[] { d.Hour, d.Hour + 1 }).Distinct())
            {
                if (!byHour.TryGetValue(hour, out var at))
                {
                    byHour[hour] = at = [];
                }

                at.Add(i);
            }
        }

        var together = new Dictionary<(int A, int B), int>();
        foreach (var at in byHour.Values.Where(v => v.Count is > 1 and <= MostAtOnce))
        {
            for (var i = 0; i < at.Count; i++)
            {
                for (var j = i + 1; j < at.Count; j++)
                {
                    together[(at[i], at[j])] = together.GetValueOrDefault((at[i], at[j])) + 1;
                }
            }
        }

        return together.Where(t => t.Value >= least).Select(t => t.Key).Order();
    }

    private static Pair Compare(int a, int b, (MeterTrace Trace, LoadDip[] Dips) one, (MeterTrace Trace, LoadDip[] Dips) other, int pairs)
    {
        var first = Math.Max(one.Trace.First, other.Trace.First);
        var days = (int)((Math.Min(one.Trace.End, other.Trace.End) - first) / Day);
        var span = (long)days * Day;
        LoadDip[] left = [.. one.Dips.Where(d => d.Hour >= first && d.Hour < first + span)];
        LoadDip[] right = [.. other.Dips.Where(d => d.Hour >= first && d.Hour < first + span)];
        if (days < 14)
        {
            return new Pair(a, b, 0, 0, 1, 0);
        }

        var (shared, last) = Shared(left, right);
        var byChance = 0;
        for (var shift = 1; shift < days; shift++)
        {
            var moved = right.Select(d => d with { Hour = first + ((d.Hour - first + (shift * Day)) % span) }).OrderBy(d => d.Hour).ToArray();
            byChance += Shared(left, moved).Count;
        }

        var expected = (byChance + 1.0) / days;
        return new Pair(a, b, shared, expected, Math.Min(1, Numbers.PoissonTail(shared, expected) * pairs), last);
    }

    /// <summary>Dips that begin and end within an hour of each other, days in a row counted once; both in order of time.</summary>
    private static (int Count, long Last) Shared(LoadDip[] left, LoadDip[] right)
    {
        int count = 0, j = 0;
        long last = 0;
        foreach (var dip in left)
        {
            while (j < right.Length && right[j].Hour < dip.Hour - 1)
            {
                j++;
            }

            for (var k = j; k < right.Length && right[k].Hour <= dip.Hour + 1; k++)
            {
                if (Math.Abs(right[k].Hour + right[k].Hours - dip.Hour - dip.Hours) <= 1)
                {
                    count += count == 0 || dip.Hour - last >= OneCause ? 1 : 0;
                    last = dip.Hour;
                    j = k + 1;
                    break;
                }
            }
        }

        return (count, last);
    }

    private static Dictionary<MeterId, CoMovement> Evidence(Bond bond, string name, MeterId[] meters, List<Pair> pairs)
    {
        var evidence = new Dictionary<MeterId, CoMovement>();
        foreach (var own in pairs.SelectMany(p => new[] { (Own: p.A, Other: p.B, Pair: p), (Own: p.B, Other: p.A, Pair: p) }).GroupBy(p => p.Own))
        {
            var best = own.OrderBy(p => p.Pair.PValue).ThenByDescending(p => p.Pair.Shared).ThenBy(p => p.Other).First().Pair;
            MeterId[] others = [.. own.Select(p => meters[p.Other]).OrderBy(m => m.Value, StringComparer.Ordinal)];
            evidence[meters[own.Key]] = new CoMovement(bond, name, meters[own.Key], others, best.Shared, best.Expected, best.PValue, best.Last);
        }

        return evidence;
    }

    private readonly record struct Pair(int A, int B, int Shared, double Expected, double PValue, long Last);
}
