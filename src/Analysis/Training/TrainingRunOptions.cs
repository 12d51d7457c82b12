// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection;

namespace Detector.Analysis.Training;

/// <summary>How a model is made from recordings and simulation.</summary>
public sealed class TrainingRunOptions : RunOptions
{
    /// <summary>Folder of models; a version lands in <c>{name}/{version}</c> under it.</summary>
    [Required, MinLength(1)]
    public string ModelsFolder { get; set; } = "models";

    /// <summary>Name, version, trees and rates of the model; its seed is <see cref="RunOptions.Seed"/>.</summary>
    public TrainingOptions Training { get; set; } = new();

    /// <summary>Whether the new version becomes the one in use, by writing <c>current</c>.</summary>
    public bool MakeCurrent { get; set; } = true;

    /// <summary>Whether a version that exists is written over.</summary>
    public bool Overwrite { get; set; }

    /// <summary>Sites whose truth inspections found, to train on beside the recordings; null where there are none.</summary>
    public InspectedSites? Inspected { get; set; }

    /// <summary>Folder of the version.</summary>
    public string VersionFolder => Path.Combine(ModelsFolder, Training.Name, Training.Version);

    /// <inheritdoc />
    protected override IEnumerable<string> OwnFaults()
    {
        foreach (var fault in base.OwnFaults())
        {
            yield return fault;
        }

        foreach (var (member, value) in new[] { ("Name", Training.Name), ("Version", Training.Version) })
        {
            if (value.Length == 0 || value.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || value.Contains("..", StringComparison.Ordinal))
            {
                yield return $"Training:{member} is '{value}'; it becomes the name of a folder and must be one.";
            }
        }

        if (Inspected is { } inspected && !inspected.Labels.Any(InspectedSites.Counts))
        {
            yield return "No label names an inspection: only labels with 'provenance' inspection:N and 'inspected_utc' train. GET /api/v1/labels?format=csv gives them.";
        }

        if (!Overwrite && File.Exists(Path.Combine(VersionFolder, "model.json")))
        {
            yield return $"'{VersionFolder}' holds a model already; choose another version, or ask to overwrite it.";
        }
    }
}
