// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Models;

/// <summary>Everything a model is, as it is stored.</summary>
internal sealed record ModelContent
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<FeatureReference> Honest { get; init; }

    public required ModelHead Pure { get; init; }

    public required ModelHead Mixed { get; init; }

    public required double PurePrior { get; init; }

    public required double MixedPrior { get; init; }

    public required ModelThresholds Thresholds { get; init; }

    public required ConformalReference Conformal { get; init; }

    public required IReadOnlyList<TrainingCount> TrainedOn { get; init; }

    /// <summary>Odds of mining of either kind: Bayes' rule over three hypotheses, the likelihood ratios against honest load.</summary>
    public double Odds(double pureScore, double mixedScore) =>
        ((PurePrior * Pure.Calibrator.LikelihoodRatio(pureScore)) + (MixedPrior * Mixed.Calibrator.LikelihoodRatio(mixedScore)))
        / (1 - PurePrior - MixedPrior);

    /// <summary>Probability of mining, 0 to 1, six decimals.</summary>
    public double Probability(double pureScore, double mixedScore) => Posterior.Probability(Odds(pureScore, mixedScore));

    /// <summary>The one figure by which windows are ranked for the p-value: log-odds without the cap, so that it never ties.</summary>
    public double Suspicion(double pureScore, double mixedScore)
    {
        var pure = Math.Log(PurePrior) + Pure.Calibrator.LogOdds(pureScore);
        var mixed = Math.Log(MixedPrior) + Mixed.Calibrator.LogOdds(mixedScore);
        var high = Math.Max(pure, mixed);
        return high + Math.Log(1 + Math.Exp(Math.Min(pure, mixed) - high));
    }
}

/// <summary>One ensemble and the curve that calibrates it.</summary>
internal sealed record ModelHead(TreeEnsemble Trees, LogisticCalibrator Calibrator);
