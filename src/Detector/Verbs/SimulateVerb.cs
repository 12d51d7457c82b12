// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Recordings;
using Detector.Simulation;

namespace Detector.Host.Verbs;

/// <summary><c>simulate</c>: a labelled fleet as files.</summary>
internal static class SimulateVerb
{
    // A multiple of a meter's step is not the double nearest to its decimal; no step has more places than these.
    private const int Decimals = 9;

    private static readonly string[] Tables = ["sites.csv", "labels.csv", "weather.csv"];

    public static Command Build()
    {
        var output = new Option<string>("--out") { Description = "Folder to write into; made where absent.", Required = true, HelpName = "DIR" };
        var sites = new Option<int>("--sites") { Description = "Number of sites.", DefaultValueFactory = _ => 60 };
        var days = new Option<int>("--days") { Description = "Days of history.", DefaultValueFactory = _ => 91 };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same files.", DefaultValueFactory = _ => 1 };
        var cadence = new Option<string>("--cadence") { Description = "Interval of the readings, such as 15m, 1m, 1s, 1h.", DefaultValueFactory = _ => "15m" };
        var start = new Option<string>("--start") { Description = $"First interval ({Moments.Help}).", DefaultValueFactory = _ => "2026-01-01T00:00:00Z" };
        var neighbourhoods = new Option<int>("--neighbourhoods") { Description = "Feeders with sub-meters beside the sites: in turn honest, tapped, with sites run together, with a load that moves.", DefaultValueFactory = _ => 0 };
        var force = new Option<bool>("--force") { Description = "Write into a folder that holds a fleet already: its files are removed first." };
        var command = new Command("simulate", """
            Writes a labelled fleet: readings/METER.csv.gz, sites.csv (what the sites declare), labels.csv (what they are) and weather.csv (outdoor temperatures of their regions).

            Examples:
              detector simulate --out fleet --sites 60 --days 91 --seed 7
              detector simulate --out minute --sites 20 --days 28 --cadence 1m
              detector simulate --out feeders --sites 1 --neighbourhoods 8
            """) { output, sites, days, seed, cadence, start, neighbourhoods, force };
        command.SetAction((parsed, cancel) =>
        {
            var options = new FleetOptions
            {
                Sites = parsed.GetValue(sites),
                Days = parsed.GetValue(days),
                Seed = parsed.GetValue(seed),
                Cadence = Durations.Parse("--cadence", parsed.GetValue(cadence)!),
                Start = Moments.Parse("--start", parsed.GetValue(start)!).Value,
            };
            if (options.Faults() is { Count: > 0 } faults)
            {
                throw new UsageException(string.Join('\n', faults));
            }

            var feeders = parsed.GetValue(neighbourhoods);
            if (feeders is < 0 or > 999)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--neighbourhoods is {feeders}; it must be from 0 to 999."));
            }

            MakeRoom(parsed.GetValue(output)!, parsed.GetValue(force));
            Write(options, feeders, parsed.GetValue(output)!, cancel);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // A smaller fleet would leave meters of the one before among its own, and score and train would take them for it.
    private static void MakeRoom(string folder, bool force)
    {
        var readings = Path.Combine(folder, "readings");
        string[] former =
        [
            .. Directory.Exists(readings) ? Directory.GetFiles(readings, "*.csv.gz") : [],
            .. Tables.Select(name => Path.Combine(folder, name)).Where(File.Exists),
        ];
        if (former.Length > 0 && !force)
        {
            throw new UsageException($"{folder} holds a fleet already ({former[0]}); name another --out, or give --force to have its files removed.");
        }

        Array.ForEach(former, File.Delete);
    }

    private static void Write(FleetOptions options, int feeders, string folder, CancellationToken cancel)
    {
        var readings = Directory.CreateDirectory(Path.Combine(folder, "readings")).FullName;
        var rows = new List<MeterRegistration>();
        var labels = new List<MeterLabel>();
        using var progress = new ProgressLine();
        foreach (var site in Fleet.Generate(options).Concat(Neighbourhood.Assortment(options, feeders).SelectMany(n => n.Sites.Prepend(n.Head))))
        {
            cancel.ThrowIfCancellationRequested();
            using (var file = ReadingsFileWriter.Create(Path.Combine(readings, site.Registration.Meter.Value + ".csv.gz"), ReadingsColumns.TimeAndPower))
            {
                foreach (var reading in site.Readings)
                {
                    file.Write(reading with { PowerKilowatts = Math.Round(reading.PowerKilowatts, Decimals) });
                }
            }

            rows.Add(site.Registration);
            labels.Add(LabelOf(site));
            progress.Show($"{rows.Count} meters written");
        }

        SitesFile.Write(Path.Combine(folder, "sites.csv"), rows);
        LabelsFile.Write(Path.Combine(folder, "labels.csv"), labels);
        WeatherFile.Write(Path.Combine(folder, "weather.csv"), Fleet.Temperatures(options));
        Console.WriteLine(folder);
    }

    private static MeterLabel LabelOf(SimulatedSite site) => new()
    {
        Site = site.Registration.Site,
        Meter = site.Registration.Meter,
        Mines = site.Truth.Mines,
        Share = site.Truth.MiningShare,
        Onset = site.Truth.Onset,
        Class = site.Truth.LoadClass,
        Style = site.Truth.MiningStyle ?? string.Empty,
    };
}
