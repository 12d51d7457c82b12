// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Something that a codec remembers of a source, as it is kept.</summary>
/// <param name="Codec">Name of the codec.</param>
/// <param name="Key">What it is about, the codec's own.</param>
/// <param name="Value">The codec's own bytes; empty where it is to be forgotten.</param>
public sealed record SourceRecord(string Codec, string Key, ReadOnlyMemory<byte> Value);

/// <summary>Sends what a codec has to say to a source; must not wait.</summary>
public interface ICommandOutlet
{
    /// <summary>Takes a message to be published; false where it cannot be taken now.</summary>
    bool TrySend(string topic, ReadOnlyMemory<byte> payload);
}

/// <summary>What codecs remember of their sources between messages, such as a birth certificate that later messages refer to.</summary>
/// <remarks>
/// Kept by whoever keeps the position in the journal, in the same commit, so that the two can never disagree: <see cref="Load"/> at the start,
/// <see cref="TakeChanges"/> with every commit. Safe for use by several threads.
/// </remarks>
public sealed class SourceMemory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Codec, string Key), SourceRecord> _changes = [];
    private readonly List<SourceRecord> _loaded = [];
    private readonly Dictionary<Type, object> _views = [];

    /// <summary>An empty memory.</summary>
    /// <param name="options">Limits of what is asked of sources.</param>
    /// <param name="time">Clock of these limits.</param>
    public SourceMemory(SourceOptions options, TimeProvider time)
    {
        Options = options;
        Time = time;
    }

    /// <summary>Where requests to sources go; null where nobody carries them.</summary>
    public ICommandOutlet? Outlet { get; set; }

    internal SourceOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <summary>Takes what was kept; before the first message.</summary>
    public void Load(IEnumerable<SourceRecord> records)
    {
        lock (_gate)
        {
            _views.Clear();
            _changes.Clear();
            _loaded.Clear();
            _loaded.AddRange(records);
        }
    }

    /// <summary>What changed since the last call, each key once; to be kept.</summary>
    public IReadOnlyList<SourceRecord> TakeChanges()
    {
        lock (_gate)
        {
            if (_changes.Count == 0)
            {
                return [];
            }

            SourceRecord[] changes = [.. _changes.Values];
            _changes.Clear();
            return changes;
        }
    }

    /// <summary>Notes a record that is to be kept, or forgotten.</summary>
    internal void Note(SourceRecord record)
    {
        lock (_gate)
        {
            _changes[(record.Codec, record.Key)] = record;
        }
    }

    /// <summary>A codec's own view of its records, made once.</summary>
    internal T View<T>(string codec, Func<SourceMemory, IEnumerable<SourceRecord>, T> make)
        where T : class
    {
        lock (_gate)
        {
            if (!_views.TryGetValue(typeof(T), out var view))
            {
                view = make(this, _loaded.Where(r => r.Codec == codec));
                _views[typeof(T)] = view;
                _loaded.RemoveAll(r => r.Codec == codec);
            }

            return (T)view;
        }
    }
}
