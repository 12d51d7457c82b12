// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;

namespace Detector.Cases.Lists;

/// <summary>The energy of a surcharge as CSV, a line a stretch: the API and the dossier write the same.</summary>
public static class SurchargeCsv
{
    /// <summary>The line of the columns' names.</summary>
    public static string Head { get; } = CsvText.Line("meter", "reading_utc", "from_utc", "to_utc", "kw", "kwh", "period", "yuan_per_kwh", "in_high", "in_likely", "in_low");

    /// <summary>The line of a stretch.</summary>
    public static string Line(SurchargeTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return CsvText.Line(
            trace.Meter.Value, trace.Reading, trace.From, trace.To, trace.Kilowatts, trace.KilowattHours, trace.Period, trace.YuanPerKilowattHour, trace.High ? 1 : 0, trace.Likely ? 1 : 0, trace.Low ? 1 : 0);
    }
}
