// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Neighbours;
using Detector.Timeline;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Sends requests for bursts, of verdicts and of people, under one set of limits, and says what came of them.</summary>
/// <remarks>
/// Limits are looked at and the request is entered in one step, so two requests at once send one command. A request that the broker did not take
/// counts in the hour; a person may repeat it at once, a verdict waits, so that a broker that is away is not asked in a circle.
/// </remarks>
public sealed class BurstRequests(
    BurstBook book, IMeterCommands commands, ITimeline timeline, BurstRequestOptions options, TimeProvider time, ILogger<BurstRequests> logger) : IBursts
{
    private const double EnoughShare = 0.5; // of the readings asked for: a meter's ordinary readings are far fewer
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();

    /// <inheritdoc />
    public BurstRequestOptions Options => options;

    /// <inheritdoc />
    public async Task<BurstStanding> StandingAsync(MeterId meter, CancellationToken cancel)
    {
        var latest = book.Latest(meter);
        var readings = latest is { Outcome: "sent" } ? await CountAsync(latest, cancel) : 0;
        var (refusal, from) = BarOf(meter) is { } bar ? (bar, null) : LimitOf(latest, repeatsFailed: true);
        return new BurstStanding(latest, StateOf(latest, readings), readings, refusal, from);
    }

    /// <inheritdoc />
    public async Task<BurstAnswer> AskAsync(MeterId meter, int seconds, double hertz, string by, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        var answer = BarOf(meter) is { } bar
            ? new BurstAnswer(bar)
            : await AskAsync(new BurstRequest(meter, time.GetUtcNow(), seconds, hertz, "none", "asked", by), cancel);
        PipelineMetrics.BurstWish(answer.Outcome);
        return answer;
    }

    /// <summary>Enters a request and sends it, unless a limit stands against it.</summary>
    internal async Task<BurstAnswer> AskAsync(BurstRequest request, CancellationToken cancel)
    {
        long id;
        lock (_gate)
        {
            if (LimitOf(book.Latest(request.Meter), repeatsFailed: request.By != BurstRequest.ByVerdict) is { Refusal: { } refusal, From: var from })
            {
                return new BurstAnswer(refusal, from);
            }

            id = book.Enter(request);
        }

        var fault = await commands.AskBurstAsync(request.Meter, TimeSpan.FromSeconds(request.Seconds), request.Hertz, cancel);
        book.Settle(id, fault is null ? "sent" : "failed");
        if (fault is null)
        {
            Log.BurstAsked(logger, request.Meter.Value, request.Seconds, request.Hertz, request.Verdict, request.By);
            return new BurstAnswer("sent");
        }

        Log.BurstNotAsked(logger, request.Meter.Value, request.By, fault);
        return new BurstAnswer("failed", Why: fault);
    }

    /// <summary>Why no person may ask, whatever was asked before; null where nothing bars it.</summary>
    private string? BarOf(MeterId meter) =>
        !options.Enabled ? "off"
        : meter.Value.EndsWith(Feeders.Suffix, StringComparison.Ordinal) ? "calculated"
        : commands.Away is not null ? "away"
        : null;

    private (string? Refusal, DateTimeOffset? From) LimitOf(BurstRequest? latest, bool repeatsFailed)
    {
        var now = time.GetUtcNow();
        if (latest is not null && now - latest.Asked < options.LeaveAloneFor && !(repeatsFailed && latest.Outcome == "failed"))
        {
            return ("left_alone", latest.Asked + options.LeaveAloneFor);
        }

        return book.CountAfter(now - Hour) >= options.MostPerHour ? ("hour_full", null) : (null, null);
    }

    private string StateOf(BurstRequest? latest, int readings) => latest switch
    {
        null => "none",
        { Outcome: "failed" } => "failed",
        { Outcome: "asked" } => time.GetUtcNow() < latest.Due ? "asked" : "failed", // its process ended before it was settled
        _ when readings >= Math.Max(2, EnoughShare * latest.Seconds * latest.Hertz) => "arrived",
        _ => time.GetUtcNow() < latest.Due ? "waiting" : "silent",
    };

    private async Task<int> CountAsync(BurstRequest request, CancellationToken cancel)
    {
        var count = 0;
        await foreach (var _ in timeline.ReadAsync(request.Meter, new TimeRange(request.Asked, request.Due), cancel))
        {
            count++;
        }

        return count;
    }
}
