// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Diagnostics;
using Detector.Journal;
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>Spans of the pipeline: a batch in the trace of a message in it, the store within the batch, a judgement in the trace of the batch that its readings came with.</summary>
internal static class Traces
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Detector.Pipeline";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>A batch that holds a traced message; null for any other.</summary>
    public static Activity? Batch(ArrivalTraces arrivals, ReadBatch batch) =>
        arrivals.Continue(Source, "relay.batch", batch.First, batch.Settlement.Position)?.SetTag("detector.messages", batch.Messages);

    /// <summary>Writes on a batch's span what it came to.</summary>
    public static void Came(this Activity activity, Settlement settlement) => activity
        .SetTag("detector.received", settlement.Counts.Received)
        .SetTag("detector.stored", settlement.Counts.Stored)
        .SetTag("detector.duplicate", settlement.Counts.Duplicate)
        .SetTag("detector.quarantined", settlement.Counts.Quarantined)
        .SetTag("detector.dead_lettered", settlement.Counts.DeadLettered);

    /// <summary>One attempt to write a batch, within a traced one.</summary>
    public static Activity? Write(string store, int readings) => Activity.Current?.Source == Source
        ? Source.StartActivity("timeline.write", ActivityKind.Client)?.SetTag("db.system.name", store).SetTag("detector.readings", readings)
        : null;
}

/// <summary>The traced batch that a meter's readings last came with, until the meter is judged.</summary>
/// <remarks>Bounded: of more than <see cref="Most"/> meters that wait in traces all are forgotten, and their judgements have no span.</remarks>
internal sealed class MeterTraces
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<MeterId, ActivityContext> _batches = new();

    /// <summary>Notes that a reading of a meter was stored in the span at hand.</summary>
    public void Stored(MeterId meter, Activity? batch)
    {
        if (batch is { Recorded: true })
        {
            if (_batches.Count >= Most)
            {
                _batches.Clear();
            }

            _batches[meter] = batch.Context;
        }
    }

    /// <summary>A judgement in the trace of the batch that its readings came with; null where that is not traced.</summary>
    public Activity? Judge(MeterId meter) => _batches.TryRemove(meter, out var batch)
        ? Traces.Source.StartActivity("watch.judge", ActivityKind.Internal, batch)?.SetTag("detector.meter", meter.Value)
        : null;
}
