// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Detection;

/// <summary>Size and pace of one ensemble of boosted trees.</summary>
public sealed class BoostingOptions
{
    /// <summary>Number of trees.</summary>
    [Range(1, 5000)]
    public int Trees { get; set; } = 250;

    /// <summary>Leaves a tree.</summary>
    [Range(2, 256)]
    public int Leaves { get; set; } = 4;

    /// <summary>Shrinkage of each tree.</summary>
    [Range(0.001, 1)]
    public double LearningRate { get; set; } = 0.1;

    /// <summary>Fewest samples in a leaf.</summary>
    [Range(1, 10000)]
    public int MinimumLeafSamples { get; set; } = 20;

    /// <summary>Ensembles of so many trees of which the mean is taken, each by chances of its own: the highest honest scores are mostly chance.</summary>
    [Range(1, 20)]
    public int Ensembles { get; set; } = 1;

    /// <summary>Share of the features that a tree may use, drawn anew for each; over 0, at most 1.</summary>
    [Range(0.05, 1)]
    public double FeatureShare { get; set; } = 1;

    /// <summary>Share of the samples that a tree sees, drawn anew for each; over 0, at most 1.</summary>
    [Range(0.1, 1)]
    public double SampleShare { get; set; } = 1;
}
