// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection;

/// <summary>Raw scores at which evidence counts; set on honest windows whose site and source were held out.</summary>
/// <param name="PureCase">Pure-mining score of a case.</param>
/// <param name="PureWatch">Pure-mining score of a watch.</param>
/// <param name="MixedCase">Mixture score beyond which an honest window is as rare as at <paramref name="PureCase"/>.</param>
/// <param name="MixedWatch">Mixture score of a watch.</param>
/// <param name="Sources">The same for each honest source by itself; the strictest counts.</param>
public sealed record ModelThresholds(
    double PureCase, double PureWatch, double MixedCase, double MixedWatch, IReadOnlyList<SourceThreshold> Sources);

/// <summary>Thresholds that one honest source by itself would set.</summary>
/// <param name="Source">The source.</param>
/// <param name="Windows">Honest windows they are set on.</param>
/// <param name="Sites">Sites these come from.</param>
/// <param name="PureCase">Pure-mining score of a case.</param>
/// <param name="PureWatch">Pure-mining score of a watch.</param>
/// <param name="MixedCase">Mixture score as rare as a case.</param>
/// <param name="MixedWatch">Mixture score of a watch.</param>
public sealed record SourceThreshold(
    string Source, int Windows, int Sites, double PureCase, double PureWatch, double MixedCase, double MixedWatch);

/// <summary>Windows and sites of one source and class that a model was trained on.</summary>
public sealed record TrainingCount(string Source, SampleClass Class, int Windows, int Sites);

/// <summary>What honest load looks like in one feature.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Low">5th percentile of honest training windows.</param>
/// <param name="Middle">Their median; also stands for a missing value.</param>
/// <param name="High">95th percentile.</param>
public sealed record FeatureReference(string Feature, double Low, double Middle, double High);
