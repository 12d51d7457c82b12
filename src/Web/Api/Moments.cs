// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Web.Api;

/// <summary>Times in query strings: ISO 8601 with zone (none means UTC), or Unix seconds.</summary>
internal static class Moments
{
    private static readonly double FirstUnixSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly double LastUnixSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a time; null text is a valid absence.</summary>
    internal static bool TryParse(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            if (!(seconds >= FirstUnixSecond && seconds <= LastUnixSecond))
            {
                return false;
            }

            moment = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
            return true;
        }

        // A plus sign that was not escaped arrives as a space.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out parsed))
        {
            moment = parsed;
            return true;
        }

        return false;
    }
}
