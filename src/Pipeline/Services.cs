// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Cases.Stores;
using Detector.Pipeline.Retention;
using Detector.Timeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>
/// Runs one endless part of the pipeline: begun anew where a store refuses for a while or does not answer; any other fault takes the service down, loudly.
/// </summary>
internal abstract class PipelineService(string part, TimeProvider time, IHostApplicationLifetime lifetime, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>Does the part's work until cancelled.</summary>
    protected abstract Task WorkAsync(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its other parts meanwhile
        try
        {
            while (!await HasEndedAsync(stoppingToken))
            {
                await Task.Delay(TryAgainAfter, Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A clean stop.
        }
#pragma warning disable CA1031 // the outermost loop of a part: whatever it is, say it and stop rather than run on half dead
        catch (Exception fault)
        {
            Log.Stopped(logger, fault, part);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
#pragma warning restore CA1031
    }

    /// <summary>Works; false where a store refused and the part is to begin anew.</summary>
    private async Task<bool> HasEndedAsync(CancellationToken cancel)
    {
        try
        {
            await WorkAsync(cancel);
            return true;
        }
        catch (Exception refusal) when (refusal is TimelineUnavailableException || StoreRefusal.IsTemporary(refusal))
        {
            PipelineMetrics.PartRefused(part);
            Log.PartRefused(logger, part, TryAgainAfter.TotalSeconds, refusal.GetBaseException().Message);
            return false;
        }
    }
}

internal sealed class RelayService(Relay relay, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<RelayService> logger)
    : PipelineService("relay", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => relay.RunAsync(cancel);
}

internal sealed class ReplayService(DeadLetterDesk desk, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ReplayService> logger)
    : PipelineService("dead letters", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => desk.ServeRequestsAsync(cancel);
}

internal sealed class WatchService(Watch watch, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<WatchService> logger)
    : PipelineService("watch", time, lifetime, logger)
{
    protected override async Task WorkAsync(CancellationToken cancel)
    {
        await watch.RebuildAsync(cancel);
        await watch.RunAsync(cancel);
    }
}

internal sealed class BurstService(BurstDesk bursts, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<BurstService> logger)
    : PipelineService("bursts", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => bursts.RunAsync(cancel);
}

internal sealed class RetentionService(RetentionSweep sweep, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<RetentionService> logger)
    : PipelineService("retention", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => sweep.RunAsync(cancel);
}

internal sealed class OutboxService(OutboxPublisher publisher, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<OutboxService> logger)
    : PipelineService("outbox", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => publisher.RunAsync(cancel);
}

internal sealed class WebhookService(WebhookDispatcher dispatcher, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<WebhookService> logger)
    : PipelineService("webhooks", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => dispatcher.RunAsync(cancel);
}

internal sealed class DeadlineService(CaseDesk desk, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DeadlineService> logger)
    : PipelineService("deadlines", time, lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => desk.WatchDeadlinesAsync(cancel);
}
