// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;

namespace Detector.Access;

/// <summary>Tokens that were good a moment ago, so that a page of twenty requests asks the store once.</summary>
/// <remarks>Only good answers are kept, and only briefly: a token revoked by another process is refused after <see cref="KeepFor"/> at the latest.</remarks>
internal sealed class TokenCache(TimeProvider clock)
{
    /// <summary>How long a good answer is believed.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(5);

    private const int MostEntries = 4096; // about 1 MB; more callers than that in five seconds ask the store

    private readonly ConcurrentDictionary<string, (Actor Actor, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);

    /// <summary>The actor of a token hash, where it is known and still believed.</summary>
    public Actor? Find(byte[] hash) =>
        _entries.TryGetValue(Convert.ToHexString(hash), out var entry) && clock.GetUtcNow() < entry.Until ? entry.Actor : null;

    /// <summary>Keeps a good answer, never beyond the token's own end.</summary>
    public void Keep(byte[] hash, Actor actor, DateTimeOffset expires)
    {
        if (_entries.Count >= MostEntries)
        {
            _entries.Clear();
        }

        var until = clock.GetUtcNow() + KeepFor;
        _entries[Convert.ToHexString(hash)] = (actor, until < expires ? until : expires);
    }

    /// <summary>Forgets everything, after a change.</summary>
    public void Clear() => _entries.Clear();
}
