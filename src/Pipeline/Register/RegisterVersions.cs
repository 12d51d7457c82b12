// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>A register that was in force.</summary>
/// <param name="At">From when on, UTC.</param>
/// <param name="By">Who put it in force; <see cref="RegisterVersions.ByHand"/> where its file was edited.</param>
/// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
/// <param name="Meters">Meters that it has rows of.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="File">Name of the copy that is kept.</param>
public sealed record RegisterVersion(DateTimeOffset At, string By, string Sha256, int Meters, int Rows, string File);

/// <summary>Every register that was in force, each as a packed copy beside a list: what a finding rested on can be looked up later.</summary>
public sealed class RegisterVersions(string folder)
{
    /// <summary>Name of the folder under the data folder.</summary>
    public const string FolderName = "registers";

    /// <summary>Who changed a register that was edited as a file.</summary>
    public const string ByHand = "file";

    private const string ListName = "versions.jsonl";

    private string List => Path.Combine(folder, ListName);

    /// <summary>The versions, oldest first.</summary>
    public IReadOnlyList<RegisterVersion> All() => [.. Lines().Select(Read)];

    /// <summary>The newest; null where there is none.</summary>
    public RegisterVersion? Latest() => Lines().LastOrDefault() is { } line ? Read(line) : null;

    /// <summary>Keeps a register that comes into force.</summary>
    internal RegisterVersion Keep(string path, string sha256, SiteRegistry register, string by, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        var version = new RegisterVersion(
            now, by, sha256, register.Rows.Select(r => r.Meter).Distinct().Count(), register.Rows.Count(), $"sites-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{sha256[..8]}.csv.gz");
        using (var from = File.OpenRead(path))
        using (var to = new GZipStream(File.Create(Path.Combine(folder, version.File)), CompressionLevel.Fastest))
        {
            from.CopyTo(to);
        }

        File.AppendAllText(List, JsonSerializer.Serialize(version, FindingJson.Options) + "\n");
        return version;
    }

    private IEnumerable<string> Lines() => File.Exists(List) ? File.ReadLines(List).Where(line => line.Length > 0) : [];

    private static RegisterVersion Read(string line) => JsonSerializer.Deserialize<RegisterVersion>(line, FindingJson.Options)!;
}
