// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Calibration;
using Detector.Detection.Trees;
using Detector.Profiles;

namespace Detector.Detection.Training;

/// <summary>Which of the two questions an ensemble answers.</summary>
internal enum Head
{
    /// <summary>Pure mining against honest load.</summary>
    Pure = 1,

    /// <summary>Mixtures against honest load.</summary>
    Mixed = 2,
}

/// <summary>Samples with their missing values filled in, and how to fit one head on some of them.</summary>
internal sealed class TrainingSet
{
    private readonly float[][] _rows;

    public TrainingSet(IReadOnlyList<TrainingSample> samples, IReadOnlyList<FeatureReference> honest)
    {
        (Samples, Honest) = (samples, honest);
        _rows = [.. samples.Select(s => Imputation.Fill(s.Profile.Values, honest))];
    }

    public IReadOnlyList<TrainingSample> Samples { get; }

    /// <summary>What is usual in honest load: what fills in a feature that is not known.</summary>
    public IReadOnlyList<FeatureReference> Honest { get; }

    /// <summary>Samples that a model can be fitted on, by options that hold.</summary>
    /// <exception cref="ArgumentException">Samples do not hold honest load, pure mining and mixtures of enough sites, or do not fit the catalogue.</exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static TrainingSet Of(IReadOnlyList<TrainingSample> samples, TrainingOptions options, int folds)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var catalog = FeatureCatalog.Default();
        Check(samples, catalog, folds);
        return new TrainingSet(samples, HonestReference.Of(samples, catalog));
    }

    /// <summary>The filled-in features of a sample.</summary>
    public ReadOnlySpan<float> Row(int index) => _rows[index];

    /// <summary>Whether a sample takes part in a head: honest load in both, mining in its own.</summary>
    public bool Takes(Head head, int index) => Samples[index].Class switch
    {
        SampleClass.Honest => true,
        SampleClass.PureMining => head == Head.Pure,
        _ => head == Head.Mixed,
    };

    /// <summary>Fits one head on the samples that <paramref name="include"/> admits.</summary>
    public TreeEnsemble Fit(Head head, TrainingOptions options, Func<int, bool> include)
    {
        var chosen = Enumerable.Range(0, Samples.Count).Where(i => Takes(head, i) && include(i)).ToArray();
        return BoostedTrees.Fit(
            [.. chosen.Select(i => _rows[i])],
            [.. chosen.Select(i => Samples[i].Class != SampleClass.Honest)],
            [.. chosen.Select(i => Samples[i].Weight)],
            head == Head.Pure ? options.Pure : options.Mixed,
            options.Seed);
    }

    public IReadOnlyList<TrainingCount> Counts() =>
    [
        .. Samples.GroupBy(s => (s.Source, s.Class))
            .OrderBy(g => g.Key.Source, StringComparer.Ordinal).ThenBy(g => g.Key.Class)
            .Select(g => new TrainingCount(
                g.Key.Source, g.Key.Class, g.Count(), g.Select(s => s.Site).Distinct(StringComparer.Ordinal).Count())),
    ];

    /// <summary>Refuses samples a model cannot be fitted on.</summary>
    private static void Check(IReadOnlyList<TrainingSample> samples, FeatureCatalog catalog, int folds)
    {
        foreach (var kind in Enum.GetValues<SampleClass>())
        {
            var sites = samples.Where(s => s.Class == kind).Select(s => s.Site).Distinct(StringComparer.Ordinal).Count();
            if (sites < folds)
            {
                throw new ArgumentException($"{kind} samples come from {sites} sites; {folds} folds need at least as many.", nameof(samples));
            }
        }

        if (samples.FirstOrDefault(s => s.Profile.Values.Length != catalog.Features.Count) is { } odd)
        {
            throw new ArgumentException(
                $"A profile of '{odd.Site}' has {odd.Profile.Values.Length} features, the catalogue {catalog.Features.Count}.", nameof(samples));
        }

        if (samples.FirstOrDefault(s => !(s.Weight > 0)) is { } weightless)
        {
            throw new ArgumentException($"A sample of '{weightless.Site}' has the weight {weightless.Weight}; it must be over 0.", nameof(samples));
        }
    }
}
