// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;
using Detector.Recordings;
using Detector.Validation;

namespace Detector.Analysis.Corpora;

/// <summary>Reads recordings the way the product reads meters: through the same files, the same validation, the same hours.</summary>
internal static class RecordingReader
{
    private static readonly SeriesAssessor Assessor = new();

    /// <summary>One recording as hours; hours that validation excludes are missing.</summary>
    public static LoadSeries Hours(string file, MeterRegistration registration) => Hours(ReadingsSource.Open(file).Recordings().Single(), registration);

    /// <summary>The same of a recording that was read.</summary>
    public static LoadSeries Hours(MeterRecording recording, MeterRegistration registration)
    {
        var hours = HourlyLoad.From(Assessor.Assess(recording.ToColumns()).Series, registration.TimeZone);
        return new LoadSeries(recording.Meter, hours.Start, TimeSpan.FromHours(1), hours.Kilowatts, Flags(hours.Kilowatts));
    }

    /// <summary>A window as validation sees it: after something was added, stuck or coarse slots are others than before.</summary>
    public static LoadSeries AsValidated(LoadSeries window)
    {
        var times = new List<long>(window.Count);
        var power = new List<double>(window.Count);
        for (var i = 0; i < window.Count; i++)
        {
            if (!float.IsNaN(window.PowerKilowatts[i]))
            {
                times.Add((window.TimeOf(i) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
                power.Add((double)(decimal)window.PowerKilowatts[i]); // the decimal number that was written
            }
        }

        return Assessor.Assess(new ReadingColumns { Meter = window.Meter, UnixMicroseconds = [.. times], PowerKilowatts = [.. power] }).Series;
    }

    private static QualityFlags[] Flags(float[] values) => [.. values.Select(v => float.IsNaN(v) ? QualityFlags.Missing : QualityFlags.None)];
}
