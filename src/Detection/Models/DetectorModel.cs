// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Bursts;
using Detector.Detection.Calibration;
using Detector.Detection.Change;
using Detector.Detection.Daily;
using Detector.Detection.Models;
using Detector.Detection.References;
using Detector.Detection.Trees;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>A trained detector: two ensembles of trees, their calibration, thresholds and the honest reference.</summary>
/// <remarks>Immutable and pure: the same profile gives the same evidence. Safe to share between threads.</remarks>
public sealed class DetectorModel
{
    private readonly ModelContent _content;
    private readonly GroupShapley _pure;
    private readonly GroupShapley _mixed;

    internal DetectorModel(ModelContent content, ChangeModel? change = null)
    {
        _content = content;
        Change = change;
        var features = FeatureCatalog.Default().Features;
        _pure = new GroupShapley(content.Pure.Trees, content.Pure.Calibrator.Slope, features);
        _mixed = new GroupShapley(content.Mixed.Trees, content.Mixed.Calibrator.Slope, features);
    }

    /// <summary>Name of the model.</summary>
    public string Name => _content.Name;

    /// <summary>Version of the model.</summary>
    public string Version => _content.Version;

    /// <summary>Name and version as findings carry them.</summary>
    public string Id => $"{Name}/{Version}";

    /// <summary>Thresholds of the decision on the raw scores.</summary>
    public ModelThresholds Thresholds => _content.Thresholds;

    /// <summary>How many windows and sites of each source and class it was trained on.</summary>
    public IReadOnlyList<TrainingCount> TrainedOn => _content.TrainedOn;

    /// <summary>What honest load looks like, feature by feature, in catalogue order.</summary>
    public IReadOnlyList<FeatureReference> Honest => _content.Honest;

    /// <summary>Change evidence; null where the model has none, and then no change is ever stated.</summary>
    public ChangeModel? Change { get; }

    /// <summary>The evidence of daily energy; null where the folder had none: readings coarser than an hour are then insufficient.</summary>
    public DailyModel? Daily { get; init; }

    /// <summary>The evidence of bursts; null where the folder had none: readings of seconds are then judged by the hour alone.</summary>
    public BurstModel? Bursts { get; init; }

    /// <summary>Known loads to compare with; null where the folder had none: then nothing is said of likeness and declared use.</summary>
    public ReferenceBook? References { get; init; }

    internal ModelContent Content => _content;

    /// <summary>Reads a model folder.</summary>
    /// <exception cref="InvalidDataException">The file is missing, damaged, or made for other features; the message says which.</exception>
    public static DetectorModel Load(string folder) =>
        new(ModelFile.Read(folder), ChangeFile.Read(folder) is { } change ? new ChangeModel(change) : null) { Daily = DailyModel.TryLoad(folder), Bursts = BurstModel.Load(folder), References = ReferenceBook.TryLoad(folder) };

    /// <summary>The same model with this change evidence.</summary>
    public DetectorModel With(ChangeModel? change) => Copy(change, Daily, References);

    /// <summary>The same model with this evidence of daily energy.</summary>
    public DetectorModel WithDaily(DailyModel? daily) => Copy(Change, daily, References);

    /// <summary>The same model with these references.</summary>
    public DetectorModel WithReferences(ReferenceBook? references) => Copy(Change, Daily, references);

    /// <summary>Writes <c>model.json</c> and, where there is change evidence, <c>change.json</c> into a folder, made where needed; the same model gives the same bytes.</summary>
    public void Save(string folder)
    {
        ModelFile.Write(_content, folder);
        if (Change is { } change)
        {
            ChangeFile.Write(change.Content, folder);
        }
    }

    /// <summary>The figure by which windows are ranked for the p-value.</summary>
    internal double Suspicion(ClassEvidence evidence) => _content.Suspicion(evidence.PureScore, evidence.MixedScore);

    /// <summary>What the profile says about being mining.</summary>
    public ClassEvidence Score(LoadProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var values = Imputation.Fill(profile.Values, _content.Honest);
        return Evidence(_content.Pure.Trees.Score(values), _content.Mixed.Trees.Score(values), () => _pure.Of(values), () => _mixed.Of(values));
    }

    /// <summary>What several windows of one load say on average: their scores, and what each group adds to them, are means.</summary>
    /// <param name="windows">At least one; of each group the feature that leads in the first is named.</param>
    internal ClassEvidence Mean(IReadOnlyList<ClassEvidence> windows) => Evidence(
        windows.Average(w => w.PureScore), windows.Average(w => w.MixedScore), () => MeanOf([.. windows.Select(w => w.PureGroups)]), () => MeanOf([.. windows.Select(w => w.MixedGroups)]));

    private static IReadOnlyList<GroupContribution> MeanOf(IReadOnlyList<IReadOnlyList<GroupContribution>> windows) =>
        [.. windows[0].Select((group, g) => group with { LogOdds = windows.Average(w => w[g].LogOdds) })];

    private ClassEvidence Evidence(double pure, double mixed, Func<IReadOnlyList<GroupContribution>> pureGroups, Func<IReadOnlyList<GroupContribution>> mixedGroups) =>
        new(pureGroups, mixedGroups)
        {
            PureScore = pure,
            PureSlope = _content.Pure.Calibrator.Slope,
            MixedScore = mixed,
            PureLogOdds = _content.Pure.Calibrator.LogOdds(pure),
            MixedLogOdds = _content.Mixed.Calibrator.LogOdds(mixed),
            Probability = _content.Probability(pure, mixed),
            PValue = _content.Conformal.PValue(_content.Suspicion(pure, mixed)),
        };

    // The one list of the parts that a copy carries.
    private DetectorModel Copy(ChangeModel? change, DailyModel? daily, ReferenceBook? references) =>
        new(_content, change) { Daily = daily, Bursts = Bursts, References = references };
}
