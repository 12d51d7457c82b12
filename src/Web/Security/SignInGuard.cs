// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Detector.Web.Security;

/// <summary>Shuts a name out at an address after too many wrong tokens in a row, for a while.</summary>
/// <remarks>By name and address together, so that nobody can shut a colleague out from elsewhere. Unknown names are counted alike, so that the answer tells nothing.</remarks>
internal sealed class SignInGuard(IOptions<WebOptions> options, TimeProvider clock)
{
    private const int MostKept = 10_000; // a flood of made-up names must not fill the memory

    private readonly ConcurrentDictionary<(string Name, string Address), Record> _records = new();

    /// <summary>How long this name must wait at this address; zero where it need not.</summary>
    public TimeSpan Wait(string name, string address) =>
        _records.TryGetValue(Key(name, address), out var record) && record.LockedUntil - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Counts a wrong token; whether the name is shut out by it.</summary>
    public bool Refused(string name, string address)
    {
        var now = clock.GetUtcNow();
        if (_records.Count >= MostKept)
        {
            Sweep(now);
        }

        var limit = options.Value.SignInFailuresBeforeLock;
        var record = _records.AddOrUpdate(
            Key(name, address),
            _ => Next(new Record(0, now, now), now, limit),
            (_, old) => Next(now - old.Last > options.Value.SignInLock ? new Record(0, now, now) : old, now, limit));
        return record.LockedUntil > now;
    }

    /// <summary>Forgets the wrong tokens after a right one.</summary>
    public void Accepted(string name, string address) => _records.TryRemove(Key(name, address), out _);

    private Record Next(Record old, DateTimeOffset now, int limit) =>
        new(old.Failures + 1, now, old.Failures + 1 >= limit ? now + options.Value.SignInLock : old.LockedUntil);

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, record) in _records)
        {
            if (now - record.Last > options.Value.SignInLock)
            {
                _records.TryRemove(key, out _);
            }
        }

        if (_records.Count >= MostKept)
        {
            _records.Clear();
        }
    }

    private static (string Name, string Address) Key(string name, string address) => (name.Trim().ToUpperInvariant(), address);

    private sealed record Record(int Failures, DateTimeOffset Last, DateTimeOffset LockedUntil);
}
