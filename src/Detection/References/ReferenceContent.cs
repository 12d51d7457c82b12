// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Metering;

namespace Detector.Detection.References;

/// <summary>Known loads to compare with, as they are stored in <c>reference.json</c>: feature vectors only, no readings.</summary>
internal sealed record ReferenceContent
{
    /// <summary>Names of the features in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How features are made comparable.</summary>
    public required ReferenceScale Scale { get; init; }

    /// <summary>A few loads of each kind.</summary>
    public required IReadOnlyList<Exemplar> Exemplars { get; init; }

    /// <summary>What is known of each declared use, by its order.</summary>
    public required IReadOnlyList<UseReference> Uses { get; init; }
}

/// <summary>One load of the reference.</summary>
/// <param name="Kind">Code of its kind.</param>
/// <param name="Text">What it is, in English.</param>
/// <param name="TextZh">In Chinese.</param>
/// <param name="IsMining">Whether it is mining.</param>
/// <param name="Use">What its site declares; unknown for mining and where the recording does not say.</param>
/// <param name="Site">Its site within training; a load is not compared with itself.</param>
/// <param name="Vector">Its features, as <see cref="ReferenceScale"/> makes them comparable.</param>
internal sealed record Exemplar(string Kind, string Text, string TextZh, bool IsMining, DeclaredUse Use, string Site, short[] Vector);

/// <summary>What honest loads of one declared use are like.</summary>
internal sealed record UseReference
{
    /// <summary>The use.</summary>
    public required DeclaredUse Use { get; init; }

    /// <summary>The range of each feature.</summary>
    public required IReadOnlyList<FeatureReference> Ranges { get; init; }

    /// <summary>Suspicion of honest windows that the model was not trained on, ascending.</summary>
    public required double[] Suspicion { get; init; }

    /// <summary>Distance of honest windows from the nearest exemplar of their use at another site, ascending.</summary>
    public required double[] Distances { get; init; }

    /// <summary>From that distance to the log likelihood ratio of mining that declares this use against honest load of it.</summary>
    public required LogisticCalibrator Calibrator { get; init; }

    /// <summary>Sites that the windows come from.</summary>
    public required int Sites { get; init; }

    /// <summary>How many of them were recorded.</summary>
    public required int RecordedSites { get; init; }
}
