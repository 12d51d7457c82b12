// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Models;

/// <summary>The class evidence of a model on disk: <c>model.json</c>.</summary>
internal static class ModelFile
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "model.json";

    private const string Format = "detector-model/1";

    public static void Write(ModelContent content, string folder) => ModelEnvelope.Write(content, Format, Path.Combine(folder, FileName));

    public static ModelContent Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var content = ModelEnvelope.Read<ModelContent>(Format, path);
        var expected = FeatureCatalog.Default().Features.Select(f => f.Name).ToArray();
        if (!content.Features.SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"The model '{path}' was trained on other features: {Difference(content.Features, expected)}. Train it again.");
        }

        return content;
    }

    private static string Difference(IReadOnlyList<string> had, string[] expected)
    {
        var gone = had.Except(expected).ToArray();
        var added = expected.Except(had).ToArray();
        return gone.Length + added.Length == 0
            ? "the same names in another order"
            : $"it knows [{string.Join(", ", gone)}] that are gone and lacks [{string.Join(", ", added)}]";
    }
}
