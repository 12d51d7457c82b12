// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Recordings;

/// <summary>Moments in tables: ISO 8601 with a zone, Unix seconds, or a date alone, which begins at midnight UTC.</summary>
internal static class Moments
{
    /// <summary>A moment as it is written, to the second; empty where there is none.</summary>
    public static string Text(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? string.Empty;

    public static DateTimeOffset? Of(Table table, string column)
    {
        if (table.OrNull(column) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        if (Instants.TryParse(Encoding.UTF8.GetBytes(text), UnixUnit.Seconds, out var moment) == InstantFault.None)
        {
            return moment;
        }

        table.Fault(column, $"'{text}' is not a date or a time; write 2026-01-31 or 2026-01-31T08:00:00+08:00.");
        return null;
    }
}
