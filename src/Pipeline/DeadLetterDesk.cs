// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline;

/// <summary>What a running relay keeps and can bring back: dead letters, decoded again; readings in quarantine, judged again.</summary>
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

    public Task<ReleaseOutcome> ReleaseAsync(QuarantineChoice choice, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(choice);
        store.RequestRelease(choice, by);
        return ReleaseRequestedAsync(cancel);
    }

    /// <summary>Brings back whatever another process asks for, until cancelled.</summary>
    public async Task ServeRequestsAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.RequestsEvery, time);
        do
        {
            if (store.HasRequests())
            {
                await ReplayRequestedAsync(cancel);
                await ReleaseRequestedAsync(cancel);
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

    private async Task<ReleaseOutcome> ReleaseRequestedAsync(CancellationToken cancel)
    {
        var total = new ReleaseOutcome(0, 0);
        long after = 0;
        while (await relay.ReleaseRequestedAsync(after, cancel) is var (outcome, last))
        {
            total = new ReleaseOutcome(total.Released + outcome.Released, total.StillHeld + outcome.StillHeld);
            after = last;
        }

        return total;
    }
}
