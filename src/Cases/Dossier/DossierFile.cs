// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Dossier;

/// <summary>A dossier as a file: whole under its name, or not there; whatever stops in between leaves only a <c>.part</c> that the next writes over.</summary>
public static class DossierFile
{
    /// <summary>Writes a case's dossier; false where there is no such case, and nothing is then left.</summary>
    public static Task<bool> WriteAsync(DossierWriter writer, string caseId, string path, CancellationToken cancel) =>
        WriteAsync(writer, caseId, path, file => file, () => { }, cancel);

    /// <summary>The same, watched on its way.</summary>
    internal static async Task<bool> WriteAsync(DossierWriter writer, string caseId, string path, Func<Stream, Stream> watch, Action beforeMove, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var unfinished = path + ".part";
        bool found;
        await using (var file = File.Create(unfinished))
        {
            found = await writer.WriteAsync(caseId, watch(file), cancel);
            await file.FlushAsync(cancel);
            RandomAccess.FlushToDisk(file.SafeFileHandle); // else the name could outlive the content when the power goes
        }

        if (!found)
        {
            File.Delete(unfinished);
            return false;
        }

        beforeMove();
        File.Move(unfinished, path, overwrite: true);
        return true;
    }
}
