// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Detector.Profiles;

namespace Detector.Detection.Models;

/// <summary>A model on disk: <c>model.json</c>, an envelope of format, checksum and content.</summary>
/// <remarks>The checksum is SHA-256 over the content's bytes as they stand in the file. Numbers are written in their shortest exact form.</remarks>
internal static class ModelFile
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "model.json";

    private const string Format = "detector-model/1";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(ModelContent content, string folder)
    {
        Directory.CreateDirectory(folder);
        var body = JsonSerializer.Serialize(content, Json);
        var text = $$"""{"format":"{{Format}}","sha256":"{{Checksum(body)}}","content":{{body}}}""" + "\n";
        var path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".new", text, new UTF8Encoding(false));
        File.Move(path + ".new", path, overwrite: true); // a reader sees the old model or the new one, never half of one
    }

    public static ModelContent Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no model in '{folder}': {FileName} is missing.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return Checked(document.RootElement, path);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"The model '{path}' is not a model file: {fault.Message}", fault);
        }
    }

    private static ModelContent Checked(JsonElement root, string path)
    {
        var format = root.GetProperty("format").GetString();
        if (format != Format)
        {
            throw new InvalidDataException($"The model '{path}' has the format '{format}'; this version reads '{Format}'.");
        }

        var body = root.GetProperty("content");
        if (root.GetProperty("sha256").GetString() != Checksum(body.GetRawText()))
        {
            throw new InvalidDataException($"The model '{path}' is damaged: its checksum does not fit its content.");
        }

        var content = body.Deserialize<ModelContent>(Json) ?? throw new InvalidDataException($"The model '{path}' is empty.");
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

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
