// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Analysis;

/// <summary>What training and evaluation have in common.</summary>
public abstract class RunOptions
{
    /// <summary>Environment variable that names the folder of recordings.</summary>
    public const string RecordingsVariable = "DETECTOR_RECORDINGS";

    /// <summary>Folder that holds <c>honest/</c> with the sets of recordings; null where there is none.</summary>
    public string? RecordingsFolder { get; set; }

    /// <summary>Seed of everything that is drawn; the same seed gives the same result.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>A fraction of the windows: figures with wide intervals, in about half the time (as many trees are fitted).</summary>
    public bool Quick { get; set; }

    /// <summary>Threads that profile and judge.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Every fault, by member name; empty where there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        _ = Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(r => r.ErrorMessage ?? "An option is out of range."), .. OwnFaults()];
    }

    /// <summary>Faults that no attribute can tell.</summary>
    protected virtual IEnumerable<string> OwnFaults()
    {
        if (RecordingsFolder is { } folder && !Directory.Exists(Path.Combine(folder, "honest")))
        {
            yield return $"RecordingsFolder is '{folder}'; it must hold a folder 'honest' with one folder a set. "
                + $"Give --recordings DIR or set {RecordingsVariable}.";
        }
    }

    /// <summary>Throws one exception that names every fault.</summary>
    /// <exception cref="AnalysisException">An option is out of range or names a folder that is not there.</exception>
    internal void Check()
    {
        var faults = Faults();
        if (faults.Count > 0)
        {
            throw new AnalysisException(faults);
        }
    }
}
