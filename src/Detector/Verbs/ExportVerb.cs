// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Recordings.Parquet;
using Detector.Timeline;

namespace Detector.Host.Verbs;

/// <summary><c>export</c>: stored readings as a Parquet file, for analysts and for an import elsewhere.</summary>
internal static class ExportVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var aggregates = new Option<string?>("--aggregates") { Description = "hour or day: what is kept of readings that have expired, as CSV, instead of readings.", HelpName = "hour|day" };
        aggregates.AcceptOnlyFromAmong("hour", "day");
        var output = new Option<string>("--out") { Description = "File to write, Parquet of readings or CSV of aggregates; one that is there is replaced once the new one is whole.", Required = true, HelpName = "FILE" };
        var meters = new Option<string[]>("--meter") { Description = "A meter; may be given several times. Every meter where left out.", HelpName = "METER" };
        var from = new Option<string?>("--from") { Description = $"First moment ({Moments.Help}).", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = $"End, not included ({Moments.Help}).", HelpName = "TIME" };
        var command = new Command("export", """
            Writes stored readings to a Parquet file, by meter and time, with all that is kept of them. Importing it elsewhere
            gives the same readings. The embedded store belongs to a running service: stop it first. InfluxDB can be read meanwhile.

            Examples:
              detector export --out readings.parquet --data data
              detector export --out hours.csv --aggregates hour --data data
              detector export --out january.parquet --meter m-17 --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z --config detector.json
            """) { output, aggregates, meters, from, to };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var file = parsed.GetValue(output)!;
            var length = parsed.GetValue(aggregates);
            if (!file.EndsWith(length is null ? ".parquet" : ".csv", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException(length is null
                    ? $"--out is '{file}'; its name must end in .parquet, or import would not know what it is."
                    : $"--out is '{file}'; aggregates are no readings and are written as CSV, so its name must end in .csv.");
            }

            var range = new TimeRange(Moments.Parse("--from", parsed.GetValue(from)) ?? TimeRange.All.From, Moments.Parse("--to", parsed.GetValue(to)) ?? TimeRange.All.To);
            await using var timeline = await KeptStores.OpenTimelineAsync(common.Load(parsed), cancel);
            var asked = parsed.GetValue(meters) is { Length: > 0 } named ? Named(named) : await timeline.MetersAsync(cancel);
            var (found, rows) = length is null ? await WriteAsync(timeline, asked, range, file, cancel)
                : timeline.Retention is not { } retention ? throw new UsageException($"Timeline:Kind is '{timeline.Kind}', which keeps readings only; leave --aggregates out.")
                : await AggregatesCsv.WriteAsync(retention, length == "day" ? AggregateLength.Day : AggregateLength.Hour, asked, range, file, cancel);
            var listing = new Listing("file", "meters", length is null ? "readings" : length + "s");
            listing.Add(file, found, rows);
            listing.Write(Console.IsOutputRedirected ? OutputFormat.Json : OutputFormat.Table, Console.Out);
            return rows > 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Says what is not in the file because it has expired.</summary>
    private static async Task TellExpiredAsync(ITimeline timeline, IReadOnlyList<MeterId> meters, TimeRange range, CancellationToken cancel)
    {
        if (timeline.Retention is not { } retention)
        {
            return;
        }

        var (expired, until) = (0, DateTimeOffset.MinValue);
        foreach (var meter in meters)
        {
            if (await retention.HorizonAsync(meter, cancel) is { } horizon && range.From < horizon.ReadingsFrom)
            {
                expired++;
                until = horizon.ReadingsFrom > until ? horizon.ReadingsFrom : until;
            }
        }

        if (expired > 0)
        {
            await Console.Error.WriteLineAsync($"Of {expired} meters the readings from before {UtcText.Write(until)} or earlier have expired and are not in the file; --aggregates hour or day writes what is kept of them.");
        }
    }

    private static async Task<(long Meters, long Readings)> WriteAsync(ITimeline timeline, IReadOnlyList<MeterId> meters, TimeRange range, string file, CancellationToken cancel)
    {
        using var progress = new ProgressLine();
        await using var writer = await ParquetReadingsWriter.CreateAsync(file);
        long found = 0;
        foreach (var meter in meters)
        {
            var before = writer.Count;
            await foreach (var reading in timeline.ReadAsync(meter, range, cancel))
            {
                await writer.AddAsync(reading);
            }

            found += writer.Count > before ? 1 : 0;
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{writer.Count} readings of {found} meters written"));
        }

        await writer.CompleteAsync();
        await TellExpiredAsync(timeline, meters, range, cancel);
        return (found, writer.Count);
    }

    private static List<MeterId> Named(string[] names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => MeterId.TryOf(n, out var meter) ? meter : throw new UsageException($"--meter '{n}' is no meter name: {MeterId.Fault(n)}."))];
}
