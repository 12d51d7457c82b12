// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Cases;
using Detector.Detection;
using Detector.Metering;
using Detector.Timeline;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Judges meters as their readings move on: timeline, series, profile, verdict, case.</summary>
/// <remarks>
/// A meter is due when it has gained a day of readings, or a late one, and has gone quiet. A judgement twice over the same
/// window is harmless: cases know it by meter, window and model.
/// </remarks>
public sealed class Watch(
    ITimeline timeline,
    Judge judge,
    NeighbourWatch neighbours,
    BurstDesk bursts,
    CaseDesk desk,
    MeterStates states,
    RegistryHolder registry,
    WatchOptions options,
    TimeProvider time,
    ILogger<Watch> logger)
{
    private long _judged;

    /// <summary>Judgements given since the start.</summary>
    public long Judged => Interlocked.Read(ref _judged);

    /// <summary>Live state from what is stored: latest readings, and the windows judged last.</summary>
    public async Task RebuildAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var meters = await timeline.MetersAsync(cancel);
        foreach (var meter in meters)
        {
            if (await timeline.ExtentAsync(meter, cancel) is { } extent)
            {
                states.Stored(meter, extent.To, now);
            }
        }

        string? after = null;
        do
        {
            var page = await desk.VerdictsAsync(new VerdictFilter { After = after, Limit = VerdictFilter.MostRows }, cancel);
            foreach (var verdict in page)
            {
                states.Judged(verdict.Finding.Meter, verdict.Finding.Window.To, now);
            }

            after = page.Count == VerdictFilter.MostRows ? page[^1].Site : null;
        }
        while (after is not null);

        Log.Rebuilt(logger, states.Count);
    }

    /// <summary>Judges whatever is due until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.LookEvery, time);
        do
        {
            await JudgeDueAsync(cancel);
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    /// <summary>Judges what is due now; returns how many meters that were.</summary>
    public async Task<int> JudgeDueAsync(CancellationToken cancel)
    {
        const int Round = 256; // a bounded round, so that meters that became due meanwhile get their turn by age
        var due = states.Due(options, time.GetUtcNow(), Round);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancel };
        try
        {
            await Parallel.ForEachAsync(due, parallel, async (meter, stop) => await JudgeSafelyAsync(meter, stop));
        }
        catch (TimelineUnavailableException away)
        {
            Log.TimelineAway(logger, timeline.Kind, options.LookEvery.TotalSeconds, away.Message);
        }

        return due.Count;
    }

    /// <summary>Judges one meter on what is stored of it now, and hands the finding to the cases.</summary>
    public async Task<Finding?> JudgeAsync(MeterId meter, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var began = time.GetUtcNow();
        if (await timeline.ExtentAsync(meter, cancel) is not { } extent)
        {
            return null;
        }

        var series = await neighbours.SeriesAsync(meter, new TimeRange(extent.To - options.History, extent.To.AddTicks(1)), cancel);
        var finding = neighbours.Take(series, judge.Assess(series, registry.Current.Of(meter), asOf: null));
        finding = await bursts.ApplyAsync(finding, cancel);
        await desk.ConsiderAsync(finding, cancel);
        bursts.Consider(finding);
        if (await neighbours.ResidualAsync(series, cancel) is { } residual)
        {
            await desk.ConsiderAsync(residual, cancel);
        }

        states.Judged(meter, extent.To, began);
        Interlocked.Increment(ref _judged);
        PipelineMetrics.Judged(finding.Verdict, Stopwatch.GetElapsedTime(started));
        return finding;
    }

    private async Task JudgeSafelyAsync(MeterId meter, CancellationToken cancel)
    {
        try
        {
            await JudgeAsync(meter, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (TimelineUnavailableException)
        {
            throw; // not this meter's fault: the round ends and everything due stays due
        }
#pragma warning disable CA1031 // one meter's fault must not stop the judging of the others; it is logged, counted and tried again
        catch (Exception fault)
        {
            Log.NotJudged(logger, fault, meter.Value);
            PipelineMetrics.JudgementFailed();
            states.PutOff(meter);
        }
#pragma warning restore CA1031
    }
}
