// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>Outdoor temperatures of regions: <c>region,timestamp_utc,temperature_c</c>, all required; other columns are passed over.</summary>
public static class WeatherFile
{
    /// <summary>The columns that are written, in order.</summary>
    public const string Header = "region,timestamp_utc,temperature_c";

    private const int LongestRegion = 200;

    /// <summary>Reads a file, in its order.</summary>
    /// <exception cref="TableFileException">It has faults; all are named, with line and column.</exception>
    public static IReadOnlyList<OutdoorTemperature> Read(string path)
    {
        var table = new Table(path, Header.Split(','));
        var rows = new List<OutdoorTemperature>();
        while (table.Next())
        {
            var region = table["region"];
            if (region.Length is 0 or > LongestRegion)
            {
                table.Fault("region", region.Length == 0 ? "it is empty; write the region as the register names it." : $"it is longer than {LongestRegion} characters.");
            }

            var time = Moments.Of(table, "timestamp_utc");
            if (table.OrNull("timestamp_utc") is null)
            {
                table.Fault("timestamp_utc", "it is empty.");
            }
            else if (time is { } known && !TimeRange.All.Contains(known))
            {
                table.Fault("timestamp_utc", $"'{table["timestamp_utc"]}' is not from 1970 to 2199.");
            }

            if (CelsiusOf(table) is { } celsius && time is { } at)
            {
                rows.Add(new OutdoorTemperature(region, at.ToUniversalTime(), celsius));
            }
        }

        table.ThrowIfFaulty();
        return rows;
    }

    /// <summary>Writes a file, with hundredths of a degree.</summary>
    public static void Write(string path, IEnumerable<OutdoorTemperature> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var row in rows)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CsvFields.Quote(row.Region)},{Moments.Text(row.Time)},{row.Celsius:0.##}"));
        }
    }

    private static double? CelsiusOf(Table table)
    {
        var text = table["temperature_c"];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var celsius)
            && celsius is >= OutdoorTemperature.LowestCelsius and <= OutdoorTemperature.HighestCelsius)
        {
            return celsius;
        }

        table.Fault("temperature_c", $"'{text}' is not a temperature from {OutdoorTemperature.LowestCelsius:0} to {OutdoorTemperature.HighestCelsius:0} °C; leave out lines of hours that are not known.");
        return null;
    }
}
