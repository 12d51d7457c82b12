// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Timeline;

/// <summary>What is measured of the timelines.</summary>
internal static class Metrics
{
    private static readonly Meter Source = new("Detector.Timeline");

    private static readonly Counter<long> Readings = Source.CreateCounter<long>(
        "detector.timeline.readings", "{reading}", "Readings by result: stored, duplicate, conflict, refused, expired.");

    private static readonly Histogram<double> WriteDuration = Source.CreateHistogram<double>(
        "detector.timeline.write.duration", "s", "Time of one batch until it is durable.");

    private static readonly Counter<long> FailedWrites = Source.CreateCounter<long>(
        "detector.timeline.write.failures", "{batch}", "Batches that failed as a whole and will come again.");

    private static readonly Counter<long> LateReadings = Source.CreateCounter<long>(
        "detector.timeline.late", "{reading}", "Readings that had to be looked up because their meter has later ones.");

    private static readonly Counter<long> Retries = Source.CreateCounter<long>(
        "detector.timeline.retries", "{attempt}", "Requests repeated after a temporary failure.");

    private static readonly Gauge<int> Circuit = Source.CreateGauge<int>(
        "detector.timeline.circuit.state", "{state}", "State of the circuits to the store: 0 closed, 1 half open, 2 open.");

    /// <summary>Counts a written batch.</summary>
    public static void Written(string kind, SplitBatch batch, double seconds)
    {
        Span<long> counts = stackalloc long[6];
        foreach (var result in batch.Results)
        {
            counts[(int)result]++;
        }

        foreach (var result in Enum.GetValues<WriteResult>())
        {
            if (counts[(int)result] > 0)
            {
                Readings.Add(counts[(int)result], new("kind", kind), new("result", NameOf(result)));
            }
        }

        LateReadings.Add(batch.LookUp.Count, new KeyValuePair<string, object?>("kind", kind));
        WriteDuration.Record(seconds, new KeyValuePair<string, object?>("kind", kind));
        FailedWrites.Add(0, new KeyValuePair<string, object?>("kind", kind)); // shown from the first batch, so that the first failure is a rise
    }

    /// <summary>Counts a batch that failed as a whole.</summary>
    public static void Failed(string kind) => FailedWrites.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Counts a repeated request.</summary>
    public static void Retried(string kind) => Retries.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Notes the state of the circuit of reads or writes: 0 closed, 1 half open, 2 open.</summary>
    public static void CircuitIs(string kind, string operation, int state) =>
        Circuit.Record(state, new("kind", kind), new("operation", operation));

    private static string NameOf(WriteResult result) => result switch
    {
        WriteResult.Stored => "stored",
        WriteResult.Duplicate => "duplicate",
        WriteResult.Conflict => "conflict",
        WriteResult.Expired => "expired",
        _ => "refused",
    };
}
