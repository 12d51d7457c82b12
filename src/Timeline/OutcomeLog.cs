// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Timeline;

/// <summary>Hands a batch's results over, with one line in the log where something was refused.</summary>
internal static class OutcomeLog
{
    public static WriteOutcome OutcomeLogged(this SplitBatch split, ILogger log, string kind)
    {
        var outcome = split.Outcome();
        if (outcome.Refusals.Count > 0 && log.IsEnabled(LogLevel.Warning))
        {
            var (first, why) = outcome.Refusals.MinBy(refusal => refusal.Key);
            Log.Refused(log, kind, outcome.Refusals.Count, split.Batch.Length, split.Batch.Span[first].Reading.Meter.Value, why);
        }

        return outcome;
    }
}
