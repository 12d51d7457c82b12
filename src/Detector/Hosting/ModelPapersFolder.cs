// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Cases.Dossier;
using Detector.Host.Configuration;
using Detector.Metering;

namespace Detector.Host.Hosting;

/// <summary>Cards and calibration of models by their names, from the folders of models: that of the model configured, and that of the shipped ones.</summary>
internal static class ModelPapersFolder
{
    public static PapersOfModel Of(Settings settings)
    {
        var configured = settings.Model.Folder.Length > 0 ? Path.GetFullPath(Path.Combine(settings.Model.Folder, "..", "..")) : null; // NAME/VERSION below it
        var shipped = Path.Combine(AppContext.BaseDirectory, "models");
        return model => new[] { configured, shipped }.OfType<string>().Select(root => Read(root, model)).FirstOrDefault(p => p is not null);
    }

    private static ModelPapers? Read(string root, string model)
    {
        var folder = Path.GetFullPath(Path.Combine(root, model));
        if (!folder.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !Directory.Exists(folder))
        {
            return null;
        }

        var card = Path.Combine(folder, "card.md");
        var evaluation = Path.Combine(folder, "evaluation.json");
        return new ModelPapers(
            File.Exists(card) ? File.ReadAllText(card).ReplaceLineEndings("\n") : null,
            File.Exists(evaluation) ? CalibrationOf(File.ReadAllText(evaluation)) : null);
    }

    /// <summary>Null where an evaluation was made before it said how probabilities hold.</summary>
    private static Calibration? CalibrationOf(string evaluation) =>
        JsonSerializer.Deserialize<Calibration>(evaluation, FindingJson.Options) is { Command: not null, Reliability: not null } calibration ? calibration : null;
}
