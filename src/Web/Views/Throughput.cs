// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline;
using Microsoft.Extensions.Hosting;

namespace Detector.Web.Views;

/// <summary>The account of readings over the last ten minutes, sampled on a fixed beat: what rates are computed from.</summary>
internal sealed class Throughput(ILedger ledger, TimeProvider clock) : BackgroundService
{
    /// <summary>Time from one sample to the next.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private const int Kept = 300; // ten minutes

    private readonly Lock _gate = new();
    private readonly Queue<LedgerSample> _samples = new();

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<LedgerSample> Samples()
    {
        lock (_gate)
        {
            return [.. _samples];
        }
    }

    /// <summary>Readings settled a second over the last so much time; null before there are two samples.</summary>
    public double? SettledPerSecond(TimeSpan over) => Rate(over, account => account.Received - account.Pending);

    /// <summary>Readings that arrived a second over the last so much time; null before there are two samples.</summary>
    public double? ReceivedPerSecond(TimeSpan over) => Rate(over, account => account.Received);

    /// <summary>Takes a sample now.</summary>
    internal void Take()
    {
        var sample = new LedgerSample(clock.GetUtcNow(), ledger.Snapshot());
        lock (_gate)
        {
            _samples.Enqueue(sample);
            while (_samples.Count > Kept)
            {
                _samples.Dequeue();
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        do
        {
            Take();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private double? Rate(TimeSpan over, Func<LedgerSnapshot, long> count)
    {
        var samples = Samples();
        if (samples.Count < 2)
        {
            return null;
        }

        var last = samples[^1];
        var first = samples.First(s => last.At - s.At <= over);
        first = first == last ? samples[^2] : first;
        var seconds = (last.At - first.At).TotalSeconds;
        return seconds > 0 ? Math.Max(0, count(last.Account) - count(first.Account)) / seconds : null;
    }
}

/// <summary>The account of readings at a moment.</summary>
public sealed record LedgerSample(DateTimeOffset At, LedgerSnapshot Account);
