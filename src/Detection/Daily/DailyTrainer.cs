// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Calibration;
using Detector.Detection.Training;
using Detector.Detection.Trees;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>Fits the evidence of daily energy on labelled windows.</summary>
/// <remarks>
/// One ensemble against honest load for pure mining and mixtures alike: at a day, two ensembles found less (docs/decisions/0010).
/// Calibration and the conformal reference come from scores of windows whose site was held out, thresholds from these and from
/// scores of windows whose whole source was. The same samples, options and seed give the same evidence, byte for byte.
/// </remarks>
public static class DailyTrainer
{
    /// <summary>Fits the evidence.</summary>
    /// <param name="samples">Windows whose profiles are of <see cref="DailyCatalog.Default"/>.</param>
    /// <param name="options">Folds, rates, priors and the trees of days.</param>
    /// <param name="progress">One line a step.</param>
    /// <param name="cancel">Stops between fits.</param>
    /// <exception cref="ArgumentException">Samples do not hold honest load and mining of enough sites, or do not fit the catalogue.</exception>
    public static DailyModel Fit(
        IReadOnlyList<TrainingSample> samples, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel) =>
        FitWithScores(samples, options, progress, cancel).Model;

    /// <summary>Fits the evidence and keeps the scores by which its thresholds were set: other thresholds may be set by them.</summary>
    /// <inheritdoc cref="Fit"/>
    public static DailyFit FitWithScores(
        IReadOnlyList<TrainingSample> samples, TrainingOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var catalog = DailyCatalog.Default();
        Check(samples, catalog, options.Folds);
        var honest = HonestReference.Of(samples, [.. catalog.Features.Select(f => f.Name)]);
        var set = new DailySet(samples, honest, options);
        var heldOut = DailyHeldOut.Of(set, options, progress, cancel);
        progress?.Report("daily energy: fitting on all samples");
        var calibrator = heldOut.Calibrate();
        var model = new DailyModel(new DailyContent
        {
            Features = [.. catalog.Features.Select(f => f.Name)],
            Honest = honest,
            Trees = set.Fit(_ => true),
            Calibrator = calibrator,
            Prior = Math.Min(0.5, options.PurePrior + options.MixedPrior),
            Thresholds = heldOut.Thresholds(options, -calibrator.Intercept / calibrator.Slope),
            Conformal = heldOut.Conformal(),
            TrainedOn = set.Counts(),
        });
        return new DailyFit(model, heldOut.SiteOut, heldOut.SourceOut);
    }

    private static void Check(IReadOnlyList<TrainingSample> samples, DailyCatalog catalog, int folds)
    {
        foreach (var mining in new[] { false, true })
        {
            var sites = samples.Where(s => s.Class != SampleClass.Honest == mining).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
            if (sites < folds)
            {
                throw new ArgumentException($"{(mining ? "Mining" : "Honest")} samples come from {sites} sites; {folds} folds need at least as many.", nameof(samples));
            }
        }

        if (samples.FirstOrDefault(s => s.Profile.Values.Length != catalog.Features.Count || !(s.Weight > 0)) is { } odd)
        {
            throw new ArgumentException(
                $"A profile of '{odd.Site}' has {odd.Profile.Values.Length} features and the weight {odd.Weight}; {catalog.Features.Count} and over 0 are needed.", nameof(samples));
        }
    }
}

/// <summary>Evidence of daily energy with the scores of its training windows, in their order.</summary>
/// <param name="Model">The evidence.</param>
/// <param name="SiteOut">Scores by trees that saw nothing of the window's site.</param>
/// <param name="SourceOut">Scores by trees that saw nothing of its source; NaN where it has none to itself.</param>
public sealed record DailyFit(DailyModel Model, IReadOnlyList<double> SiteOut, IReadOnlyList<double> SourceOut);

/// <summary>Samples with their missing values filled in, and how to fit trees on some of them.</summary>
internal sealed class DailySet
{
    private readonly float[][] _rows;
    private readonly TrainingOptions _options;

    public DailySet(IReadOnlyList<TrainingSample> samples, IReadOnlyList<FeatureReference> honest, TrainingOptions options)
    {
        Samples = samples;
        _options = options;
        _rows = [.. samples.Select(s => Imputation.Fill(s.Profile.Values, honest))];
    }

    public IReadOnlyList<TrainingSample> Samples { get; }

    public ReadOnlySpan<float> Row(int index) => _rows[index];

    public bool IsMining(int index) => Samples[index].Class != SampleClass.Honest;

    public TreeEnsemble Fit(Func<int, bool> include)
    {
        int[] chosen = [.. Enumerable.Range(0, Samples.Count).Where(include)];
        return BoostedTrees.Fit(
            [.. chosen.Select(i => _rows[i])], [.. chosen.Select(IsMining)], [.. chosen.Select(i => Samples[i].Weight)], _options.Daily, _options.Seed);
    }

    public IReadOnlyList<TrainingCount> Counts() =>
    [
        .. Samples.GroupBy(s => (s.Source, s.Class)).OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenBy(g => g.Key.Class)
            .Select(g => new TrainingCount(g.Key.Source, g.Key.Class, g.Count(), g.Select(s => s.Site).Distinct(StringComparer.Ordinal).Count())),
    ];
}
