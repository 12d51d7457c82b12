// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Host.Verbs;

/// <summary>Hours or days of expired readings as CSV: a file of their own, because they are no readings and must not be imported as such.</summary>
internal static class AggregatesCsv
{
    private const string Head = "meter,from_utc,mean_kw,low_kw,high_kw,covered_s,kwh,cadence_s,readings,quality,kwh_register\n";
    private const int MetersAtOnce = 100;

    /// <summary>Writes them, by meter and time; the file is replaced once the new one is whole.</summary>
    /// <returns>How many meters and rows.</returns>
    public static async Task<(long Meters, long Rows)> WriteAsync(
        IRetention retention, AggregateLength length, IReadOnlyList<MeterId> meters, TimeRange range, string file, CancellationToken cancel)
    {
        var temporary = file + ".tmp";
        var (found, rows) = (0L, 0L);
        await using (var text = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            await text.WriteAsync(Head.AsMemory(), cancel);
            foreach (var some in meters.Chunk(MetersAtOnce))
            {
                await foreach (var (meter, kept) in retention.ReadAsync(length, some, range, cancel))
                {
                    found++;
                    rows += kept.Count;
                    foreach (var one in kept)
                    {
                        await text.WriteAsync(Line(meter, one).AsMemory(), cancel);
                    }
                }
            }
        }

        File.Move(temporary, file, overwrite: true);
        return (found, rows);
    }

    private static string Line(MeterId meter, in LoadAggregate kept) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quoted(meter.Value)},{UtcText.Write(kept.Start)},{Text(kept.PowerKilowatts)},{Text(kept.LowestKilowatts)},{Text(kept.HighestKilowatts)},{kept.Covered.TotalSeconds},{kept.EnergyKilowattHours:R},{kept.Cadence.TotalSeconds},{kept.Readings},{QualityFlagNames.Text(kept.Quality)},{Text(kept.RegisterKilowattHours)}\n");

    private static string Text(double value) => double.IsNaN(value) ? string.Empty : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
