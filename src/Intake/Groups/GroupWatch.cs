// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Detector.Intake.Groups;

/// <summary>Watches the other members of a shared group, and takes over the session of one that is gone until it is back.</summary>
/// <remarks>
/// A broker goes on giving an absent member its share of the messages, and keeps what it had not acknowledged; both lie in its session. The session is entered in its place, so nothing waits and nothing is lost;
/// when the member comes back it takes its session back by connecting. Members claim by a retained message; where two claim at once, all see the claims in the broker's order and the last one holds.
/// </remarks>
internal sealed class GroupWatch(string self, Func<string, string, Task> say, Func<string, CancellationToken, Task<bool>> serveOnce, TimeProvider time, Metrics metrics, ILogger logger) : IAsyncDisposable
{
    private const int MostJitterMilliseconds = 500; // so that not all claim at once
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Adoption> _adoptions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private bool _hasEnded;

    /// <summary>A member's word, or the broker's in its place. Returns at once.</summary>
    public void Heard(string member, string payload)
    {
        var orphans = new List<string>();
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _said[member] = payload;
            if (member != self)
            {
                Settle(member, payload);
            }

            if (payload == GroupTopic.Offline && member != self)
            {
                orphans.Add(member);
                orphans.AddRange(_said.Where(s => GroupTopic.AdopterIn(s.Value) == member && s.Key != self).Select(s => s.Key));
            }
        }

        if (member == self && payload != GroupTopic.Online)
        {
            _ = Task.Run(() => say(self, GroupTopic.Online)); // a word that came late: we are here
        }

        foreach (var orphan in orphans)
        {
            _ = Task.Run(() => ClaimAsync(orphan));
        }
    }

    /// <summary>Leaves every session that was taken over.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Adoption> all;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            all = [.. _adoptions.Values];
            _adoptions.Clear();
        }

        metrics.Adopted(-all.Count);
        await _stopping.CancelAsync();
        foreach (var adoption in all)
        {
            await adoption.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private void Settle(string member, string payload)
    {
        var isOurs = GroupTopic.AdopterIn(payload) == self;
        if (isOurs && !_adoptions.ContainsKey(member))
        {
            _adoptions[member] = new Adoption(cancel => ServeAsync(member, cancel), _stopping.Token);
            metrics.Adopted(1);
            Log.Adopted(logger, member);
        }
        else if (!isOurs && _adoptions.Remove(member, out var adoption))
        {
            _ = adoption.DisposeAsync().AsTask();
            metrics.Adopted(-1);
            Log.Released(logger, member);
        }
    }

    private async Task ClaimAsync(string member)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(MostJitterMilliseconds)), time, CancellationToken.None);
        lock (_gate)
        {
            var word = _said.GetValueOrDefault(member, GroupTopic.Online);
            var isFree = word == GroupTopic.Offline || (GroupTopic.AdopterIn(word) is { } adopter && _said.GetValueOrDefault(adopter) == GroupTopic.Offline);
            if (_hasEnded || !isFree)
            {
                return;
            }
        }

        await say(member, GroupTopic.AdoptedBy(self));
    }

    private async Task ServeAsync(string member, CancellationToken cancel)
    {
        try
        {
            // Until the member takes its session back, or another claims it.
            while (!await TryServeAsync(member, cancel))
            {
                await Task.Delay(Again, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Released.
        }
    }

    private async Task<bool> TryServeAsync(string member, CancellationToken cancel)
    {
        try
        {
            return await serveOnce(member, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.AdoptionFailed(logger, fault, member);
            return false;
        }
    }

    /// <summary>One session that was taken over, until it is left.</summary>
    private sealed class Adoption : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ends;
        private readonly Task _serving;

        public Adoption(Func<CancellationToken, Task> serve, CancellationToken stopping)
        {
            _ends = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            _serving = Task.Run(() => serve(_ends.Token), CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _ends.CancelAsync();
            await _serving;
            _ends.Dispose();
        }
    }
}
