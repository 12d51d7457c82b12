// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>The meters of one feeder, owner or region, with the evidence drawn up last.</summary>
internal sealed class MeterSet
{
    private const int Sixteenth = 16; // of the members may change before evidence is drawn up anew

    private readonly SortedDictionary<string, MeterTrace> _members = new(StringComparer.Ordinal);
    private int _changes;
    private bool _drawn;

    public CommonHours Common { get; } = new();

    public Dictionary<MeterId, CoMovement> Together { get; private set; } = [];

    public ILookup<MeterId, LoadMove> Moves { get; private set; } = Array.Empty<LoadMove>().ToLookup(m => m.From);

    public void Add(MeterTrace trace)
    {
        _members[trace.Registration.Meter.Value] = trace;
        Common.Add(trace);
        _changes++;
    }

    public void Remove(MeterTrace trace)
    {
        _members.Remove(trace.Registration.Meter.Value);
        Common.Remove(trace);
    }

    public void Refresh(Func<IReadOnlyList<MeterTrace>, Dictionary<MeterId, CoMovement>> together, Func<IReadOnlyList<MeterTrace>, List<LoadMove>> moves)
    {
        if (_drawn && _changes <= _members.Count / Sixteenth)
        {
            return;
        }

        MeterTrace[] members = [.. _members.Values];
        Together = together(members);
        Moves = moves(members)
            .SelectMany(m => new[] { (Meter: m.From, Move: m), (Meter: m.To, Move: m) })
            .ToLookup(m => m.Meter, m => m.Move);
        _changes = 0;
        _drawn = true;
    }
}
