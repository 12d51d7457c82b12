// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Models;
using Detector.Detection.Trees;
using Detector.Profiles;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>The evidence of daily energy: trees, calibration, thresholds and honest reference. Kept beside a model's other evidence.</summary>
/// <remarks>Immutable and pure: the same profile gives the same evidence. Safe to share between threads.</remarks>
public sealed class DailyModel
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "daily.json";

    private const string Format = "detector-daily/1";

    /// <summary>Groups that say the load is even in one way or another.</summary>
    private static readonly string[] Evenness = ["day_flatness", "day_runs"];

    private readonly DailyContent _content;
    private readonly GroupShapley _groups;

    internal DailyModel(DailyContent content)
    {
        _content = content;
        _groups = new GroupShapley(content.Trees, content.Calibrator.Slope, DailyCatalog.Default().Features);
    }

    /// <summary>Thresholds of the decision.</summary>
    public DailyThresholds Thresholds => _content.Thresholds;

    /// <summary>What honest load looks like, feature by feature, in catalogue order.</summary>
    public IReadOnlyList<FeatureReference> Honest => _content.Honest;

    /// <summary>How many windows and sites of each source and class it was trained on.</summary>
    public IReadOnlyList<TrainingCount> TrainedOn => _content.TrainedOn;

    /// <summary>Scores of honest windows held out, by source.</summary>
    internal ConformalReference Conformal => _content.Conformal;

    /// <summary>Reads the evidence of a model folder; null where the folder has none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or made for other features; the message says which.</exception>
    public static DailyModel? TryLoad(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var content = ModelEnvelope.Read<DailyContent>(Format, path);
        return content.Features.SequenceEqual(DailyCatalog.Default().Features.Select(f => f.Name))
            ? new DailyModel(content)
            : throw new InvalidDataException($"The model '{path}' was trained on other features. Train it again.");
    }

    /// <summary>Writes <c>daily.json</c> into a folder, made where needed; the same evidence gives the same bytes.</summary>
    public void Save(string folder) => ModelEnvelope.Write(_content, Format, Path.Combine(folder, FileName));

    /// <summary>What a profile of daily energy says about being mining.</summary>
    public DailyEvidence Score(LoadProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var values = Imputation.Fill(profile.Values, _content.Honest);
        var score = _content.Trees.Score(values);
        var groups = _groups.Of(values);
        var even = groups.Where(g => Evenness.Contains(g.Group)).Sum(g => g.LogOdds) / _content.Calibrator.Slope;
        var odds = Posterior.Odds(_content.Prior) * _content.Calibrator.LikelihoodRatio(score);
        return new DailyEvidence(
            score,
            score - Math.Max(0, even),
            _content.Calibrator.LogOdds(score),
            Posterior.Probability(odds),
            _content.Conformal.PValue(score),
            groups);
    }
}

/// <summary>Everything the evidence of daily energy is, as it is stored.</summary>
internal sealed record DailyContent
{
    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<FeatureReference> Honest { get; init; }

    public required TreeEnsemble Trees { get; init; }

    public required LogisticCalibrator Calibrator { get; init; }

    public required double Prior { get; init; }

    public required DailyThresholds Thresholds { get; init; }

    public required ConformalReference Conformal { get; init; }

    public required IReadOnlyList<TrainingCount> TrainedOn { get; init; }
}
