// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Cases.Stores;
using Detector.Metering;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline.Retention;

/// <summary>Lets readings expire by the policy: what is due is read, made into hours and days, and replaced by them, some meters at a time.</summary>
/// <remarks>
/// Safe to stop at any moment: a batch of meters is one transaction of the store, and what was done is not due any more. Reading goes on beside the relay; only
/// the transaction waits for its turn, and the relay for it.
/// </remarks>
public sealed class RetentionSweep(
    ITimeline timeline,
    Relay relay,
    SeriesAssessor assessor,
    IRetentionHolds holds,
    RetentionOptions options,
    TimeProvider time,
    ILogger<RetentionSweep> logger)
{
    private const int MetersAtOnce = 64; // of a transaction
    private const int HoursAtOnce = 50_000; // a first sweep makes years of them a meter

    /// <summary>Sweeps until cancelled; returns at once where nothing ever expires.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!options.IsOn || timeline.Retention is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Every, time);
        do
        {
            try
            {
                await SweepAsync(cancel);
            }
            catch (TimelineUnavailableException away)
            {
                RetentionMetrics.Failed();
                Log.TimelineAway(logger, timeline.Kind, options.Every.TotalSeconds, away.Message);
            }
            catch (Exception refusal) when (StoreRefusal.IsTemporary(refusal))
            {
                RetentionMetrics.Failed(); // the open cases could not be asked for, so nothing may expire
                Log.HoldsUnknown(logger, options.Every.TotalSeconds, refusal.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancel));
    }

    /// <summary>What has expired by now and stays for the moment.</summary>
    public async Task<RetentionPlan> PlanAsync(CancellationToken cancel)
    {
        var ages = timeline.Retention is { } retention ? await retention.AgesAsync(cancel) : [];
        return ages.Count == 0 ? RetentionPlan.Nothing : await RetentionPlan.OfAsync(ages, CutsOf(ages), holds, cancel);
    }

    /// <summary>Lets expire what is due now.</summary>
    public async Task<SweepReport> SweepAsync(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var report = await SweepAsync(await PlanAsync(cancel), isRehearsal: false, cancel);
        RetentionMetrics.Swept(report, Stopwatch.GetElapsedTime(began));
        Log.Swept(logger, report.Readings, report.Meters, report.Bursts, report.HoursDropped, report.DaysDropped, report.PutOff, report.Holds.Count);
        return report;
    }

    /// <summary>What a sweep by a plan would come to; nothing is changed.</summary>
    public Task<SweepReport> RehearseAsync(RetentionPlan plan, CancellationToken cancel) => SweepAsync(plan, isRehearsal: true, cancel);

    private async Task<SweepReport> SweepAsync(RetentionPlan plan, bool isRehearsal, CancellationToken cancel)
    {
        if (timeline.Retention is not { } retention || plan == RetentionPlan.Nothing)
        {
            return new SweepReport();
        }

        var work = new SweepWork(retention, relay, plan, isRehearsal);
        foreach (var together in plan.Bursts.GroupBy(m => m.From))
        {
            await BurstsAsync(work, [.. together], cancel);
        }

        for (var due = plan.Readings; due.Count > 0 && !work.BrokenOff; due = work.TakeUnfinished())
        {
            foreach (var together in due.GroupBy(m => m.From))
            {
                await ReadingsAsync(work, [.. together], cancel);
            }
        }

        return await work.DropAsync(cancel);
    }

    /// <summary>The cuts by the clock, or by the newest reading where that is earlier.</summary>
    private RetentionCuts CutsOf(IReadOnlyList<MeterAge> ages)
    {
        var newest = ages.Max(age => age.Last);
        var now = time.GetUtcNow();
        return RetentionCuts.Of(options, newest < now ? newest : now);
    }

    private async Task ReadingsAsync(SweepWork work, IReadOnlyList<DueMeter> together, CancellationToken cancel)
    {
        var due = together.ToDictionary(m => m.Meter);
        var batch = new List<MeterExpiry>();
        var range = new TimeRange(together[0].From, work.Plan.Cuts.Hours!.Value.AddDays(RetentionCuts.MarginDays));
        await foreach (var columns in timeline.ReadManyAsync([.. due.Keys], range, cancel))
        {
            if (ExpiryOf(columns, due[columns.Meter], work) is { } expiry)
            {
                batch.Add(expiry);
            }

            if (batch.Count >= MetersAtOnce || batch.Sum(e => e.Hours.Count) >= HoursAtOnce)
            {
                if (!await work.ExpireAsync(batch, cancel))
                {
                    return;
                }

                batch.Clear();
            }
        }

        await work.ExpireAsync(batch, cancel);
    }

    private async Task BurstsAsync(SweepWork work, IReadOnlyList<DueMeter> together, CancellationToken cancel)
    {
        var batch = new List<BurstExpiry>();
        var until = work.Plan.Cuts.Bursts!.Value;
        var from = together[0].From;
        var range = new TimeRange(Margin(from), until.AddDays(RetentionCuts.MarginDays));
        await foreach (var columns in timeline.ReadManyAsync([.. together.Select(m => m.Meter)], range, cancel))
        {
            var series = assessor.Assess(columns).Series;
            batch.Add(new BurstExpiry(columns.Meter, until, BurstRuns.Of(columns, series, new TimeRange(from, until))));
            if (batch.Count >= MetersAtOnce)
            {
                if (!await work.ExpireAsync(batch, cancel))
                {
                    return;
                }

                batch.Clear();
            }
        }

        await work.ExpireAsync(batch, cancel);
    }

    /// <summary>What is to be kept and deleted of one meter; null where nothing is yet.</summary>
    private MeterExpiry? ExpiryOf(ReadingColumns columns, DueMeter due, SweepWork work)
    {
        var cuts = work.Plan.Cuts;
        var assessment = assessor.Assess(columns);
        var series = assessment.Series;
        if (series.Cadence > TimeSpan.FromHours(1))
        {
            // Its readings are no more than hours or days would be: they go when days go.
            return cuts.Daily is { } daily && columns.UnixMicroseconds[0] < Instants.ToUnixMicroseconds(daily)
                ? new MeterExpiry
                {
                    Meter = columns.Meter,
                    Readings = columns.Between(due.From, daily).Count,
                    Expiring = columns.Between(due.From, daily).Count,
                    HoursUntil = daily,
                    ReadingsUntil = daily,
                    Hours = [],
                    Days = [],
                }
                : null;
        }

        if (assessment.BeyondGrid > 0)
        {
            return FirstPartOf(columns, due, work, (int)series.Range.Length.TotalDays);
        }

        return HourlyExpiryOf(columns, series, due, cuts.Hours!.Value, cuts.Readings!.Value);
    }

    /// <summary>A stretch that is longer than a series may be, of seconds or less, expires part by part.</summary>
    private MeterExpiry FirstPartOf(ReadingColumns columns, DueMeter due, SweepWork work, int mostDays)
    {
        var until = due.From.AddDays(mostDays - RetentionCuts.MarginDays - 1);
        var part = columns.Between(due.From, until.AddDays(RetentionCuts.MarginDays));
        var series = assessor.Assess(part).Series;
        work.Unfinished(due with { From = until.AddDays(-RetentionCuts.MarginDays), HoursUntil = until });
        return HourlyExpiryOf(part, series, due, until, until.AddDays(-RetentionCuts.MarginDays));
    }

    private static MeterExpiry HourlyExpiryOf(ReadingColumns columns, LoadSeries series, DueMeter due, DateTimeOffset until, DateTimeOffset readingsUntil)
    {
        var from = due.HoursUntil is { } made && made > due.From ? made : due.From;
        var hours = from < until ? Downsampling.Hours(columns, series, new TimeRange(from, until)) : [];
        return new MeterExpiry
        {
            Meter = columns.Meter,
            Readings = columns.Between(due.From, until).Count,
            Expiring = columns.Between(due.From, readingsUntil).Count,
            HoursUntil = until,
            ReadingsUntil = readingsUntil,
            Hours = hours,
            Days = Downsampling.Days(hours),
        };
    }

    private static DateTimeOffset Margin(DateTimeOffset from) => from - DateTimeOffset.UnixEpoch > TimeSpan.FromDays(RetentionCuts.MarginDays) ? from.AddDays(-RetentionCuts.MarginDays) : from;
}
