// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.References;
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>All that speaks for or against one meter over one window.</summary>
/// <param name="Whole">What the load as a whole says.</param>
/// <param name="Change">The load added for good that looks most like mining; null where none is worth a watch.</param>
/// <param name="Registration">What the site declared.</param>
/// <param name="WindowDays">Length in days of the window, or of the part of it in which the load runs.</param>
/// <param name="PeakKilowatts">95th percentile of the hourly load in kW.</param>
internal sealed record Evidence(
    ClassEvidence Whole, ChangeEvidence? Change, MeterRegistration Registration, double WindowDays, double PeakKilowatts)
{
    /// <summary>How the load stands to its declared use; null where there is no reference of it.</summary>
    public UseEvidence? Use { get; init; }

    /// <summary>What the windows of the year say, this one among them; null where there is no year of them.</summary>
    public YearEvidence? Year { get; init; }

    /// <summary>Whether a mixture that the window shows may have begun in it: there is no year of windows, or those before this one speak for honest load.</summary>
    /// <remarks>A season makes a quarter of honest load look like a mixture and its neighbours half so; where they do not speak for honest load either, the year's mean decides.</remarks>
    public bool MayBeNew => Year is null || (Year.Windows * Year.Mean.MixedLogOdds) - Whole.MixedLogOdds <= 0;

    /// <summary>Whether the load as a whole, mining and what it was added to, is by itself worth a watch; where thirteen months before an addition are not known, whether it is as rare as a case.</summary>
    /// <remarks>
    /// Two kinds of evidence that see different things: what was added is judged by the difference of two months, the whole by all that moves in a quarter. Honest additions that look like mining are seldom added to
    /// a load that looks like a mixture, too. Without history a return to what was there before looks like an addition, and the whole cannot tell either (docs/decisions/0030).
    /// </remarks>
    public bool WholeAgrees(ScoreThresholds window) => Change is { Score.WithHistory: true }
        ? Whole.MixedScore >= window.MixedWatch || Whole.PureScore >= window.PureWatch
        : Whole.MixedScore >= window.MixedCase;

    /// <summary>What carries a decision about the load as a whole.</summary>
    public ClassEvidence WholeOf(Decision decision) => decision.ByYear ? Year!.Mean : Whole;

    /// <summary>Suspicion of the load as a whole, by which the model ranks.</summary>
    public double Suspicion { get; init; }

    /// <summary>Days from the beginning of the load to the end of the window; null where it ran from the window's start.</summary>
    public double? BeganDaysAgo { get; init; }

    /// <summary>Whether the load began within the window, too late to be judged by itself.</summary>
    public bool HasJustBegun => BeganDaysAgo < WindowDays - 0.05;

    /// <summary>Days of readings up to the end of the window, those before it included.</summary>
    public double HistoryDays { get; init; }

    /// <summary>Native interval of the readings in seconds.</summary>
    public double CadenceSeconds { get; init; }

    /// <summary>Peak over contracted capacity; NaN where the capacity is unknown.</summary>
    /// <remarks>The peak, not the mean: a miner that runs by night only still uses its connection when it runs.</remarks>
    public double Utilisation => Registration.ContractedKilowatts is > 0 and { } contracted ? PeakKilowatts / contracted : double.NaN;
}

/// <summary>What the windows of a year say of a load as a whole.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Suspicion">Suspicion of it, by which the model ranks.</param>
/// <param name="Windows">How many there are, the one that is judged among them.</param>
internal sealed record YearEvidence(ClassEvidence Mean, double Suspicion, int Windows);
