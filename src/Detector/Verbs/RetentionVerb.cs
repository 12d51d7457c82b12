// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Journal;
using Detector.Pipeline.Retention;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Verbs;

/// <summary><c>retention</c>: what the policy would delete, the holds, and one sweep while no service runs.</summary>
internal static class RetentionVerb
{
    public static Command Build() => new("retention", """
        How long readings, hours and days are kept: what is due, what is held, and letting it expire.

        Nothing expires unless Timeline:Retention says so; a service that runs does it by itself, once a day.

        Examples:
          detector retention plan --data data --config detector.json
          detector retention holds --data data --format json
          detector retention run --data data --config detector.json
        """)
    {
        Plan(),
        Holds(),
        Run(),
    };

    private static Command Plan() => Make(
        "plan",
        "Shows what would be deleted now, and before which moment; changes nothing. keep_days 0 is for ever.",
        ["what", "keep_days", "before", "rows", "held_meters"],
        async (listing, settings, sweep, cancel) =>
        {
            var plan = await sweep.PlanAsync(cancel);
            var (kept, cuts) = (settings.Timeline.Retention, plan.Cuts);
            var due = await sweep.RehearseAsync(plan, cancel);
            listing.Add("readings", kept.RawDays, cuts.Readings, due.Readings, due.Holds.Count);
            listing.Add("bursts", kept.BurstDays, cuts.Bursts, due.Bursts, due.Holds.Count);
            listing.Add("hours", kept.HourlyDays, cuts.Hourly, due.HoursDropped, due.Holds.Count);
            listing.Add("days", kept.DailyDays, cuts.Daily, due.DaysDropped, due.Holds.Count);
            return ExitCode.Done;
        });

    private static Command Holds() => Make(
        "holds",
        "Lists the meters whose readings an open case holds, whatever their age.",
        ["meter", "case", "site"],
        async (listing, _, sweep, cancel) =>
        {
            foreach (var hold in (await sweep.PlanAsync(cancel)).Holds)
            {
                listing.Add(hold.Meter.Value, hold.Case, hold.Site);
            }

            return ExitCode.Done;
        });

    private static Command Run() => Make(
        "run",
        "Lets expire what is due, once. A running service does it by itself.",
        ["meters", "readings", "bursts", "hours_made", "hours", "days", "put_off_meters", "held_meters"],
        async (listing, _, sweep, cancel) =>
        {
            var report = await sweep.SweepAsync(cancel);
            listing.Add(report.Meters, report.Readings, report.Bursts, report.HoursMade, report.HoursDropped, report.DaysDropped, report.PutOff, report.Holds.Count);
            return report.BrokenOff ? ExitCode.Failed : ExitCode.Done;
        },
        needsPolicy: true);

    private static Command Make(
        string name, string description, string[] columns, Func<Listing, Settings, RetentionSweep, CancellationToken, Task<int>> work, bool needsPolicy = false)
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command(name, description) { format };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            if (needsPolicy && !settings.Timeline.Retention.IsOn)
            {
                throw new UsageException("Timeline:Retention:RawDays and BurstDays are 0: everything is kept for ever. Set them (--config, or DETECTOR__Timeline__Retention__RawDays).");
            }

            KeptStores.OpenBook(settings, "There are no readings").Dispose();
            try
            {
                await using var parts = await OfflineParts.OpenAsync(settings, cancel);
                if (parts.Timeline.Retention is null)
                {
                    throw new UsageException($"Timeline:Kind is '{settings.Timeline.Kind}'; with a token it keeps everything (docs/decisions/0023-retention.md).");
                }

                await using var desk = await Parts.OpenDeskAsync(settings, cancel);
                var registry = Parts.OpenRegistry(settings);
                var sweep = new RetentionSweep(
                    parts.Timeline,
                    parts.Relay.Relay,
                    new SeriesAssessor(),
                    new CaseHolds(desk, registry),
                    settings.Timeline.Retention,
                    TimeProvider.System,
                    NullLogger<RetentionSweep>.Instance);
                var listing = new Listing(columns);
                var code = await work(listing, settings, sweep, cancel);
                listing.Write(FormatOption.Of(parsed, format), Console.Out);
                return code;
            }
            catch (JournalInUseException)
            {
                throw new UsageException($"A service runs on {settings.Data.Folder}: it lets readings expire by itself, and its metrics (detector_retention_*) say what. Stop it first to look from here.");
            }
        });
        return command;
    }
}
