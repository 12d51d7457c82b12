// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>Where a load stands on the ladder of verdicts, as one number: how far up, and how far from the next step.</summary>
/// <remarks>
/// Below <see cref="Watch"/> clear, from there a watch, from <see cref="Case"/> on a case; one unit is the way from the
/// threshold of a watch to that of a case, whatever the evidence. It is rounded down to thousandths, so that it never says more than the
/// verdict.
/// </remarks>
public static class LadderStanding
{
    /// <summary>Where a watch begins.</summary>
    public const double Watch = 2;

    /// <summary>Where a case begins.</summary>
    public const double Case = 3;

    private const double Steps = 1000;
    private const double BelowCase = Case - (1 / Steps);
    private const double BelowWatch = Watch - (1 / Steps);

    /// <summary>Where a score stands between its two thresholds.</summary>
    /// <param name="score">The score.</param>
    /// <param name="watch">Threshold of a watch.</param>
    /// <param name="atCase">Threshold of a case; not below the other.</param>
    public static double Of(double score, double watch, double atCase)
    {
        var step = atCase - watch;
        return step > 0 ? Watch + ((score - watch) / step)
            : score >= atCase ? Case + (score - atCase)
            : Watch + (score - watch);
    }

    /// <summary>A standing that agrees with a verdict which other rules may have raised or lowered; null for insufficient.</summary>
    public static double? Within(Verdict verdict, double standing) => verdict switch
    {
        Verdict.Case => Down(Math.Max(standing, Case)),
        Verdict.Watch => Down(Math.Clamp(standing, Watch, BelowCase)),
        Verdict.Clear => Down(Math.Min(standing, BelowWatch)),
        _ => null,
    };

    private static double Down(double standing) => Math.Floor((standing * Steps) + 1e-6) / Steps;
}
