// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>The one way in which a dossier's bytes follow from its entries, for the writer and the verifier.</summary>
/// <remarks>Entries are sorted, stored uncompressed (compressors differ between versions) and dated 1980-01-01, the earliest a ZIP can say.</remarks>
internal static class DossierFormat
{
    public const string Sums = "SHA256SUMS";
    public const string Case = "case.json";
    public const string History = "history.json";
    public const string Audit = "audit.json";
    public const string ReadMe = "README.txt";
    public const string Findings = "findings/";
    public const string Attachments = "attachments/";
    public const string Signature = "SHA256SUMS.sig";
    public const string Page = "dossier.html";
    public const string Print = "dossier.pdf";
    public const string Measures = "measures.json";
    public const string Surcharge = "surcharge.json";
    public const string SurchargeReadings = "surcharge.csv";
    public const string Models = "models/";

    private static readonly DateTimeOffset Dated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Name of a meter's readings.</summary>
    public static string ReadingsOf(MeterId meter) => $"readings/{Uri.EscapeDataString(meter.Value)}.csv";

    /// <summary>Name of a meter's chart.</summary>
    public static string ChartOf(MeterId meter) => $"charts/{Uri.EscapeDataString(meter.Value)}.svg";

    /// <summary>Whether the checksums are over an entry: over all but themselves and their signature.</summary>
    public static bool IsSummed(string name) => name is not (Sums or Signature);

    /// <summary>Checksums of every entry, in the form that <c>sha256sum -c</c> reads.</summary>
    public static byte[] SumsOf(SortedDictionary<string, byte[]> entries)
    {
        var text = new StringBuilder();
        foreach (var (name, bytes) in entries.Where(e => IsSummed(e.Key)))
        {
            text.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(name).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The file of these entries.</summary>
    public static byte[] Pack(SortedDictionary<string, byte[]> entries)
    {
        // In memory: a ZIP written to a stream without seeking has other bytes than one with.
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Dated;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return file.ToArray();
    }

    /// <summary>No entries yet; ordinal order, the same everywhere.</summary>
    public static SortedDictionary<string, byte[]> NewEntries() => new(StringComparer.Ordinal);
}
