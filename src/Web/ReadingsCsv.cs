// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Dossier;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Web;

/// <summary>The readings of a dossier, from the timeline; the command line and the API share it, so that both make the same bytes.</summary>
public static class ReadingsCsv
{
    /// <summary>Writes <c>timestamp_utc,value_kw,quality</c>, oldest first, the shortest digits that read back the same, line feeds only.</summary>
    public static ReadingsExcerpt Of(ITimeline timeline) => async (meter, range, csv, cancel) =>
    {
        await using var text = new StreamWriter(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync("timestamp_utc,value_kw,quality".AsMemory(), cancel);
        await foreach (var reading in timeline.ReadAsync(meter, range, cancel))
        {
            var power = double.IsFinite(reading.PowerKilowatts) ? reading.PowerKilowatts.ToString("R", CultureInfo.InvariantCulture) : string.Empty;
            await text.WriteLineAsync($"{UtcText.Write(reading.Time)},{power},{QualityFlagNames.Text(reading.Quality)}".AsMemory(), cancel);
        }
    };
}
