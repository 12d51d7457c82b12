// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;

namespace Detector.Detection;

/// <summary>Thresholds of the decision: windows of about a quarter of a year, and shorter ones, which tell less.</summary>
/// <param name="Full">For windows of at least <see cref="FullDays"/> days.</param>
/// <param name="Short">For shorter windows; never below those of full ones.</param>
/// <param name="Sources">What each honest source by itself would set, and all together: a case goes by all together, a watch by the strictest.</param>
public sealed record ModelThresholds(ScoreThresholds Full, ScoreThresholds Short, IReadOnlyList<SourceThreshold> Sources)
{
    /// <summary>Days from which a window counts as full.</summary>
    public const double FullDays = 84;

    /// <summary>For the means of scores over the windows of a year (<see cref="FormerWindows"/>); null in models that were trained before there were any.</summary>
    public ScoreThresholds? Year { get; init; }

    /// <summary>Name under which <see cref="Sources"/> lists the honest windows of all sources.</summary>
    public const string Together = "all sources";

    /// <summary>The thresholds of a window of so many days.</summary>
    public ScoreThresholds Of(double days) => days >= FullDays - 0.05 ? Full : Short;
}

/// <summary>Raw scores at which evidence counts; set on honest windows whose site was held out.</summary>
/// <param name="PureCase">Pure-mining score of a case.</param>
/// <param name="PureWatch">Pure-mining score of a watch.</param>
/// <param name="MixedCase">Mixture score beyond which an honest window is as rare as at <paramref name="PureCase"/>.</param>
/// <param name="MixedWatch">Mixture score of a watch.</param>
public sealed record ScoreThresholds(double PureCase, double PureWatch, double MixedCase, double MixedWatch);

/// <summary>Thresholds that one honest source by itself would set.</summary>
/// <param name="Source">The source.</param>
/// <param name="IsFull">Whether on full windows or on shorter ones.</param>
/// <param name="Windows">Honest windows they are set on.</param>
/// <param name="Sites">Sites these come from.</param>
/// <param name="Scores">The thresholds.</param>
public sealed record SourceThreshold(string Source, bool IsFull, int Windows, int Sites, ScoreThresholds Scores);

/// <summary>Windows and sites of one source and class that a model was trained on.</summary>
public sealed record TrainingCount(string Source, SampleClass Class, int Windows, int Sites);

/// <summary>What honest load looks like in one feature.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Low">5th percentile of honest training windows.</param>
/// <param name="Middle">Their median; also stands for a missing value.</param>
/// <param name="High">95th percentile.</param>
public sealed record FeatureReference(string Feature, double Low, double Middle, double High);
