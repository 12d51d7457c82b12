// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;
using Detector.Host.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Detector.Host.Hosting;

/// <summary>What the service tells of itself: metrics for Prometheus always (docs/metrics.md), traces over OTLP where configured.</summary>
internal static class Telemetry
{
    // The library's own boundaries begin at 5, as if times were in milliseconds.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
    private static readonly double[] Counts = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];

    public static void Add(IServiceCollection services, TracesOptions traces)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("detector"));
        telemetry.WithMetrics(metrics => metrics
            .AddMeter("Detector.*")
            .AddMeter("Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddView(BoundariesOf)
            .AddPrometheusExporter());
        if (traces.Endpoint is { } endpoint)
        {
            // What follows a message, from its flush to the judgement, is recorded where the message is.
            telemetry.WithTracing(spans => spans
                .AddSource("Detector.*")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(traces.MessageShare)))
                .AddOtlpExporter(otlp =>
                {
                    otlp.Endpoint = traces.ExportTo(endpoint);
                    otlp.Protocol = traces.ExportProtocol;
                }));
        }
    }

    private static ExplicitBucketHistogramConfiguration? BoundariesOf(Instrument instrument) =>
        instrument.GetType().GetGenericTypeDefinition() != typeof(Histogram<>) || !instrument.Meter.Name.StartsWith("Detector.", StringComparison.Ordinal)
            ? null
            : new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Unit == "s" ? Seconds : Counts };
}
