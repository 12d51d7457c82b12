// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary>Moments as people type them: ISO 8601 with a zone, Unix seconds, or a date alone, which begins at midnight UTC.</summary>
internal static class Moments
{
    /// <summary>What a moment may be, for help.</summary>
    public const string Help = "ISO 8601 with zone, or Unix seconds";

    /// <summary>The moment that an option names; null where it is not given.</summary>
    /// <exception cref="UsageException">It is not a moment.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public static DateTimeOffset? Parse(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        return Instants.TryParse(Encoding.UTF8.GetBytes(text), UnixUnit.Seconds, out var moment) switch
        {
            InstantFault.None => moment,
            InstantFault.NoZone => throw new UsageException($"{option} is '{text}', which has no zone; append Z for UTC, or an offset such as +08:00."),
            _ => throw new UsageException($"{option} is '{text}'; it must be a moment such as 2026-04-02T00:00:00Z, or Unix seconds."),
        };
    }
}
