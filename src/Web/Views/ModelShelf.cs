// SPDX-License-Identifier: Apache-2.0
namespace Detector.Web.Views;

/// <summary>The models that lie in a folder, with their cards and what their evaluation measured, as files say it.</summary>
/// <remarks>Files are read when somebody looks, so a model that was trained or promoted meanwhile is there. A folder that cannot be read shows no models.</remarks>
/// <param name="options">Names the folder.</param>
internal sealed class ModelShelf(WebOptions options)
{
    private const string ModelName = "model.json";
    private const string CardName = "card.md";
    private const string EvaluationName = "evaluation.json";
    private const string CurrentName = "current";

    /// <summary>Every model by id, the one in use first.</summary>
    public IReadOnlyList<ShelvedModel> List()
    {
        if (options.ModelsFolder is not { Length: > 0 } root || !Directory.Exists(root))
        {
            return [];
        }

        if (File.Exists(Path.Combine(root, ModelName)))
        {
            // The folder of one version is configured: its name and version are its last two parts.
            var version = new DirectoryInfo(root);
            return [new ShelvedModel($"{version.Parent?.Name}/{version.Name}", InUse: true, root)];
        }

        var current = Path.Combine(root, CurrentName) is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        return
        [
            .. Directory.EnumerateFiles(root, ModelName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
                .Select(f => Path.GetDirectoryName(f)!)
                .Select(folder => (Folder: folder, Id: Path.GetRelativePath(root, folder).Replace('\\', '/')))
                .Select(m => new ShelvedModel(m.Id, m.Id == current, m.Folder))
                .OrderByDescending(m => m.InUse).ThenBy(m => m.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The card of a model as Markdown; null where it has none.</summary>
    public static string? CardOf(ShelvedModel model) => Text(Path.Combine(model.Folder, CardName));

    /// <summary>What a model's evaluation measured; null where it was not evaluated.</summary>
    public static EvaluationFigures? EvaluationOf(ShelvedModel model) => Text(Path.Combine(model.Folder, EvaluationName)) is { } json ? EvaluationFigures.Read(json) : null;

    private static string? Text(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}

/// <summary>A model of the folder.</summary>
/// <param name="Id">Name and version.</param>
/// <param name="InUse">Whether it is the one in use.</param>
/// <param name="Folder">Where its files are.</param>
internal sealed record ShelvedModel(string Id, bool InUse, string Folder);
