// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Detection.Models;

/// <summary>How every file of a model folder is kept: an envelope of format, checksum and content.</summary>
/// <remarks>The checksum is SHA-256 over the content's bytes as they stand in the file. Numbers are written in their shortest exact form.</remarks>
internal static class ModelEnvelope
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes a file, made anew as a whole; the same content gives the same bytes.</summary>
    public static void Write<T>(T content, string format, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var body = JsonSerializer.Serialize(content, Json);
        var text = $$"""{"format":"{{format}}","sha256":"{{Checksum(body)}}","content":{{body}}}""" + "\n";
        File.WriteAllText(path + ".new", text, new UTF8Encoding(false));
        File.Move(path + ".new", path, overwrite: true); // a reader sees the old model or the new one, never half of one
    }

    /// <summary>Reads a file that must be of this format.</summary>
    /// <exception cref="InvalidDataException">It is missing, damaged or of another format; the message says which.</exception>
    public static T Read<T>(string format, string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no model in '{Path.GetDirectoryName(path)}': {Path.GetFileName(path)} is missing.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return Checked<T>(document.RootElement, format, path);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"The model '{path}' is not a model file: {fault.Message}", fault);
        }
    }

    private static T Checked<T>(JsonElement root, string expected, string path)
    {
        var format = root.GetProperty("format").GetString();
        if (format != expected)
        {
            throw new InvalidDataException($"The model '{path}' has the format '{format}'; this version reads '{expected}'.");
        }

        var body = root.GetProperty("content");
        if (root.GetProperty("sha256").GetString() != Checksum(body.GetRawText()))
        {
            throw new InvalidDataException($"The model '{path}' is damaged: its checksum does not fit its content.");
        }

        return body.Deserialize<T>(Json) ?? throw new InvalidDataException($"The model '{path}' is empty.");
    }

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
