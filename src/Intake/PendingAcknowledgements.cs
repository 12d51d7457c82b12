// SPDX-License-Identifier: Apache-2.0
using System.Collections;

namespace Detector.Intake;

/// <summary>Which record each packet of one session became, until its acknowledgement leaves.</summary>
internal sealed class PendingAcknowledgements
{
    private static readonly object Key = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, (long Sequence, long ArrivedAt)> _byPacket = [];

    /// <summary>Identifier of the packet the connection is handling.</summary>
    public ushort Current { get; set; }

    public static PendingAcknowledgements Of(IDictionary session)
    {
        lock (session)
        {
            if (session[Key] is PendingAcknowledgements pending)
            {
                return pending;
            }

            var made = new PendingAcknowledgements();
            session[Key] = made;
            return made;
        }
    }

    /// <summary>Notes a record. A packet sent again may be two records: the acknowledgement waits for the later one.</summary>
    /// <returns>Whether the packet is new here.</returns>
    public bool Note(ushort packet, long sequence, long arrivedAt)
    {
        lock (_gate)
        {
            var known = _byPacket.TryGetValue(packet, out var earlier);
            _byPacket[packet] = (Math.Max(sequence, earlier.Sequence), arrivedAt);
            return !known;
        }
    }

    public bool TryTake(ushort packet, out long sequence, out long arrivedAt)
    {
        lock (_gate)
        {
            var known = _byPacket.Remove(packet, out var noted);
            (sequence, arrivedAt) = noted;
            return known;
        }
    }

    /// <summary>Number of packets noted.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byPacket.Count;
            }
        }
    }
}
