// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using Detector.Cases.Dossier;
using Detector.Metering;

namespace Detector.Cases.Attachments;

/// <summary>A file that belongs to a case, as its event says.</summary>
/// <param name="Sequence">Its event: by it the file is asked for.</param>
/// <param name="Name">Its name, as the sender gave it.</param>
/// <param name="Type">Media type, from its content.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="By">Who attached it.</param>
/// <param name="At">When, UTC.</param>
public sealed record Attachment(long Sequence, string Name, string Type, long Bytes, string Sha256, string By, DateTimeOffset At);

/// <summary>What an event says of an attachment; its data.</summary>
internal sealed record AttachmentFacts(string Name, string Type, long Bytes, string Sha256)
{
    public static Attachment? Of(CaseEvent happened) => happened is { Kind: CaseEventKind.Attached, Data: { } data }
        && JsonSerializer.Deserialize<AttachmentFacts>(data, FindingJson.Options) is { } facts
            ? new Attachment(happened.Sequence, facts.Name, facts.Type, facts.Bytes, facts.Sha256, happened.Actor, happened.At)
            : null;

    /// <summary>Name of the file in a dossier: the event's number and the type's own ending, so that no name given by a sender is a path.</summary>
    public static string EntryOf(Attachment attachment) => string.Create(
        CultureInfo.InvariantCulture, $"{DossierFormat.Attachments}{attachment.Sequence:D10}{AttachmentType.EndingOf(attachment.Type)}");
}
