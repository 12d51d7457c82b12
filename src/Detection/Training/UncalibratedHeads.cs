// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Training;
using Detector.Detection.Trees;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>Both ensembles without calibration, thresholds or references: their scores rank loads and say nothing else.</summary>
/// <remarks>For comparisons of features, where holding sites out would take three times as long and change nothing.</remarks>
public sealed class UncalibratedHeads
{
    private readonly IReadOnlyList<FeatureReference> _honest;
    private readonly TreeEnsemble _pure;
    private readonly TreeEnsemble _mixed;

    private UncalibratedHeads(IReadOnlyList<FeatureReference> honest, TreeEnsemble pure, TreeEnsemble mixed) =>
        (_honest, _pure, _mixed) = (honest, pure, mixed);

    /// <summary>Fits both on all samples.</summary>
    /// <exception cref="ArgumentException">Samples do not hold honest load, pure mining and mixtures of enough sites, or do not fit the catalogue.</exception>
    public static UncalibratedHeads Fit(IReadOnlyList<TrainingSample> samples, TrainingOptions options, CancellationToken cancel)
    {
        var set = TrainingSet.Of(samples, options, folds: 1);
        var pure = set.Fit(Head.Pure, options, _ => true);
        cancel.ThrowIfCancellationRequested();
        return new UncalibratedHeads(set.Honest, pure, set.Fit(Head.Mixed, options, _ => true));
    }

    /// <summary>Scores of a load, higher where it looks more like mining by itself and like mining beside honest load.</summary>
    public (double Pure, double Mixed) Score(LoadProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var row = Imputation.Fill(profile.Values, _honest);
        return (_pure.Score(row), _mixed.Score(row));
    }
}
