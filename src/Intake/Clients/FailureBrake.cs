// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;

namespace Detector.Intake.Clients;

/// <summary>Slows down whoever gives wrong credentials: after each failure the next attempt of that name from that address waits twice as long, one at a time.</summary>
/// <remarks>
/// Guessing over many names counts against the address: from <see cref="NamesBeforeAddress"/> names on, every attempt from there waits.
/// One meter with an old password so slows itself, not its neighbours behind the same address. What was verified before (<see cref="Authenticator"/>) does not pass here.
/// </remarks>
internal sealed class FailureBrake(TimeProvider time)
{
    /// <summary>Names that may fail at one address before the address itself is slowed.</summary>
    public const int NamesBeforeAddress = 20;

    /// <summary>Attempts that may wait at one place; a further one is refused at once.</summary>
    public const int MostWaiting = 32;

    private const int MostKept = 20_000; // a flood of made-up names must not fill the memory
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Address, string Name), Place> _places = new();

    /// <summary>Waits for its turn, verifies, and counts a failure.</summary>
    /// <returns>What the verification said; null where too many wait already.</returns>
    public async Task<bool?> PassAsync(string address, string name, Func<Task<bool>> verify, CancellationToken cancel)
    {
        var place = SlowedPlace(address, name);
        if (place is null)
        {
            return Counted(address, name, await verify());
        }

        if (Interlocked.Increment(ref place.Waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref place.Waiting);
            return null;
        }

        try
        {
            await place.Turn.WaitAsync(cancel);
            try
            {
                await Task.Delay(PauseAfter(place.Failures), time, cancel);
                return Counted(address, name, await verify());
            }
            finally
            {
                place.Turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref place.Waiting);
        }
    }

    /// <summary>The pause before the next attempt.</summary>
    internal static TimeSpan PauseAfter(int failures) => failures < 1 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(failures - 1, 10), Longest.Ticks));

    private Place? SlowedPlace(string address, string name) =>
        Find(address, string.Empty) is { } whole && whole.Failures >= NamesBeforeAddress ? whole : Find(address, name);

    private Place? Find(string address, string name) => _places.TryGetValue((address, name), out var place) && time.GetElapsedTime(place.Last) < Forget ? place : null;

    private bool Counted(string address, string name, bool isRight)
    {
        if (isRight)
        {
            _places.TryRemove((address, name), out _);
        }
        else
        {
            if (Find(address, name) is null)
            {
                Fail(address, string.Empty);
            }

            Fail(address, name);
        }

        return isRight;
    }

    private void Fail(string address, string name)
    {
        var now = time.GetTimestamp();
        if (_places.Count >= MostKept)
        {
            Sweep();
        }

        var place = _places.GetOrAdd((address, name), _ => new Place());
        place.Failures = time.GetElapsedTime(place.Last) < Forget || place.Failures == 0 ? place.Failures + 1 : 1;
        place.Last = now;
    }

    private void Sweep()
    {
        foreach (var (key, place) in _places)
        {
            if (time.GetElapsedTime(place.Last) >= Forget)
            {
                _places.TryRemove(key, out _);
            }
        }

        if (_places.Count >= MostKept)
        {
            // Addresses stay: they hold the flood back, names alone are what it made up.
            foreach (var key in _places.Keys.Where(k => k.Name.Length > 0))
            {
                _places.TryRemove(key, out _);
            }
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Failures { get; set; }

        public long Last { get; set; }

        public int Waiting;
    }
}
