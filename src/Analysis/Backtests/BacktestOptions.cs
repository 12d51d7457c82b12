// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection;
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Analysis.Backtests;

/// <summary>Two models, and the history that both judge again.</summary>
public sealed record BacktestOptions
{
    /// <summary>The model in use.</summary>
    public required DetectorModel InUse { get; init; }

    /// <summary>The model that may take its place.</summary>
    public required DetectorModel Candidate { get; init; }

    /// <summary>How both judge: windows, guards, alert budget.</summary>
    public JudgeOptions Judging { get; init; } = new();

    /// <summary>What is known of the meters.</summary>
    public SiteRegistry Registry { get; init; } = SiteRegistry.Empty;

    /// <summary>What is known to be true of meters; empty where nothing is.</summary>
    public IReadOnlyList<MeterLabel> Labels { get; init; } = [];

    /// <summary>First moment to judge at; each meter's beginning where null.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last moment to judge at; each meter's end where null.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Time between two looks, at least a day.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Seed of the resampled sites.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Resamples of the intervals.</summary>
    [Range(1, 100_000)]
    public int BootstrapRepeats { get; init; } = 1000;

    /// <summary>Threads that judge.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Throws one exception that names every fault.</summary>
    /// <exception cref="AnalysisException">An option is out of range.</exception>
    internal void Check()
    {
        var results = new List<ValidationResult>();
        _ = Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        List<string> faults = [.. results.Select(r => r.ErrorMessage ?? "An option is out of range.")];
        if (Every < TimeSpan.FromDays(1))
        {
            faults.Add($"Every is {Every}; looks are at least a day apart.");
        }

        if (From >= To)
        {
            faults.Add($"From is {From:u} and To is {To:u}; the first must be before the second.");
        }

        if (faults.Count > 0)
        {
            throw new AnalysisException(faults);
        }
    }
}
