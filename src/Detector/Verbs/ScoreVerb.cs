// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Neighbours;
using Detector.Recordings;
using Detector.Validation;

namespace Detector.Host.Verbs;

/// <summary><c>score</c>: judges recordings; needs no server and leaves nothing behind.</summary>
internal static class ScoreVerb
{
    public static Command Build()
    {
        var readings = new Option<string>("--readings") { Description = "A readings file, or a folder searched recursively (CSV, CSV.GZ, Parquet).", Required = true, HelpName = "PATH" };
        var sites = new Option<string?>("--sites") { Description = "Sites file: what the meters' sites declared, their capacity and time zone.", HelpName = "FILE" };
        var model = new Option<string?>("--model") { Description = "Folder of a model; the shipped one by default.", HelpName = "DIR" };
        var asOf = new Option<string?>("--as-of") { Description = $"Judge as of this moment ({Moments.Help}); each meter's last reading by default.", HelpName = "TIME" };
        var budget = new Option<double?>("--alert-budget") { Description = "False cases a week that the fleet may raise; the stricter of it and the model's threshold stands.", HelpName = "CASES" };
        var fleet = new Option<int?>("--fleet") { Description = "Meters of the fleet that the budget is for; those of the sites file by default.", HelpName = "METERS" };
        var format = FormatOption.Make();
        var command = new Command("score", """
            Judges recordings and prints one finding a meter, most suspicious first. Where the sites file names parent meters, one
            more finding for each, of what its sub-meters and losses leave: METER~residual. Readings pass the rules of an import:
            what these keep apart is left out and counted under quality. How many of the cases must be expected to be false is
            said on standard error.

            Examples:
              detector score --readings recordings/
              detector score --readings week.csv.gz --sites sites.csv --format json
              detector score --readings recordings/ --as-of 2026-04-02T00:00:00Z --format csv
              detector score --readings recordings/ --alert-budget 10 --fleet 20000
            """) { readings, sites, model, asOf, budget, fleet, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var moment = Moments.Parse("--as-of", parsed.GetValue(asOf));
            var registry = parsed.GetValue(sites) is { } file ? new SiteRegistry(SitesFile.Read(file)) : SiteRegistry.Empty;
            var options = new Detection.JudgeOptions { AlertBudget = parsed.GetValue(budget), FleetMeters = parsed.GetValue(fleet) };
            var judge = Parts.MakeJudge(parsed.GetValue(model), Parts.ForFleet(options, registry));
            var findings = Score(parsed.GetValue(readings)!, registry, judge, moment, cancel);
            Write(findings, FormatOption.Of(parsed, format));
            await Console.Error.WriteLineAsync(FalseDiscovery.Of(findings).Text.AsMemory(), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static List<Finding> Score(string path, SiteRegistry registry, Detection.Judge judge, DateTimeOffset? asOf, CancellationToken cancel)
    {
        var source = ReadingsArgument.Open(path);
        var validator = new ReadingValidator(new ValidationOptions());
        var assessor = new SeriesAssessor();
        var options = new NeighbourOptions();
        var neighbours = new NeighbourRun(registry, options, asOf);
        using var progress = new ProgressLine();
        var done = 0;
        var findings = source.Recordings()
            .AsParallel()
            .WithCancellation(cancel)
            .Select(recording =>
            {
                var admitted = AdmittedReadings.Of(recording.ToColumns().InOrder(), registry, validator);
                var (readings, registration) = Installed(admitted.Readings, registry, asOf);
                var series = assessor.Assess(readings).Series;
                var finding = judge.Assess(series, registration, asOf);
                finding = finding with { Quality = admitted.Counted(finding.Quality, finding.Window) };
                neighbours.Observe(series, finding);
                progress.Show(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref done)} meters judged"));
                return finding;
            })
            .ToList();

        var residuals = neighbours.VirtualMeters()
            .AsParallel()
            .WithCancellation(cancel)
            .Select(meter => meter.Complete(judge.Assess(meter.Residual, meter.Registration, asOf), options));
        return [.. findings
            .Select(neighbours.Apply)
            .Concat(residuals)
            .OrderByDescending(f => f.Verdict == Verdict.Insufficient ? (f.Probability ?? -1) - 1 : f.Probability ?? 0)
            .ThenByDescending(f => f.Verdict)
            .ThenBy(f => f.Meter.Value, StringComparer.Ordinal)];
    }

    /// <summary>The readings since the meter came to the site where it is at the end of them, or at the moment judged at.</summary>
    private static (ReadingColumns Readings, MeterRegistration Registration) Installed(ReadingColumns readings, SiteRegistry registry, DateTimeOffset? asOf)
    {
        if (readings.Count == 0)
        {
            return (readings, registry.Of(readings.Meter));
        }

        var (row, installed) = registry.InstallationOf(readings.Meter, asOf ?? Instants.FromUnixMicroseconds(readings.UnixMicroseconds[^1]));
        return (readings.Between(installed.From, installed.To), row);
    }

    private static void Write(List<Finding> findings, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(JsonOf(findings), FindingJson.Indented));
            return;
        }

        var listing = new Listing("meter", "site", "verdict", "probability", "p_value", "share", "onset", "days", "coverage", "because");
        foreach (var f in findings)
        {
            var because = f.Verdict == Verdict.Insufficient && f.Reasons.Count == 0 ? f.Missing.FirstOrDefault()?.Text : f.Reasons.FirstOrDefault()?.Text;
            listing.Add(f.Meter.Value, f.Site, f.Verdict.Name(), f.Probability, f.PValue, f.Share?.Likely, f.Onset?.Likely, Math.Round(f.Window.Length.TotalDays, 1), f.Coverage, because);
        }

        listing.Write(format, Console.Out);
    }

    /// <summary>The findings in the contract's shape. Where a file held no reading there was no window, and none is made up.</summary>
    private static object JsonOf(List<Finding> findings)
    {
        if (findings.TrueForAll(f => f.Window.Length > TimeSpan.Zero))
        {
            return findings;
        }

        return findings.ConvertAll(finding =>
        {
            var json = JsonSerializer.SerializeToNode(finding, FindingJson.Indented)!;
            if (finding.Window.Length <= TimeSpan.Zero)
            {
                json["window"] = null;
            }

            return json;
        });
    }
}
