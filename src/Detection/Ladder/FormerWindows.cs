// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Ladder;

/// <summary>The windows that lie before the one judged, end to end, within a year: what a load was like in the quarters before.</summary>
/// <remarks>
/// What a window says of a load that has been the same for a year is partly chance: an outage more or less, a cold month. The mean over its windows says the same of every one of them
/// (detection-class, section 3: of mining that is half of a load from the first day 27 % of windows and 61 % of years are found at the same false rate; docs/decisions/0029).
/// </remarks>
internal static class FormerWindows
{
    /// <summary>Windows of a year, the one judged among them.</summary>
    public const int OfYear = 4;

    /// <summary>Fewest windows that are spoken of as a year, the one judged among them.</summary>
    public const int Least = 3;

    /// <summary>The former windows that could have been judged by themselves, the latest first; none where they and the one judged are too few.</summary>
    /// <param name="load">Hours up to the end of the window judged, its history among them.</param>
    /// <param name="first">Hour of the load at which the window judged begins.</param>
    /// <param name="options">What a window needs.</param>
    public static IReadOnlyList<HourlyLoad> Of(HourlyLoad load, int first, JudgeOptions options)
    {
        var hours = load.Count - first;
        if (hours < ModelThresholds.FullDays * 24)
        {
            return [];
        }

        HourlyLoad[] former =
        [
            .. Enumerable.Range(1, OfYear - 1).Select(k => first - (k * hours)).Where(from => from >= 0)
                .Select(from => load.Slice(from, hours)).Where(window => IsJudged(window, options)),
        ];
        return former.Length + 1 >= Least ? former : [];
    }

    private static bool IsJudged(HourlyLoad window, JudgeOptions options) =>
        window.Coverage >= options.MinimumCoverage && !ReadingsCheck.StandsStill(window.Kilowatts)
        && window.Kilowatts.Where(v => !float.IsNaN(v)).Average(v => (double)v) >= options.MinimumKilowatts && RunningLoad.Began(window) == 0;
}
