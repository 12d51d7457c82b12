// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Cases.Printing;

/// <summary>Values as people read them in documents: one form everywhere.</summary>
internal static class CellText
{
    /// <summary>Absent values as a dash, times in UTC, numbers with at most four digits after the point; money keeps its cents.</summary>
    public static string Of(object? value) => value switch
    {
        null or "" => "–",
        DateTimeOffset time => UtcText.Write(time),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        decimal money => money.ToString("0.00##", CultureInfo.InvariantCulture),
        IFormattable other and (int or long) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.ReplaceLineEndings("\n"),
    };
}
