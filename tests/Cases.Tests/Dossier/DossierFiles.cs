// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using Detector.Cases.Dossier;

namespace Detector.Cases.Tests.Dossier;

/// <summary>Dossiers as their entries.</summary>
internal static class DossierFiles
{
    public static async Task<byte[]> WriteAsync(CasesBench bench, string id, DossierSources? sources = null)
    {
        using var file = new MemoryStream();
        Assert.That(await new DossierWriter(bench.Desk, sources).WriteAsync(id, file, default), Is.True);
        return file.ToArray();
    }

    public static SortedDictionary<string, byte[]> Unpack(byte[] file)
    {
        var entries = DossierFormat.NewEntries();
        using var archive = new ZipArchive(new MemoryStream(file));
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using var from = entry.Open();
            from.CopyTo(content);
            entries[entry.FullName] = content.ToArray();
        }

        return entries;
    }
}
