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
/// <param name="Signature">What was found of its signature.</param>
/// <param name="FirstFault">The first thing that does not match, in words; null where intact.</param>
public sealed record DossierState(bool Intact, string? CaseId, int Entries, SignatureState Signature, string? FirstFault);

/// <summary>What is known of a dossier's signature.</summary>
public enum SignatureState
{
    /// <summary>It has none.</summary>
    None = 0,

    /// <summary>It has one, and no key was given to check it with.</summary>
    Unchecked = 1,

    /// <summary>It is by the key that was given.</summary>
    Valid = 2,

    /// <summary>It is missing, or not by the key that was given.</summary>
    Invalid = 3,
}

/// <summary>Checks a dossier with nothing but the file: checksums, the links of the audit chain, what they speak of, and every byte of the ZIP.</summary>
/// <remarks>It finds every change of the file short of making a consistent forgery of all of it; against that stand the signature and the chain of the store it came from.</remarks>
public static class DossierVerifier
{
    private static readonly string[] Required = [DossierFormat.Audit, DossierFormat.Case, DossierFormat.History, DossierFormat.ReadMe, DossierFormat.Sums];

    /// <summary>Verifies a file; one that is no dossier at all is a fault too. Throws only where the file cannot be opened.</summary>
    /// <param name="file">The dossier.</param>
    /// <param name="publicKeyFile">The key in PEM that it must be signed with; null to leave a signature unchecked.</param>
    /// <exception cref="InvalidDataException">The key's file holds no key that signs dossiers.</exception>
    public static DossierState Verify(string file, string? publicKeyFile = null) => Verify(File.ReadAllBytes(file), publicKeyFile);

    internal static DossierState Verify(byte[] file, string? publicKeyFile = null)
    {
        var entries = DossierFormat.NewEntries();
        var fault = Unpack(file, entries) ?? SumsFault(entries);
        var signature = SignatureOf(entries, publicKeyFile);
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

        fault ??= signature != SignatureState.Invalid ? StructureFault(file, entries) // after the chain, which says where
            : entries.ContainsKey(DossierFormat.Signature) ? $"{DossierFormat.Signature} is not by the key given." : $"{DossierFormat.Signature} is missing: the file is not signed.";
        return new DossierState(fault is null, caseId, entries.Count, signature, fault);
    }

    private static SignatureState SignatureOf(SortedDictionary<string, byte[]> entries, string? publicKeyFile)
    {
        if (!entries.TryGetValue(DossierFormat.Signature, out var signature))
        {
            return publicKeyFile is null ? SignatureState.None : SignatureState.Invalid;
        }

        return publicKeyFile is null ? SignatureState.Unchecked
            : entries.TryGetValue(DossierFormat.Sums, out var sums) && DossierSignature.IsBy(sums, signature, publicKeyFile) ? SignatureState.Valid
            : SignatureState.Invalid;
    }

    /// <summary>Where the ZIP is not the one that its contents make: its own records, or a signature that nobody checked.</summary>
    private static string? StructureFault(byte[] file, SortedDictionary<string, byte[]> entries)
    {
        var made = DossierFormat.Pack(entries);
        var same = file.AsSpan().CommonPrefixLength(made);
        return same == file.Length && same == made.Length ? null : string.Create(CultureInfo.InvariantCulture, $"The ZIP's own structure is not as it was written, from byte {same} on.");
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

        foreach (var (name, bytes) in entries.Where(e => DossierFormat.IsSummed(e.Key)))
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
        var summary = Read<CaseSummary>(entries, DossierFormat.Case);
        caseId = summary.Id;
        var rows = ReadList<AuditRow>(entries, DossierFormat.Audit);
        var events = ReadList<CaseEvent>(entries, DossierFormat.History);
        if ((Misplaced(rows.ConvertAll(r => r.Sequence), DossierFormat.Audit) ?? Misplaced(events.ConvertAll(e => e.Sequence), DossierFormat.History)) is { } misplaced)
        {
            return misplaced;
        }

        var links = rows.ToDictionary(row => row.Sequence);
        if (links.Values.FirstOrDefault(row => row.Hash != AuditChain.HashOf(row.Previous, row.Sequence, row.Kind, row.Body)) is { } broken)
        {
            return $"The hash of link {broken.Sequence} does not match its content.";
        }

        foreach (var happened in events)
        {
            if (!links.TryGetValue(happened.Sequence, out var link) || link.Body != AuditChain.BodyOf(happened))
            {
                return $"The event {happened.Sequence} is not what the audit chain says.";
            }
        }

        var told = events.ConvertAll(e => e.Sequence).ToHashSet();
        if (rows.Find(row => row.Kind == AuditKind.CaseEvent && !told.Contains(row.Sequence)) is { } untold)
        {
            return $"The event {untold.Sequence} is missing in {DossierFormat.History}.";
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

    private static string? Misplaced(List<long> sequences, string name)
    {
        for (var i = 1; i < sequences.Count; i++)
        {
            if (sequences[i] <= sequences[i - 1])
            {
                return $"{sequences[i]} is not in its place in {name}.";
            }
        }

        return null;
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

    private static List<T> ReadList<T>(SortedDictionary<string, byte[]> entries, string name)
        where T : class
    {
        var list = Read<List<T>>(entries, name);
        return list.TrueForAll(item => item is not null) ? list : throw new JsonException($"{name} has null where an object is due.");
    }

    private static T Read<T>(SortedDictionary<string, byte[]> entries, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(entries[name], FindingJson.Options) ?? throw new JsonException("null where an object is due.");
        }
        catch (JsonException broken)
        {
            throw new JsonException($"{name}: {broken.Message}", broken);
        }
    }
}
