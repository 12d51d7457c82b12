// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Timeline;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Writes a batch until the timeline has taken it, however long that takes, and enters the outcome in the settlement.</summary>
internal sealed class TimelineWriter(ITimeline timeline, MeterStates meters, RelayOptions options, TimeProvider time, ILogger<TimelineWriter> logger)
{
    /// <summary>Why it waits, in words; null while it does not.</summary>
    public string? WaitingFor { get; private set; }

    public async Task WriteAsync(ReadBatch batch, CancellationToken cancel)
    {
        if (batch.Accepted.IsEmpty)
        {
            return;
        }

        var outcome = await PersistAsync(batch.Accepted, cancel);
        Enter(batch.Accepted.Span, outcome, batch.Settlement);
    }

    private async Task<WriteOutcome> PersistAsync(ReadOnlyMemory<ArrivedReading> batch, CancellationToken cancel)
    {
        for (var wait = options.FirstWait; ; wait = options.Longer(wait))
        {
            using var activity = Traces.Write(timeline.Kind, batch.Length);
            try
            {
                var outcome = await timeline.WriteAsync(batch, cancel);
                if (WaitingFor is not null)
                {
                    Log.TimelineBack(logger, timeline.Kind);
                    WaitingFor = null;
                }

                return outcome;
            }
            catch (TimelineUnavailableException away)
            {
                activity?.SetStatus(ActivityStatusCode.Error, away.Message);
                activity?.Stop(); // the wait is not part of the attempt
                WaitingFor = $"the timeline ({timeline.Kind}) does not answer: {away.Message}";
                Log.TimelineAway(logger, timeline.Kind, wait.TotalSeconds, away.Message);
                await Task.Delay(wait, time, cancel);
            }
        }
    }

    private void Enter(ReadOnlySpan<ArrivedReading> batch, WriteOutcome outcome, Settlement settlement)
    {
        meters.Stored(batch, outcome.Results, time.GetUtcNow());
        var traced = Activity.Current?.Source == Traces.Source ? Activity.Current : null;
        long stored = 0;
        long duplicate = 0;
        long held = 0;
        for (var i = 0; i < batch.Length; i++)
        {
            ref readonly var arrived = ref batch[i];
            switch (outcome.Results[i])
            {
                case WriteResult.Stored:
                    stored++;
                    meters.Traces.Stored(arrived.Reading.Meter, traced);
                    break;
                case WriteResult.Duplicate:
                    duplicate++;
                    break;
                case WriteResult.Conflict:
                    held++;
                    settlement.Quarantined.Add(new QuarantinedReading(0, arrived.Position, arrived.Index, arrived.Reading, "conflict", "Another value is stored for this meter and time; the stored one stays."));
                    break;
                case WriteResult.Refused:
                    held++;
                    settlement.Quarantined.Add(new QuarantinedReading(0, arrived.Position, arrived.Index, arrived.Reading, "store_refused", outcome.Refusals[i]));
                    break;
                case WriteResult.Expired:
                    held++;
                    settlement.Quarantined.Add(new QuarantinedReading(0, arrived.Position, arrived.Index, arrived.Reading, "expired", "The readings of this time have expired (Timeline:Retention); the hours that were made of them stay as they are."));
                    break;
                default:
                    throw new InvalidOperationException($"BUG: the timeline gave {outcome.Results[i]} for reading {i}.");
            }
        }

        settlement.Counts += new SettledCounts(0, stored, duplicate, held, 0);
    }
}
