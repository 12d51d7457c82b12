// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Web;

/// <summary>What the web part counts.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new("Detector.Web");

    /// <summary>Requests refused, by reason.</summary>
    internal static readonly Counter<long> Refused = Meter.CreateCounter<long>("detector.web.refused", "{request}", "Requests refused, by reason: unauthenticated, forbidden, rate.");

    /// <summary>Sign-ins, by result.</summary>
    internal static readonly Counter<long> SignIns = Meter.CreateCounter<long>("detector.web.sign_ins", "{attempt}", "Sign-in attempts on the console, by result.");

    /// <summary>Readings that left by HTTP.</summary>
    internal static readonly Counter<long> ReadingsServed = Meter.CreateCounter<long>("detector.web.readings_served", "{reading}", "Readings streamed to clients.");

    /// <summary>Trends that were not kept.</summary>
    internal static readonly Counter<long> TrendsRead = Meter.CreateCounter<long>("detector.web.trends_read", "{meter}", "Trends of meters read from the store for a list, because none was kept or it was a day old.");

    /// <summary>Open event streams.</summary>
    internal static readonly UpDownCounter<long> EventStreams = Meter.CreateUpDownCounter<long>("detector.web.event_streams", "{stream}", "Clients that follow the events now.");
}
