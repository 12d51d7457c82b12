// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Detection.Bursts;

/// <summary>How the evidence of bursts is trained. The defaults are those of docs/decisions/0009.</summary>
public sealed class BurstOptions
{
    /// <summary>Trees of each grid: few and small, because recordings of seconds are few.</summary>
    public BoostingOptions Trees { get; set; } = new() { Trees = 60, Leaves = 5, LearningRate = 0.1, MinimumLeafSamples = 30 };

    /// <summary>Seed of the folds.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Folds over recordings by which calibration and thresholds are fitted.</summary>
    [Range(2, 20)]
    public int Folds { get; set; } = 8;

    /// <summary>Share of judged loads assumed to be mining, 0 to 1: the prior of the probability; that of <see cref="TrainingOptions"/> in sum.</summary>
    [Range(0.0001, 0.5)]
    public double Prior { get; set; } = 0.06;

    /// <summary>Share of honest recordings, each held out, that of the strictest set may pass the threshold of a watch, on each grid.</summary>
    [Range(0.001, 0.5)]
    public double WatchRate { get; set; } = 0.05;

    /// <summary>Honest sets that set no threshold: simulated classes would set that of every real site.</summary>
    public ISet<string> NotForThresholds { get; } = new HashSet<string>(StringComparer.Ordinal);
}
