// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Validation;

/// <summary>Counters of what validation found.</summary>
internal static class Metrics
{
    private static readonly Meter Source = new("Detector.Validation");
    private static readonly Counter<long> Quarantined = Source.CreateCounter<long>("detector.validation.quarantined", "{reading}", "Readings put into quarantine, by rule.");
    private static readonly Counter<long> Flagged = Source.CreateCounter<long>("detector.validation.flagged", "{reading}", "Readings marked and accepted, by rule.");

    public static void Quarantine(string rule) => Quarantined.Add(1, new KeyValuePair<string, object?>("rule", rule));

    public static void Flag(string rule) => Flagged.Add(1, new KeyValuePair<string, object?>("rule", rule));
}
