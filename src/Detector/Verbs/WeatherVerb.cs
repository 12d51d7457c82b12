// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Recordings;

namespace Detector.Host.Verbs;

/// <summary><c>weather</c>: outdoor temperatures by region, looked at and brought in.</summary>
internal static class WeatherVerb
{
    public static Command Build() => new("weather", """
        Outdoor temperatures by region, for the load chart and for how a load follows the weather. A CSV file
        region,timestamp_utc,temperature_c with the regions of the register; values of one hour become its mean, and an
        hour that comes again is replaced. A running service shows them at once.

        Examples:
          detector weather put weather.csv --data data
          detector weather list --data data
        """)
    {
        List(),
        Put(),
    };

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists the regions of which temperatures are known.") { format };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            using var book = KeptStores.OpenWeather(common.Load(parsed));
            var listing = new Listing("region", "from", "to", "hours");
            foreach (var region in book.Regions())
            {
                listing.Add(region.Region, region.From, region.To, region.Hours);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Put()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var file = new Argument<string>("FILE") { Description = "The file of temperatures." };
        var command = new Command("put", "Keeps the temperatures of a file. One with faults changes nothing.") { file, format };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            using var book = Parts.OpenWeather(common.Load(parsed));
            var listing = new Listing("region", "hours");
            foreach (var (region, hours) in book.Put(Read(parsed.GetValue(file)!)).OrderBy(r => r.Key, StringComparer.Ordinal))
            {
                listing.Add(region, hours);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static IReadOnlyList<Metering.OutdoorTemperature> Read(string path)
    {
        try
        {
            return WeatherFile.Read(path);
        }
        catch (TableFileException faulty)
        {
            throw new UsageException(faulty.Message);
        }
    }
}
