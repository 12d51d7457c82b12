// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Detection;

/// <summary>How change evidence is trained. The defaults are those of docs/decisions/0008 and 0032.</summary>
public sealed class ChangeTrainingOptions
{
    /// <summary>Trees of so many folds are fitted at once; the model is the same whatever it is.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Folds over sites by which calibration and thresholds are fitted.</summary>
    [Range(2, 20)]
    public int Folds { get; set; } = 3;

    /// <summary>Trees for changes of which the window alone is known: they see how features go together, and learn simulated honest additions.</summary>
    public BoostingOptions Trees { get; set; } = OfLeaves(20);

    /// <summary>The same where thirteen months are known: smaller ones, as fewer loads have them.</summary>
    public BoostingOptions HistoryTrees { get; set; } = OfLeaves(10);

    /// <summary>Stumps: an additive logistic over binned features, which carries better to sources never seen.</summary>
    public BoostingOptions Additive { get; set; } = new()
    {
        Trees = 300,
        Leaves = 2,
        LearningRate = 0.15,
        MinimumLeafSamples = 20,
        Ensembles = 3,
        FeatureShare = 0.3,
        SampleShare = 0.7,
    };

    /// <summary>Of the looks at an honest window every so many train; all of them set thresholds.</summary>
    [Range(1, 20)]
    public int TrainEveryLook { get; set; } = 2;

    /// <summary>Share of honest windows of the strictest source that may pass the threshold of a case at any look.</summary>
    [Range(0.00001, 0.05)]
    public double CaseRate { get; set; } = 0.0012;

    /// <summary>Share that may pass the threshold of a watch.</summary>
    [Range(0.0001, 0.2)]
    public double WatchRate { get; set; } = 0.01;

    private static BoostingOptions OfLeaves(int leaves) => new()
    {
        Trees = 150,
        Leaves = leaves,
        LearningRate = 0.1,
        MinimumLeafSamples = 20,
        Ensembles = 3,
        FeatureShare = 0.3,
        SampleShare = 0.7,
    };
}
