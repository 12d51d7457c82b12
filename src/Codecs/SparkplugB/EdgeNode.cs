// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.SparkplugB.Kept;

namespace Detector.Codecs.SparkplugB;

/// <summary>What became of a message's place in its node's sequence.</summary>
internal enum SequenceOutcome : byte
{
    /// <summary>It follows the one before, or nothing is known of one.</summary>
    Follows,

    /// <summary>Messages between the one before and this one did not arrive.</summary>
    Gap,
}

/// <summary>One edge node: its session, and the births of itself and its devices.</summary>
internal sealed class EdgeNode(string name)
{
    /// <summary>Births kept of one source whose aliases contradict each other.</summary>
    private const int MostGenerations = 4;

    private readonly Dictionary<string, List<BirthCertificate>> _births = new(StringComparer.Ordinal);
    private readonly HashSet<string> _born = new(StringComparer.Ordinal);
    private uint? _sequence;
    private ulong? _birthDeath;

    /// <summary>Group and node, joined by a slash.</summary>
    public string Name { get; } = name;

    /// <summary>Place in the journal of the last message taken.</summary>
    public long Position { get; private set; }

    /// <summary>Whether it was born and has not died since.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>When it may be asked again, in the clock's timestamps; null where it was not asked yet.</summary>
    public long? AskedAt { get; set; }

    /// <summary>Whether a message came before others that were taken: a dead letter decoded again.</summary>
    public bool IsReplay(long position) => position > 0 && position <= Position;

    /// <summary>Takes a message's number, from 0 to 255.</summary>
    public SequenceOutcome Follow(ulong? sequence, long position)
    {
        var outcome = sequence is { } now && _sequence is { } last && now != last && now != ((last + 1) & 255) ? SequenceOutcome.Gap : SequenceOutcome.Follows;
        _sequence = sequence is { } number ? (uint)(number & 255) : _sequence;
        Position = Math.Max(Position, position);
        return outcome;
    }

    /// <summary>Begins a session: devices must be born again.</summary>
    public void Begin(ulong? birthDeath, ulong? sequence, long position)
    {
        _birthDeath = birthDeath;
        _sequence = sequence is { } number ? (uint)(number & 255) : null;
        IsOnline = true;
        _born.Clear();
        _born.Add(string.Empty);
        Position = Math.Max(Position, position);
    }

    /// <summary>Ends the session, unless the death is of an earlier one.</summary>
    public void End(ulong? birthDeath, long position)
    {
        if (birthDeath is null || _birthDeath is null || birthDeath == _birthDeath)
        {
            IsOnline = false;
            _born.Clear();
        }

        Position = Math.Max(Position, position);
    }

    /// <summary>Whether a device (empty: the node) was born in this session.</summary>
    public bool IsBorn(string device) => IsOnline && _born.Contains(device);

    /// <summary>Ends a device.</summary>
    public void EndDevice(string device) => _born.Remove(device);

    /// <summary>Takes a birth. One whose aliases contradict the one before is kept beside it, for messages from before.</summary>
    /// <returns>How many bytes more are kept; negative where fewer.</returns>
    public long Learn(string device, BirthCertificate birth, bool isReplay)
    {
        if (!isReplay)
        {
            _born.Add(device);
        }

        if (!_births.TryGetValue(device, out var generations))
        {
            _births[device] = generations = [];
        }

        var before = generations.Sum(g => (long)g.Bytes.Length);
        var place = generations.FindLastIndex(g => g.Position <= birth.Position) + 1;
        if (place > 0 && birth.Covers(generations[place - 1]))
        {
            birth.Replace(generations[place - 1]);
            generations[place - 1] = birth;
        }
        else
        {
            generations.Insert(place, birth);
        }

        if (generations.Count > MostGenerations)
        {
            generations.RemoveAt(0);
        }

        return generations.Sum(g => (long)g.Bytes.Length) - before;
    }

    /// <summary>The birth that a message refers to: the one in force at its place, or the first one after it; null where there is none.</summary>
    public BirthCertificate? BirthFor(string device, long position)
    {
        if (!_births.TryGetValue(device, out var generations) || generations.Count == 0)
        {
            return null;
        }

        return IsReplay(position) ? generations.FindLast(g => g.Position <= position) ?? generations[0] : generations[^1];
    }

    /// <summary>Number of sources whose births are known.</summary>
    public int Sources => _births.Count;

    /// <summary>The session as it is kept.</summary>
    public Session ToSession()
    {
        var session = new Session { Position = Position, IsOnline = IsOnline };
        if (_sequence is { } sequence)
        {
            session.Sequence = sequence;
        }

        if (_birthDeath is { } birthDeath)
        {
            session.BirthDeath = birthDeath;
        }

        session.DevicesBorn.AddRange(_born);
        return session;
    }

    /// <summary>The births of a device as they are kept, oldest first.</summary>
    public IReadOnlyList<BirthCertificate> Births(string device) => _births.TryGetValue(device, out var generations) ? generations : [];

    /// <summary>Takes a session that was kept.</summary>
    public void Restore(Session session)
    {
        (Position, IsOnline) = (session.Position, session.IsOnline);
        _sequence = session.HasSequence ? session.Sequence : null;
        _birthDeath = session.HasBirthDeath ? session.BirthDeath : null;
        _born.UnionWith(session.DevicesBorn);
    }
}
