// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Detector.Host.Verbs;

/// <summary>Moments as people type them: ISO 8601, UTC where no zone is given.</summary>
internal static class Moments
{
    /// <summary>The moment that an option names; null where it is not given.</summary>
    /// <exception cref="UsageException">It is not a moment.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public static DateTimeOffset? Parse(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new UsageException($"{option} is '{text}'; it must be a moment such as 2026-04-02T00:00:00Z.");
    }
}
