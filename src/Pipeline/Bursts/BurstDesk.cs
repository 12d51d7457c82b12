// SPDX-License-Identifier: Apache-2.0
using System.Threading.Channels;
using Detector.Detection;
using Detector.Metering;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline;

/// <summary>Asks meters for bursts when a verdict says that one would decide, within limits, and brings what came into later judgements.</summary>
/// <remarks>
/// Judging never waits for a broker: wishes queue up and are sent one by one. A wish that finds the queue full is counted and comes again with the
/// meter's next judgement.
/// </remarks>
public sealed class BurstDesk(
    BurstBook book,
    BurstRequests requests,
    ITimeline timeline,
    SeriesAssessor assessor,
    Judge judge,
    BurstRequestOptions options,
    TimeProvider time)
{
    private const string Wanted = "burst"; // MissingEvidence code

    private readonly Channel<Finding> _wishes =
        Channel.CreateBounded<Finding>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Notes that a finding would be decided by a burst; does nothing where it would not, or bursts are off.</summary>
    public void Consider(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (options.Enabled && finding.Missing.Any(m => m.Code == Wanted) && !_wishes.Writer.TryWrite(finding))
        {
            PipelineMetrics.BurstWish("queue_full");
        }
    }

    /// <summary>Sends what is wished until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var finding in _wishes.Reader.ReadAllAsync(cancel))
        {
            await AskAsync(finding, cancel);
        }
    }

    /// <summary>Asks now, within the limits; returns what became of it.</summary>
    public async Task<string> AskAsync(Finding finding, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var wish = new BurstRequest(finding.Meter, time.GetUtcNow(), options.Seconds, options.Hertz, finding.Verdict.Name(), "asked");
        var outcome = (await requests.AskAsync(wish, cancel)).Outcome;
        PipelineMetrics.BurstWish(outcome);
        return outcome;
    }

    /// <summary>A finding with what the meter's latest burst says; as it is where none was asked for lately, or none came.</summary>
    public async Task<Finding> ApplyAsync(Finding finding, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (!options.Enabled || finding.Verdict == Verdict.Insufficient
            || book.Latest(finding.Meter) is not { Outcome: "sent" } request || time.GetUtcNow() - request.Asked > options.CountsFor)
        {
            return finding;
        }

        var readings = new List<Reading>();
        var range = new TimeRange(request.Asked, request.Due);
        await foreach (var reading in timeline.ReadAsync(finding.Meter, range, cancel))
        {
            readings.Add(reading);
        }

        return judge.WithBurst(finding, assessor.Assess(finding.Meter, readings).Series);
    }
}
