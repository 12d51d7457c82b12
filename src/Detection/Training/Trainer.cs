// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Models;
using Detector.Detection.Training;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>Fits a detector on labelled windows.</summary>
/// <remarks>
/// Trees are fitted on everything. Calibration, thresholds and the conformal reference come from scores of windows whose
/// site was held out (folds over sites). The same samples, options and seed give the same model, byte for byte.
/// </remarks>
public static class Trainer
{
    /// <summary>Fits a model.</summary>
    /// <exception cref="ArgumentException">Samples do not hold honest load, pure mining and mixtures of enough sites, or do not fit the catalogue.</exception>
    public static DetectorModel Fit(
        IReadOnlyList<TrainingSample> samples, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        var set = TrainingSet.Of(samples, options, options.Folds);
        var heldOut = HeldOutScores.Of(set, options, progress, cancel);
        progress?.Report("fitting on all samples");
        var pure = set.Fit(Head.Pure, options, _ => true);
        cancel.ThrowIfCancellationRequested();
        var mixed = set.Fit(Head.Mixed, options, _ => true);

        var sites = samples.Where(s => s.Class == SampleClass.Honest).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
        var calibrated = heldOut.Calibrate(Head.Pure, sites);
        var content = new ModelContent
        {
            Name = options.Name,
            Version = options.Version,
            Features = [.. FeatureCatalog.Default().Features.Select(f => f.Name)],
            Honest = set.Honest,
            Pure = new ModelHead(pure, calibrated),
            Mixed = new ModelHead(mixed, heldOut.Calibrate(Head.Mixed, sites)),
            PurePrior = options.PurePrior,
            MixedPrior = options.MixedPrior,
            Thresholds = heldOut.Thresholds(options, calibrated),
            Conformal = new ConformalReference(new SortedDictionary<string, double[]>(StringComparer.Ordinal)),
            TrainedOn = set.Counts(),
        };
        return new DetectorModel(content with { Conformal = heldOut.Conformal(content) });
    }
}
