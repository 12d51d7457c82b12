// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using Detector.Cases.Attachments;
using Detector.Host.Hosting;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>cases attachments</c>: the files of a case, listed and written out.</summary>
internal static class CaseFiles
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var id = new Argument<string>("ID") { Description = "The case's id." };
        var folder = new Option<string?>("--out") { Description = "Folder to write them to; each is named by its event and its type, never by its sender." };
        var command = new Command("attachments", "Lists the files of a case, and writes them out. Each is checked against the hash in its event.") { id, format, folder };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await KeptStores.OpenDeskAsync(common.Load(parsed), cancel);
            var attachments = new AttachmentDesk(desk);
            var caseId = parsed.GetValue(id)!;
            var listing = new Listing("sequence", "name", "type", "bytes", "sha256", "by", "at", "file");
            foreach (var a in await attachments.OfAsync(caseId, cancel) ?? throw new UsageException($"There is no case {caseId}."))
            {
                var file = parsed.GetValue(folder) is { } to ? await WriteAsync(attachments, caseId, a, to, cancel) : null;
                listing.Add(a.Sequence, a.Name, a.Type, a.Bytes, a.Sha256, a.By, a.At, file);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static async Task<string> WriteAsync(AttachmentDesk attachments, string caseId, Attachment attachment, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, attachment.Sequence.ToString("D10", CultureInfo.InvariantCulture) + AttachmentType.EndingOf(attachment.Type));
        var (_, content) = (await attachments.ReadAsync(caseId, attachment.Sequence, cancel))!.Value;
        await File.WriteAllBytesAsync(file, content, cancel);
        return file;
    }
}
