// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Pipeline.Retention;

/// <summary>The transactions of one sweep, each in the relay's turn, and what they came to. A rehearsal only counts.</summary>
internal sealed class SweepWork(IRetention retention, Relay relay, RetentionPlan plan, bool isRehearsal)
{
    private readonly HashSet<MeterId> _left = [];
    private List<DueMeter> _unfinished = [];
    private SweepReport _report = new() { Holds = plan.Holds };

    public RetentionPlan Plan => plan;

    /// <summary>Whether a replay is asked for: the rest is left to the next sweep.</summary>
    public bool BrokenOff => _report.BrokenOff;

    /// <summary>Notes that a part of a meter's stretch is left after the batch at hand.</summary>
    public void Unfinished(DueMeter rest) => _unfinished.Add(rest);

    /// <summary>What is left of the meters that expired in parts; those that were put off wait for the next sweep.</summary>
    public List<DueMeter> TakeUnfinished()
    {
        var unfinished = _unfinished.FindAll(rest => !_left.Contains(rest.Meter));
        _unfinished = [];
        return unfinished;
    }

    /// <summary>Lets readings expire; false where the sweep must end.</summary>
    public Task<bool> ExpireAsync(List<MeterExpiry> batch, CancellationToken cancel) => SettledAsync(
        batch.Count,
        async position =>
        {
            var outcome = isRehearsal ? new ExpiryOutcome(batch.Sum(meter => meter.Expiring), []) : await retention.ExpireAsync(batch, position, cancel);
            _left.UnionWith(outcome.PutOff);
            _report = _report with
            {
                Meters = _report.Meters + batch.Count - outcome.PutOff.Count,
                Readings = _report.Readings + outcome.Readings,
                HoursMade = _report.HoursMade + batch.ExceptBy(outcome.PutOff, meter => meter.Meter).Sum(meter => (long)meter.Hours.Count),
                PutOff = _report.PutOff + outcome.PutOff.Count,
            };
        },
        cancel);

    /// <summary>Lets bursts expire; false where the sweep must end.</summary>
    public Task<bool> ExpireAsync(List<BurstExpiry> batch, CancellationToken cancel) => SettledAsync(
        batch.Count,
        async position =>
        {
            var outcome = isRehearsal
                ? new ExpiryOutcome(batch.Sum(meter => meter.Spans.Sum(span => (long)span.Times.Count)), [])
                : await retention.ExpireBurstsAsync(batch, position, cancel);
            _report = _report with { Bursts = _report.Bursts + outcome.Readings, PutOff = _report.PutOff + outcome.PutOff.Count };
        },
        cancel);

    /// <summary>Deletes the hours and days that are due, and gives the account of the sweep.</summary>
    public async Task<SweepReport> DropAsync(CancellationToken cancel)
    {
        var held = plan.Holds.Select(hold => hold.Meter).ToHashSet();
        if (plan.Cuts.Hourly is { } hourly)
        {
            _report = _report with { HoursDropped = await DropAsync(AggregateLength.Hour, hourly, held, cancel) };
        }

        if (plan.Cuts.Daily is { } daily)
        {
            _report = _report with { DaysDropped = await DropAsync(AggregateLength.Day, daily, held, cancel) };
        }

        return _report;
    }

    private Task<long> DropAsync(AggregateLength length, DateTimeOffset before, HashSet<MeterId> held, CancellationToken cancel) =>
        isRehearsal ? retention.CountAsync(length, before, held, cancel) : retention.DropAsync(length, before, held, cancel);

    private async Task<bool> SettledAsync(int meters, Func<long, Task> work, CancellationToken cancel)
    {
        if (meters == 0)
        {
            return true;
        }

        if (_report.BrokenOff || !await relay.WhileSettledAsync(work, cancel))
        {
            _report = _report with { BrokenOff = true, PutOff = _report.PutOff + meters };
            return false;
        }

        return true;
    }
}
