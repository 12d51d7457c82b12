// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Dossier;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Timeline;

namespace Detector.Web;

/// <summary>What a dossier holds beyond the store of the cases; the command line and the API share it, so that both make the same bytes.</summary>
public static class DossierParts
{
    /// <summary>Readings and money from the timeline, the place from the register, and the models' papers.</summary>
    public static DossierSources Of(ITimeline timeline, RegistryHolder registry, PapersOfModel papers)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(registry);
        return new DossierSources
        {
            Readings = (meter, range, csv, cancel) => WriteAsync(timeline, meter, range, csv, cancel),
            Energy = timeline.ReadAsync,
            Place = (site, judged) => (registry.Current.OuterMetersOf(site, judged), registry.Current.MetersOf(site).Select(m => m.Region).FirstOrDefault(r => !string.IsNullOrEmpty(r))),
            Models = papers,
        };
    }

    /// <summary>Writes <c>timestamp_utc,value_kw,quality</c>, oldest first, the shortest digits that read back the same, line feeds only.</summary>
    private static async Task WriteAsync(ITimeline timeline, MeterId meter, TimeRange range, Stream csv, CancellationToken cancel)
    {
        await using var text = new StreamWriter(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await text.WriteLineAsync("timestamp_utc,value_kw,quality".AsMemory(), cancel);
        await foreach (var reading in timeline.ReadAsync(meter, range, cancel))
        {
            var power = double.IsFinite(reading.PowerKilowatts) ? reading.PowerKilowatts.ToString("R", CultureInfo.InvariantCulture) : string.Empty;
            await text.WriteLineAsync($"{UtcText.Write(reading.Time)},{power},{QualityFlagNames.Text(reading.Quality)}".AsMemory(), cancel);
        }
    }
}
