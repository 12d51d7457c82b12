// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>The latest events of every meter, and what meters of one feeder, owner or region show together.</summary>
/// <remarks>
/// Holds sparse events only, some 2 KB a meter at most. Safe for concurrent use. A set's evidence is drawn up when it is
/// asked for and again after a sixteenth of its meters have changed, so that a look at one meter costs little whatever the
/// size of the set; with all meters put in first, as a score does, it is the same whatever their order.
/// </remarks>
public sealed class NeighbourBook(NeighbourOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MeterId, Standing> _meters = [];
    private readonly Dictionary<(Bond Bond, string Name), MeterSet> _sets = [];

    /// <summary>Meters in the book.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _meters.Count;
            }
        }
    }

    /// <summary>Takes a meter's events and verdict in the place of its earlier ones. Not for meters that measure the sum of others.</summary>
    public void Put(MeterTrace trace, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(finding);
        lock (_gate)
        {
            var meter = trace.Registration.Meter;
            var suspectUntil = finding.Verdict >= Verdict.Watch ? trace.End : long.MinValue;
            if (_meters.TryGetValue(meter, out var earlier))
            {
                suspectUntil = Math.Max(suspectUntil, earlier.SuspectUntil);
                Leave(earlier.Trace);
            }

            _meters[meter] = new Standing(trace, finding.PValue, suspectUntil);
            foreach (var key in KeysOf(trace.Registration))
            {
                if (!_sets.TryGetValue(key, out var set))
                {
                    _sets[key] = set = new MeterSet();
                }

                set.Add(trace);
            }
        }
    }

    /// <summary>The finding with what neighbours say: reasons, and at most one rung from clear to watch.</summary>
    public Finding Apply(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        lock (_gate)
        {
            if (finding.Verdict == Verdict.Insufficient || !_meters.TryGetValue(finding.Meter, out var own))
            {
                return finding;
            }

            var (together, moves) = EvidenceOf(own.Trace);
            return NeighbourRules.Apply(finding, own, together, moves, other => _meters.GetValueOrDefault(other), options);
        }
    }

    /// <summary>What neighbours show of a meter: the strongest movement together, and loads that left it or came to it.</summary>
    public (CoMovement? Together, IReadOnlyList<LoadMove> Moves) EvidenceOf(MeterId meter)
    {
        lock (_gate)
        {
            return _meters.TryGetValue(meter, out var own) ? EvidenceOf(own.Trace) : (null, []);
        }
    }

    private static IEnumerable<(Bond Bond, string Name)> KeysOf(MeterRegistration row)
    {
        if (row.Feeder is { Length: > 0 } feeder)
        {
            yield return (Bond.Feeder, feeder);
        }

        if (row.Owner is { Length: > 0 } owner)
        {
            yield return (Bond.Owner, owner);
        }

        if (row.Region is { Length: > 0 } region)
        {
            yield return (Bond.Region, region);
        }
    }

    private (CoMovement? Together, IReadOnlyList<LoadMove> Moves) EvidenceOf(MeterTrace trace)
    {
        CoMovement? together = null;
        var moves = new List<LoadMove>();
        foreach (var key in KeysOf(trace.Registration))
        {
            var set = _sets[key];
            set.Refresh(members => Together(key, members), members => MoveFinder.Find(key.Bond, key.Name, members, options));
            if (set.Together.TryGetValue(trace.Registration.Meter, out var found) && (together is null || found.PValue < together.PValue))
            {
                together = found;
            }

            moves.AddRange(set.Moves[trace.Registration.Meter].Where(m => !moves.Exists(k => k.From == m.From && k.To == m.To && k.Left.Hour == m.Left.Hour)));
        }

        return (together, moves);
    }

    private Dictionary<MeterId, CoMovement> Together((Bond Bond, string Name) key, IReadOnlyList<MeterTrace> members)
    {
        const int LeastOnFeeder = 4; // of three meters, two are half
        const int LeastInRegion = 20;
        if (key.Bond == Bond.Region)
        {
            return []; // neighbours by weather and holidays only
        }

        var own = _sets[key].Common;
        return CoMovementFinder.Find(key.Bond, key.Name, members, IsCommon, options);

        bool IsCommon(MeterTrace trace, LoadDip dip)
        {
            if (trace.Registration.Feeder is { Length: > 0 } name && _sets.TryGetValue((Bond.Feeder, name), out var feeder)
                && feeder.Common.Meters >= LeastOnFeeder && feeder.Common.At(dip.Hour) >= options.FeederWide * feeder.Common.Meters)
            {
                return true;
            }

            // Those of the set itself are left out, or a set that is most of a region could never be found.
            return trace.Registration.Region is { Length: > 0 } place && _sets.TryGetValue((Bond.Region, place), out var region)
                && region.Common.Meters - own.Meters >= LeastInRegion
                && region.Common.At(dip.Hour) - own.At(dip.Hour) >= options.RegionWide * (region.Common.Meters - own.Meters);
        }
    }

    private void Leave(MeterTrace trace)
    {
        foreach (var key in KeysOf(trace.Registration))
        {
            _sets[key].Remove(trace);
        }
    }
}

/// <summary>A meter as its neighbours see it.</summary>
/// <param name="Trace">Its events.</param>
/// <param name="PValue">Conformal p-value of its latest finding.</param>
/// <param name="SuspectUntil">End of the last window in which its own verdict was watch or case.</param>
internal sealed record Standing(MeterTrace Trace, double? PValue, long SuspectUntil)
{
    /// <summary>Whether it was watched or a case within the window.</summary>
    public bool IsSuspect => SuspectUntil > Trace.First;
}
