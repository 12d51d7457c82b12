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
/// <remarks>A line that a power cut left half written names no version: it is passed over, and the register that is in force is entered anew.</remarks>
public sealed class RegisterVersions(string folder)
{
    /// <summary>Name of the folder under the data folder.</summary>
    public const string FolderName = "registers";

    /// <summary>Who changed a register that was edited as a file.</summary>
    public const string ByHand = "file";

    private const string ListName = "versions.jsonl";

    private string List => Path.Combine(folder, ListName);

    /// <summary>The versions, oldest first.</summary>
    public IReadOnlyList<RegisterVersion> All() => [.. Whole()];

    /// <summary>The newest; null where there is none.</summary>
    public RegisterVersion? Latest() => Whole().LastOrDefault();

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

        Append(JsonSerializer.SerializeToUtf8Bytes(version, FindingJson.Options));
        return version;
    }

    private void Append(byte[] line)
    {
        using var list = new FileStream(List, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (list.Length > 0)
        {
            list.Seek(-1, SeekOrigin.End);
            if (list.ReadByte() != '\n')
            {
                list.WriteByte((byte)'\n'); // a line that was left half written must not swallow this one
            }
        }

        list.Write([.. line, (byte)'\n']);
        list.Flush(flushToDisk: true);
    }

    private IEnumerable<RegisterVersion> Whole() => File.Exists(List) ? File.ReadLines(List).Select(Read).OfType<RegisterVersion>() : [];

    private static RegisterVersion? Read(string line)
    {
        try
        {
            return line.Length > 0 ? JsonSerializer.Deserialize<RegisterVersion>(line, FindingJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
