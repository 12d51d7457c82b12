// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Detection;

/// <summary>How a model is trained. The defaults are those of docs/decisions/0005.</summary>
public sealed class TrainingOptions
{
    /// <summary>Name of the model.</summary>
    [Required, MinLength(1)]
    public string Name { get; set; } = "hashrate";

    /// <summary>Version of the model; name/version is what findings carry.</summary>
    [Required, MinLength(1)]
    public string Version { get; set; } = "1";

    /// <summary>Seed of folds and trees.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Trees of so many folds are fitted at once; the model is the same whatever it is.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Folds over sites by which calibration and thresholds are fitted.</summary>
    [Range(2, 20)]
    public int Folds { get; set; } = 5;

    /// <summary>How many times sites are dealt to folds anew for the pure head; a window's held-out score is the mean.</summary>
    /// <remarks>
    /// A threshold of cases hangs on the one or two highest honest sites of a corpus. Dealt once, the same trees got thresholds between 3.8 and 7.2 by the luck of the deal
    /// (docs/decisions/0021).
    /// </remarks>
    [Range(1, 10)]
    public int Dealings { get; set; } = 2;

    /// <summary>Kinds of honest load, by what it looks like, that are left out as a whole to calibrate the mixed head (docs/decisions/0025).</summary>
    [Range(2, 1000)]
    public int Kinds { get; set; } = 24;

    /// <summary>Trees that tell pure mining from honest load.</summary>
    public BoostingOptions Pure { get; set; } = new() { Trees = 300, Leaves = 20, LearningRate = 0.07, MinimumLeafSamples = 20, Ensembles = 3, FeatureShare = 0.3, SampleShare = 0.7 };

    /// <summary>Trees that tell mixtures from honest load.</summary>
    public BoostingOptions Mixed { get; set; } = new() { Trees = 200, Leaves = 20, LearningRate = 0.07, MinimumLeafSamples = 20, Ensembles = 3, FeatureShare = 0.3, SampleShare = 0.7 };

    /// <summary>How change evidence is trained.</summary>
    public ChangeTrainingOptions Change { get; set; } = new();

    /// <summary>Trees that tell mining of any kind from honest load by daily energy.</summary>
    public BoostingOptions Daily { get; set; } = new() { Trees = 150, Leaves = 8, LearningRate = 0.12, MinimumLeafSamples = 20 };

    /// <summary>Share of all judged windows assumed to be pure mining, 0 to 1: the prior of the probability.</summary>
    /// <remarks>A screened fleet of flat-looking sites, not all meters of a province; docs/decisions/0005 says why and what changes with it.</remarks>
    [Range(0.0001, 0.5)]
    public double PurePrior { get; set; } = 0.03;

    /// <summary>Share assumed to be mining under an honest load, 0 to 1.</summary>
    [Range(0.0001, 0.5)]
    public double MixedPrior { get; set; } = 0.03;

    /// <summary>Probability of pure mining against honest load below which nothing is a case of the load as a whole, whatever the budget allows.</summary>
    /// <remarks>
    /// Three to two, not one to one: what is told from a mean over several deals is a little smoother than what ships, and a flat office whose meter was moved lay at 0.51
    /// (docs/decisions/0014).
    /// </remarks>
    [Range(0.5, 0.99)]
    public double LeastCaseProbability { get; set; } = 0.6;

    /// <summary>False cases in 1,000 honest site-years that class evidence of hours may open, over 0.</summary>
    /// <remarks>A site's windows within a year are one case. The aim of the product as a whole is 5.</remarks>
    [Range(0.1, 1000)]
    public double CasesPerThousandSiteYears { get; set; } = 5;

    /// <summary>Part of that budget not spent on honest sites that are known, 0 to 1: sources never seen are harder than known ones.</summary>
    [Range(0, 1)]
    public double KeptForUnseen { get; set; } = 0.5;

    /// <summary>Share of honest windows of daily energy, of the strictest source, that may pass the threshold of a case.</summary>
    [Range(0.00001, 0.05)]
    public double CaseRate { get; set; } = 0.0012;

    /// <summary>Share of honest windows of the strictest source that may pass the threshold of a watch.</summary>
    [Range(0.0001, 0.2)]
    public double WatchRate { get; set; } = 0.01;

    /// <summary>Share of honest site-years of the strictest source that may pass the threshold of a watch by the mean of a year's windows.</summary>
    /// <remarks>Half of what one window in a hundred, looked at each quarter, comes to.</remarks>
    [Range(0.0001, 0.2)]
    public double WatchRateOfYear { get; set; } = 0.02;
}
