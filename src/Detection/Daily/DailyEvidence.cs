// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Daily;

/// <summary>What daily energy says about being mining, of any kind and share.</summary>
/// <param name="Score">Raw score of the trees; higher is more like mining.</param>
/// <param name="ScoreWithoutFlatness">The same less what evenness adds to it: flatness alone never convicts.</param>
/// <param name="LogOdds">Log likelihood ratio of mining against honest load, calibrated on sites held out.</param>
/// <param name="Probability">Probability of mining under the model's prior, 0 to 1.</param>
/// <param name="PValue">Share of honest windows held out that are at least as suspicious, the strictest source's; 0 to 1.</param>
/// <param name="Groups">What each feature group adds to the log-odds; they and a constant add up to it.</param>
public sealed record DailyEvidence(
    double Score, double ScoreWithoutFlatness, double LogOdds, double Probability, double PValue, IReadOnlyList<GroupContribution> Groups);

/// <summary>Raw scores at which daily evidence counts.</summary>
/// <param name="Case">Score of a case.</param>
/// <param name="Watch">Score of a watch.</param>
public sealed record DailyThreshold(double Case, double Watch)
{
    /// <summary>Beyond the threshold by a margin, and suspicious even with all evenness left out.</summary>
    public bool IsCase(DailyEvidence evidence, double margin)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Score >= Case + margin && evidence.ScoreWithoutFlatness >= Watch;
    }
}

/// <summary>Thresholds by length of the window: a month tells less than a quarter, a quarter less than half a year.</summary>
/// <param name="Month">Windows of under <see cref="QuarterDays"/> days: never a case.</param>
/// <param name="Quarter">Windows of under <see cref="LongDays"/> days.</param>
/// <param name="Long">Longer windows.</param>
public sealed record DailyThresholds(DailyThreshold Month, DailyThreshold Quarter, DailyThreshold Long)
{
    /// <summary>Days from which a case may be opened.</summary>
    public const double QuarterDays = 91;

    /// <summary>Days from which a window is long.</summary>
    public const double LongDays = 175;

    /// <summary>The thresholds of a window of so many days.</summary>
    public DailyThreshold Of(double days) => days >= LongDays ? Long : days >= QuarterDays - 0.05 ? Quarter : Month;
}
