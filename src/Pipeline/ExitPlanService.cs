// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Timeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Holds exit plans against the readings once an hour; what changes becomes an event of the case.</summary>
internal sealed class ExitPlanService(
    MeasureDesk measures, ITimeline timeline, RegistryHolder registry, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ExitPlanService> logger)
    : PipelineService("exit plans", time, lifetime, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1); // ceilings are on the mean of a clock hour

    protected override async Task WorkAsync(CancellationToken cancel)
    {
        while (true)
        {
            await measures.CheckExitPlansAsync(site => registry.Current.OuterMetersOf(site, []), timeline.ReadAsync, cancel);
            await Task.Delay(Every, Time, cancel);
        }
    }
}
