// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection;

namespace Detector.Analysis.Evaluation;

/// <summary>How detection is judged with whole sources held out.</summary>
public sealed class EvaluationRunOptions : RunOptions
{
    /// <summary>Share of sites that mine, assumed for precision, F1 and the first k, 0 to 1.</summary>
    [Range(0.0001, 0.5)]
    public double Prevalence { get; set; } = 0.02;

    /// <summary>Sites of the fleet in which the first k are looked at.</summary>
    [Range(100, 10_000_000)]
    public int FleetSites { get; set; } = 5000;

    /// <summary>Resamples of sites behind every interval.</summary>
    [Range(20, 10_000)]
    public int BootstrapRepeats { get; set; } = 400;

    /// <summary>Nominal shares of honest windows at which every method is compared, 0 to 1.</summary>
    public IReadOnlyList<double> NominalRates { get; set; } = [0.0012, 0.01];

    /// <summary>How the models of the folds are trained; name and version are ignored. Three inner folds, for time.</summary>
    public TrainingOptions Training { get; set; } = new() { Folds = 3 };

    /// <summary>Whether smaller models that each lack a group of features are held against one that has all: minutes more.</summary>
    public bool Ablation { get; set; }

    /// <summary>How windows are judged.</summary>
    public JudgeOptions Judging { get; set; } = new();

    /// <inheritdoc />
    protected override IEnumerable<string> OwnFaults()
    {
        foreach (var fault in base.OwnFaults())
        {
            yield return fault;
        }

        if (NominalRates.Count == 0 || NominalRates.Any(r => r is <= 0 or >= 0.5))
        {
            yield return "NominalRates must hold shares between 0 and 0.5.";
        }
    }
}
