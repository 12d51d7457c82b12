// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change.Features;
using Detector.Detection.Models;

namespace Detector.Detection.Change;

/// <summary>The change evidence of a model on disk: <c>change.json</c> beside <c>model.json</c>; a model without it has none.</summary>
internal static class ChangeFile
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "change.json";

    private const string Format = "detector-change/1";

    public static void Write(ChangeContent content, string folder) => ModelEnvelope.Write(content, Format, Path.Combine(folder, FileName));

    /// <summary>The content, or null where the folder has no such file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or was made for other features.</exception>
    public static ChangeContent? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var content = ModelEnvelope.Read<ChangeContent>(Format, path);
        return content.Features.SequenceEqual(ChangeCatalog.Default().Features.Select(f => f.Name))
            ? content
            : throw new InvalidDataException($"The change evidence '{path}' was trained on other features than this version's. Train it again.");
    }
}
