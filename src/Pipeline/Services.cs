// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Outbox;
using Detector.Cases.Queues.Webhooks;
using Detector.Pipeline.Retention;
using Detector.Timeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Runs one endless part of the pipeline; a part that ends in a fault takes the service down, loudly.</summary>
internal abstract class PipelineService(string part, IHostApplicationLifetime lifetime, ILogger logger) : BackgroundService
{
    /// <summary>Does the part's work until cancelled.</summary>
    protected abstract Task WorkAsync(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its other parts meanwhile
        try
        {
            await WorkAsync(stoppingToken);
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
}

internal sealed class RelayService(Relay relay, IHostApplicationLifetime lifetime, ILogger<RelayService> logger)
    : PipelineService("relay", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => relay.RunAsync(cancel);
}

internal sealed class ReplayService(DeadLetterDesk desk, IHostApplicationLifetime lifetime, ILogger<ReplayService> logger)
    : PipelineService("dead letters", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => desk.ServeRequestsAsync(cancel);
}

internal sealed class WatchService(Watch watch, WatchOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<WatchService> logger)
    : PipelineService("watch", lifetime, logger)
{
    protected override async Task WorkAsync(CancellationToken cancel)
    {
        while (!await RebuiltAsync(cancel))
        {
            await Task.Delay(options.RetryRebuildEvery, time, cancel);
        }

        await watch.RunAsync(cancel);
    }

    private async Task<bool> RebuiltAsync(CancellationToken cancel)
    {
        try
        {
            await watch.RebuildAsync(cancel);
            return true;
        }
        catch (TimelineUnavailableException away)
        {
            Log.TimelineAway(logger, "of the watch", options.RetryRebuildEvery.TotalSeconds, away.Message);
            return false;
        }
    }
}

internal sealed class BurstService(BurstDesk bursts, IHostApplicationLifetime lifetime, ILogger<BurstService> logger)
    : PipelineService("bursts", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => bursts.RunAsync(cancel);
}

internal sealed class RetentionService(RetentionSweep sweep, IHostApplicationLifetime lifetime, ILogger<RetentionService> logger)
    : PipelineService("retention", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => sweep.RunAsync(cancel);
}

internal sealed class OutboxService(OutboxPublisher publisher, IHostApplicationLifetime lifetime, ILogger<OutboxService> logger)
    : PipelineService("outbox", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => publisher.RunAsync(cancel);
}

internal sealed class WebhookService(WebhookDispatcher dispatcher, IHostApplicationLifetime lifetime, ILogger<WebhookService> logger)
    : PipelineService("webhooks", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => dispatcher.RunAsync(cancel);
}

internal sealed class DeadlineService(CaseDesk desk, IHostApplicationLifetime lifetime, ILogger<DeadlineService> logger)
    : PipelineService("deadlines", lifetime, logger)
{
    protected override Task WorkAsync(CancellationToken cancel) => desk.WatchDeadlinesAsync(cancel);
}
