// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Detector.Cases.Attachments;
using Detector.Cases.Audit;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>What a dossier's verification found.</summary>
/// <param name="Intact">Whether everything matches.</param>
/// <param name="CaseId">The case it is about, where that could be read.</param>
/// <param name="Entries">Files in it.</param>
/// <param name="FirstFault">The first thing that does not match, in words; null where intact.</param>
public sealed record DossierState(bool Intact, string? CaseId, int Entries, string? FirstFault);

/// <summary>Checks a dossier with nothing but the file: checksums, the links of the audit chain, what they speak of, and every byte of the ZIP.</summary>
/// <remarks>It finds every change of the file short of making a consistent forgery of all of it; against that stands the chain of the store it came from.</remarks>
public static class DossierVerifier
{
    private static readonly string[] Required = [DossierFormat.Audit, DossierFormat.Case, DossierFormat.History, DossierFormat.ReadMe, DossierFormat.Sums];

    /// <summary>Verifies a file; one that is no dossier at all is a fault too. Throws only where the file cannot be opened.</summary>
    public static DossierState Verify(string file) => Verify(File.ReadAllBytes(file));

    internal static DossierState Verify(byte[] file)
    {
        var entries = DossierFormat.NewEntries();
        var fault = Unpack(file, entries) ?? SumsFault(entries);
        string? caseId = null;
        if (fault is null)
        {
            try
            {
                fault = ContentFault(entries, out caseId);
            }
            catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
            {
                fault = $"The contents cannot be read: {broken.Message}";
            }
        }

        fault ??= file.AsSpan().SequenceEqual(DossierFormat.Pack(entries)) ? null : "The ZIP's own structure is not as it was written.";
        return new DossierState(fault is null, caseId, entries.Count, fault);
    }

    private static string? Unpack(byte[] file, SortedDictionary<string, byte[]> entries)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                if (entry.Length != entry.CompressedLength || entry.Length > file.Length)
                {
                    return $"{entry.FullName} is not stored as it was written.";
                }

                using var content = entry.Open();
                var bytes = new byte[entry.Length];
                content.ReadExactly(bytes);
                if (!entries.TryAdd(entry.FullName, bytes))
                {
                    return $"{entry.FullName} is there twice.";
                }
            }
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return $"The file is not a readable ZIP: {broken.Message}"; // hostile bytes fail in many ways, all of which mean this
        }

        return Required.FirstOrDefault(name => !entries.ContainsKey(name)) is { } missing ? $"{missing} is missing." : null;
    }

    private static string? SumsFault(SortedDictionary<string, byte[]> entries)
    {
        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in System.Text.Encoding.UTF8.GetString(entries[DossierFormat.Sums]).Split('\n'))
        {
            if (line.Length > 66)
            {
                stated[line[66..]] = line[..64];
            }
        }

        foreach (var (name, bytes) in entries.Where(e => e.Key != DossierFormat.Sums))
        {
            if (!stated.TryGetValue(name, out var sum))
            {
                return $"{name} is not among the checksums.";
            }

            if (sum != Convert.ToHexStringLower(SHA256.HashData(bytes)))
            {
                return $"{name} does not match its checksum.";
            }
        }

        if (stated.Keys.FirstOrDefault(name => !entries.ContainsKey(name)) is { } gone)
        {
            return $"{gone} is missing.";
        }

        return entries[DossierFormat.Sums].AsSpan().SequenceEqual(DossierFormat.SumsOf(entries)) ? null : $"{DossierFormat.Sums} is not as it was written.";
    }

    private static string? ContentFault(SortedDictionary<string, byte[]> entries, out string? caseId)
    {
        var summary = Read<CaseSummary>(entries[DossierFormat.Case]);
        caseId = summary.Id;
        var links = ReadList<AuditRow>(entries[DossierFormat.Audit]).ToDictionary(row => row.Sequence);
        if (links.Values.FirstOrDefault(row => row.Hash != AuditChain.HashOf(row.Previous, row.Sequence, row.Kind, row.Body)) is { } broken)
        {
            return $"The hash of link {broken.Sequence} does not match its content.";
        }

        var events = ReadList<CaseEvent>(entries[DossierFormat.History]);
        foreach (var happened in events)
        {
            if (!links.TryGetValue(happened.Sequence, out var link) || link.Body != AuditChain.BodyOf(happened))
            {
                return $"The event {happened.Sequence} is not what the audit chain says.";
            }
        }

        var last = events[^1];
        if (last.CaseId != summary.Id || last.After != summary.State || last.EvidenceVersion != summary.EvidenceVersion)
        {
            return $"{DossierFormat.Case} does not say what the last event left.";
        }

        return events.Select(e => e.VerdictSequence).OfType<long>().Distinct().Select(s => FindingFault(s, links, entries)).FirstOrDefault(f => f is not null)
            ?? AttachmentFault(AttachmentDesk.Of(events), entries);
    }

    private static string? AttachmentFault(IReadOnlyList<Attachment> attachments, SortedDictionary<string, byte[]> entries)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attachment in attachments)
        {
            var name = AttachmentFacts.EntryOf(attachment);
            known.Add(name);
            if (!entries.TryGetValue(name, out var content))
            {
                return $"{name} is missing.";
            }

            if (!AttachmentDesk.Matches(attachment, content))
            {
                return $"{name} is not what the audit chain says.";
            }
        }

        return entries.Keys.FirstOrDefault(n => n.StartsWith(DossierFormat.Attachments, StringComparison.Ordinal) && !known.Contains(n)) is { } stray
            ? $"{stray} was attached by no event."
            : null;
    }

    private static string? FindingFault(long sequence, Dictionary<long, AuditRow> links, SortedDictionary<string, byte[]> entries)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{DossierFormat.Findings}{sequence:D10}.json");
        if (!entries.TryGetValue(name, out var text) || !links.TryGetValue(sequence, out var link))
        {
            return $"{name} or its link is missing.";
        }

        using var body = JsonDocument.Parse(link.Body);
        return body.RootElement.GetProperty("finding_sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(text))
            ? null
            : $"{name} is not what the audit chain says.";
    }

    private static List<T> ReadList<T>(byte[] json)
        where T : class
    {
        var list = Read<List<T>>(json);
        return list.TrueForAll(item => item is not null) ? list : throw new JsonException("null where an object is due.");
    }

    private static T Read<T>(byte[] json) =>
        JsonSerializer.Deserialize<T>(json, FindingJson.Options) ?? throw new JsonException("null where an object is due.");
}
