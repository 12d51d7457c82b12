// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline;

/// <summary>Lists, shows and replays the dead letters of a running relay.</summary>
internal sealed class DeadLetterDesk(RelayStore store, Relay relay, RelayOptions options, TimeProvider time) : IDeadLetters, IQuarantine
{
    public IReadOnlyList<DeadLetter> List(long after, int limit) => store.DeadLetters("open", after, limit);

    public DeadLetter? Get(long id) => store.DeadLetter(id);

    IReadOnlyList<QuarantinedReading> IQuarantine.List(long after, int limit) => store.Quarantine(after, limit);

    public Task<ReplayOutcome> ReplayAsync(IReadOnlyCollection<long>? ids, CancellationToken cancel)
    {
        store.RequestReplay(ids);
        return ReplayRequestedAsync(cancel);
    }

    /// <summary>Replays whatever another process asks for, until cancelled.</summary>
    public async Task ServeRequestsAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.RequestsEvery, time);
        do
        {
            if (store.HasRequests())
            {
                await ReplayRequestedAsync(cancel);
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private async Task<ReplayOutcome> ReplayRequestedAsync(CancellationToken cancel)
    {
        var total = new ReplayOutcome(0, 0, 0);
        long after = 0;
        while (await relay.ReplayRequestedAsync(after, cancel) is var (outcome, last))
        {
            total = new ReplayOutcome(total.Replayed + outcome.Replayed, total.StillDead + outcome.StillDead, total.Readings + outcome.Readings);
            after = last;
        }

        return total;
    }
}
