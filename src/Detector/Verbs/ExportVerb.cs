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
        var output = new Option<string>("--out") { Description = "Parquet file to write; one that is there is replaced once the new one is whole.", Required = true, HelpName = "FILE.parquet" };
        var meters = new Option<string[]>("--meter") { Description = "A meter; may be given several times. Every meter where left out.", HelpName = "METER" };
        var from = new Option<string?>("--from") { Description = "First moment, ISO 8601 with a zone.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "End, not included, ISO 8601 with a zone.", HelpName = "TIME" };
        var command = new Command("export", """
            Writes stored readings to a Parquet file, by meter and time, with all that is kept of them. Importing it elsewhere
            gives the same readings. The embedded store belongs to a running service: stop it first. InfluxDB can be read meanwhile.

            Examples:
              detector export --out readings.parquet --data data
              detector export --out january.parquet --meter m-17 --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z --config detector.json
            """) { output, meters, from, to };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var file = parsed.GetValue(output)!;
            if (!file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"--out is '{file}'; its name must end in .parquet, or import would not know what it is.");
            }

            var range = new TimeRange(Moment("--from", parsed.GetValue(from)) ?? TimeRange.All.From, Moment("--to", parsed.GetValue(to)) ?? TimeRange.All.To);
            await using var timeline = await Parts.OpenTimelineAsync(common.Load(parsed), cancel);
            var asked = parsed.GetValue(meters) is { Length: > 0 } named ? Named(named) : await timeline.MetersAsync(cancel);
            var (found, readings) = await WriteAsync(timeline, asked, range, file, cancel);
            var listing = new Listing("file", "meters", "readings");
            listing.Add(file, found, readings);
            listing.Write(Console.IsOutputRedirected ? OutputFormat.Json : OutputFormat.Table, Console.Out);
            return readings > 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
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
        return (found, writer.Count);
    }

    private static List<MeterId> Named(string[] names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => MeterId.TryOf(n, out var meter) ? meter : throw new UsageException($"--meter '{n}' is no meter name: {MeterId.Fault(n)}."))];

    private static DateTimeOffset? Moment(string option, string? text) => text is null
        ? null
        : Instants.TryParse(System.Text.Encoding.UTF8.GetBytes(text), UnixUnit.Seconds, out var moment) == InstantFault.None
            ? moment
            : throw new UsageException($"{option} is '{text}'; it must be a moment with a zone, such as 2026-01-01T00:00:00Z.");
}
