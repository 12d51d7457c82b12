// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change.Features;

namespace Detector.Detection.Change;

/// <summary>What a change needs beside its score to be a case: what an inspector would ask first.</summary>
/// <remarks>
/// It must be large enough to matter; have stayed for a week; be an addition to a load that was there, not a site that began; and, where thirteen
/// months are known, not be a return to what had been. Changes that fail are watched at most, and set no threshold of a case.
/// </remarks>
internal static class ChangeGuard
{
    private static readonly int Share = Index("added_share");
    private static readonly int DaysSince = Index("days_since");
    private static readonly int UnseenBase = Index(HistoryGroup.UnseenBase);

    /// <summary>Whether a change may be a case.</summary>
    public static bool Allows(float[] values, double kilowatts, JudgeOptions options) =>
        kilowatts >= options.MinimumAddedKilowatts && values[DaysSince] >= options.MinimumDaysSince
        && values[Share] <= options.MostAddedShare && !(values[UnseenBase] < -options.ReturnDepth);

    private static int Index(string name) => ChangeCatalog.Default().Features.ToList().FindIndex(f => f.Name == name);
}
