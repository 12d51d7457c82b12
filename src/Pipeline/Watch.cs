// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Diagnostics;
using Detector.Cases;
using Detector.Cases.Stores;
using Detector.Metering;
using Detector.Pipeline.Drift;
using Detector.Profiles;
using Detector.Timeline;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Judges meters as their readings move on: timeline, series, profile, verdict, case.</summary>
/// <remarks>
/// A meter is due when it has gained a day of readings, or a late one, and has gone quiet. A judgement twice over the same
/// window is harmless: cases know it by meter, window and model. Where what came late is from before a move, the last window
/// of the site that the meter left is judged again, once each time the meter is judged. Which meters wait with late readings is
/// kept in memory: of those that a restart cuts off before they were judged, a site that a meter left is judged with the next late reading from before the move.
/// </remarks>
public sealed class Watch(
    ITimeline timeline,
    FleetJudge judge,
    NeighbourWatch neighbours,
    BurstDesk bursts,
    CaseDesk desk,
    MeterStates states,
    DriftBook drift,
    RegistryHolder registry,
    WatchOptions options,
    TimeProvider time,
    ILogger<Watch> logger)
{
    private long _judged;

    /// <summary>Judgements given since the start.</summary>
    public long Judged => Interlocked.Read(ref _judged);

    /// <summary>Live state from what is stored: latest readings, and the windows judged last.</summary>
    public async Task RebuildAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var judged = new Dictionary<MeterId, DateTimeOffset>();
        MeterId? after = null;
        do
        {
            var page = await desk.JudgedUntilAsync(after, VerdictFilter.MostRows, cancel);
            foreach (var (meter, until) in page)
            {
                judged[meter] = until;
            }

            after = page.Count == VerdictFilter.MostRows ? page[^1].Meter : null;
        }
        while (after is not null);

        foreach (var (meter, latest) in await timeline.LatestAsync(cancel))
        {
            states.Found(meter, latest, judged.TryGetValue(meter, out var until) ? until : null, now);
        }

        Log.Rebuilt(logger, states.Count);
    }

    /// <summary>Judges whatever is due until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.LookEvery, time);
        do
        {
            await JudgeDueAsync(cancel);
            SaveDrift();
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private void SaveDrift()
    {
        try
        {
            drift.Save();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Log.DriftRefused(logger, refused.Message); // what was counted stays in memory and is written with the next round
        }
    }

    /// <summary>Judges what is due now; returns how many meters that were.</summary>
    /// <remarks>The readings of all of them are read together: one meter's cost the store as much as a round's.</remarks>
    public async Task<int> JudgeDueAsync(CancellationToken cancel)
    {
        const int Round = 256; // a bounded round, so that meters that became due meanwhile get their turn by age
        var due = states.Due(options, time.GetUtcNow(), Round);
        if (due.Count == 0)
        {
            return 0;
        }

        var range = new TimeRange(due.Min(d => d.Latest) - options.History, TimeRange.All.To);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancel };
        try
        {
            var began = time.GetUtcNow(); // what is stored from here on may not be among what is read
            var past = await PastHoursAsync(due.ToDictionary(d => d.Meter, d => d.Latest), cancel);
            var missing = new ConcurrentDictionary<MeterId, bool>(due.Select(d => KeyValuePair.Create(d.Meter, true)));
            var readings = timeline.ReadManyAsync([.. due.Select(d => d.Meter)], range, cancel);
            await Parallel.ForEachAsync(readings, parallel, async (columns, stop) =>
            {
                missing.TryRemove(columns.Meter, out _);
                await JudgeSafelyAsync(columns, past.GetValueOrDefault(columns.Meter), began, stop);
            });
            foreach (var meter in missing.Keys)
            {
                states.PutOff(meter); // the store no longer has anything of it
            }
        }
        catch (TimelineUnavailableException away)
        {
            Log.TimelineAway(logger, timeline.Kind, options.LookEvery.TotalSeconds, away.Message);
        }
        catch (Exception refusal) when (StoreRefusal.IsTemporary(refusal))
        {
            Log.CasesRefused(logger, options.LookEvery.TotalSeconds, refusal.GetBaseException().Message);
        }

        return due.Count;
    }

    /// <summary>What is kept of the meters' expired readings, as far back as a judgement looks; it takes 9 bytes an hour.</summary>
    private async Task<Dictionary<MeterId, HourlyLoad>> PastHoursAsync(Dictionary<MeterId, DateTimeOffset> latest, CancellationToken cancel)
    {
        var past = new Dictionary<MeterId, HourlyLoad>();
        if (timeline.Retention is not { } retention)
        {
            return past;
        }

        var range = new TimeRange(latest.Values.Min() - options.History - TimeSpan.FromHours(1), TimeRange.All.To);
        await foreach (var (meter, hours) in retention.ReadAsync(AggregateLength.Hour, latest.Keys, range, cancel))
        {
            var (row, known) = InstallationAt(meter, latest[meter]);
            LoadAggregate[] seen = [.. hours.Where(hour => hour.Start + TimeSpan.FromHours(1) > known.From && hour.Start < known.To)];
            if (seen.Length > 0)
            {
                past.Add(meter, HourlyLoad.Of(seen, row.TimeZone));
            }
        }

        return past;
    }

    /// <summary>Judges one meter on what was read of it, and hands the finding to the cases.</summary>
    /// <param name="readings">The meter's readings, at least the history that a judgement is given.</param>
    /// <param name="past">Hours that are kept of readings that have expired; null where there are none.</param>
    /// <param name="began">When reading began.</param>
    /// <param name="cancel">Ends it.</param>
    private async Task JudgeAsync(ReadingColumns readings, HourlyLoad? past, DateTimeOffset began, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = states.Traces.Judge(readings.Meter);
        var latest = Instants.FromUnixMicroseconds(readings.UnixMicroseconds[^1]);
        states.Keep(readings.Meter, Trend.Of(readings, latest)); // of where the meter was before, too: it is the meter's
        var (row, installed) = registry.Current.InstallationOf(readings.Meter, latest);
        var known = Seen(installed, latest);
        await JudgeFormerAsync(readings.Meter, latest, cancel);
        readings = readings.Between(known.From, known.To);
        if (readings.Count == 0)
        {
            states.Judged(readings.Meter, latest, began); // out of service: what it still sends is kept, and of no site
            return;
        }

        var series = neighbours.SeriesOf(readings);
        var finding = neighbours.Take(series, judge.Current.Assess(series, row, asOf: null, past, out var profile));
        if (profile is not null)
        {
            drift.Count(profile, states.JudgedUntil(series.Meter));
        }

        finding = await bursts.ApplyAsync(finding, cancel);
        await (installed.To <= time.GetUtcNow()
            ? desk.ConsiderFormerAsync(finding, installed, cancel) // it has left, and nothing has come from where it is now
            : desk.ConsiderAsync(finding, installed, cancel));
        bursts.Consider(finding);
        if (await neighbours.ResidualAsync(series, cancel) is { } residual)
        {
            await desk.ConsiderAsync(residual, cancel);
        }

        states.Judged(series.Meter, latest, began);
        Interlocked.Increment(ref _judged);
        activity?.SetTag("detector.verdict", finding.Verdict.Name());
        PipelineMetrics.Judged(finding.Verdict, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Judges the last windows of the sites that a meter has left, back to the one that its earliest late reading is of.</summary>
    /// <remarks>
    /// By their readings alone: what neighbours show now, bursts and drift are of where the meter is now. Each is read by itself, as far back as it
    /// was left: meters move rarely, and late readings from before a move are rarer.
    /// </remarks>
    private async Task JudgeFormerAsync(MeterId meter, DateTimeOffset latest, CancellationToken cancel)
    {
        if (states.BehindOf(meter) is not { } behind)
        {
            return;
        }

        foreach (var (row, installed) in registry.Current.InstallationsBefore(meter, latest, behind))
        {
            var left = installed.To.AddTicks(-1); // the moment that it left is the next installation's, or nobody's
            var past = await PastHoursAsync(new Dictionary<MeterId, DateTimeOffset> { [meter] = left }, cancel);
            var range = installed.Within(new TimeRange(left - options.History, installed.To));
            await foreach (var readings in timeline.ReadManyAsync([meter], range, cancel))
            {
                var started = Stopwatch.GetTimestamp();
                var finding = judge.Current.Assess(neighbours.SeriesOf(readings), row, asOf: null, past.GetValueOrDefault(meter), out _);
                await desk.ConsiderFormerAsync(finding, installed, cancel);
                Interlocked.Increment(ref _judged);
                PipelineMetrics.Judged(finding.Verdict, Stopwatch.GetElapsedTime(started));
            }
        }
    }

    /// <summary>What holds of a meter at a moment, and the part of its history that may be judged by it: since it came to that site, and until it left.</summary>
    private (MeterRegistration Row, TimeRange Known) InstallationAt(MeterId meter, DateTimeOffset latest)
    {
        var (row, installed) = registry.Current.InstallationOf(meter, latest);
        return (row, Seen(installed, latest));
    }

    private TimeRange Seen(TimeRange installed, DateTimeOffset latest) => installed.Within(new TimeRange(latest - options.History, TimeRange.All.To));

    private async Task JudgeSafelyAsync(ReadingColumns readings, HourlyLoad? past, DateTimeOffset began, CancellationToken cancel)
    {
        try
        {
            await JudgeAsync(readings, past, began, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (TimelineUnavailableException)
        {
            throw; // not this meter's fault: the round ends and everything due stays due
        }
        catch (Exception refusal) when (StoreRefusal.IsTemporary(refusal))
        {
            PipelineMetrics.JudgementFailed();
            throw; // nor is this: its finding could not be kept
        }
#pragma warning disable CA1031 // one meter's fault must not stop the judging of the others; it is logged, counted, and tried again with its next readings
        catch (Exception fault)
        {
            Log.NotJudged(logger, fault, readings.Meter.Value);
            PipelineMetrics.JudgementFailed();
            states.PutOff(readings.Meter);
        }
#pragma warning restore CA1031
    }
}
