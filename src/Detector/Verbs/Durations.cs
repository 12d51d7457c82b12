// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Host.Verbs;

/// <summary>Durations as people type them: <c>60s</c>, <c>15m</c>, <c>1h</c>, <c>2d</c>, <c>0.1s</c>.</summary>
internal static class Durations
{
    public static TimeSpan Parse(string option, string text)
    {
        var unit = text.Length > 0 ? text[^1] : ' ';
        double? seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => null };
        return seconds is { } factor && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? TimeSpan.FromSeconds(number * factor)
            : throw new UsageException($"{option} is '{text}'; it must be a number and a unit, such as 60s, 15m, 1h or 2d.");
    }
}
