// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Detector.Access;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Attachments;

/// <summary>Files of a case: photos, leases, reports. Each is an event of the case, kept in the store with it and never changed.</summary>
public sealed class AttachmentDesk(CaseDesk desk)
{
    private const int LongestName = 120;
    private static readonly Role[] Attachers = [Role.Operator, Role.Supervisor, Role.Analyst];

    private AttachmentOptions Options => desk.Options.Attachments;

    /// <summary>Longest attachment in bytes.</summary>
    public int LongestBytes => Options.LongestBytes;

    /// <summary>Most files of a case.</summary>
    public int MostOfCase => Options.MostOfCase;

    /// <summary>Whether a role attaches files.</summary>
    public static bool IsFor(Role role) => Attachers.Contains(role);

    /// <summary>Attaches a file to a case, open or over, as notes are written. The same content under the same name is kept once.</summary>
    public Task<MoveResult> AttachAsync(string caseId, string name, ReadOnlyMemory<byte> content, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(caseId);
        return desk.ChangeAsync(caseId, note, "attach", actor, (writer, recorder, stop) => AttachAsync(writer, recorder, new AttachRequest(caseId, name, content, actor, note), stop), cancel);
    }

    /// <summary>The attachments of a case, oldest first; null where there is no such case.</summary>
    public async Task<IReadOnlyList<Attachment>?> OfAsync(string caseId, CancellationToken cancel) =>
        await desk.GetAsync(caseId, cancel) is { } found ? Of(found.Events) : null;

    /// <summary>An attachment and its content; null where the case has none of this number.</summary>
    /// <exception cref="InvalidDataException">The content is not what was attached.</exception>
    public Task<(Attachment Attachment, byte[] Content)?> ReadAsync(string caseId, long sequence, CancellationToken cancel) => desk.Store.ReadAsync<(Attachment, byte[])?>(
        async (reader, stop) =>
        {
            if (CaseRecord.NumberOf(caseId) is not { } number || Of(await reader.EventsOfAsync(number, stop)).FirstOrDefault(a => a.Sequence == sequence) is not { } attachment)
            {
                return null;
            }

            var content = await reader.AttachmentAsync(sequence, stop);
            return content is not null && Matches(attachment, content)
                ? (attachment, content)
                : throw new InvalidDataException($"Attachment {sequence} of {caseId} is not what was attached; see 'detector cases verify'.");
        },
        cancel);

    /// <summary>The attachments that events speak of.</summary>
    public static IReadOnlyList<Attachment> Of(IEnumerable<CaseEvent> events) => [.. events.Select(AttachmentFacts.Of).OfType<Attachment>()];

    /// <summary>Whether a content is the one that was attached.</summary>
    internal static bool Matches(Attachment attachment, byte[] content) => attachment.Bytes == content.Length && attachment.Sha256 == Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> AttachAsync(
        ICaseWriter store, Recorder recorder, AttachRequest request, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(request.CaseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        if (!IsFor(request.Actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.NotForRole("attach", request.Actor.Role), record);
        }

        if (FaultOf(request, out var type) is { } fault)
        {
            return (fault.Outcome, fault.Text, record);
        }

        var facts = new AttachmentFacts(request.Name, type!.MediaType, request.Content.Length, Convert.ToHexStringLower(SHA256.HashData(request.Content.Span)));
        var present = Of(await store.EventsOfAsync(number, cancel));
        if (present.Any(a => a.Sha256 == facts.Sha256 && a.Name == facts.Name))
        {
            return (MoveOutcome.Recorded, MoveText.Recorded, record);
        }

        if (present.Count >= Options.MostOfCase)
        {
            return (MoveOutcome.NotLegal, MoveText.TooManyAttachments(Options.MostOfCase), record);
        }

        if (present.Sum(a => a.Bytes) + facts.Bytes > Options.MostBytesOfCase)
        {
            return (MoveOutcome.NotLegal, MoveText.TooMuchAttached(Options.MostBytesOfCase), record);
        }

        return (MoveOutcome.Recorded, MoveText.Recorded, await RecordAsync(store, recorder, record, request, facts, cancel));
    }

    private static async Task<CaseRecord> RecordAsync(
        ICaseWriter store, Recorder recorder, CaseRecord record, AttachRequest request, AttachmentFacts facts, CancellationToken cancel)
    {
        var after = record with { Changed = recorder.Now };
        var sequence = await recorder.ChangeAsync(
            after,
            recorder.Happened(after, CaseEventKind.Attached) with
            {
                Verb = "attach",
                Before = record.State,
                Actor = request.Actor.Name,
                Role = request.Actor.Role,
                Why = request.Note,
                Data = JsonSerializer.Serialize(facts, FindingJson.Options),
            },
            cancel);
        await store.AddAttachmentAsync(sequence, request.Content.ToArray(), cancel);
        Metrics.Attached(facts.Type, facts.Bytes);
        return after;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim() == name && name[0] != '.' && name.AsSpan().IndexOfAny('/', '\\') < 0 && name.EnumerateRunes().All(IsReadable);

    /// <summary>Whether a character shows as what it is: none that is broken, controls, or turns the direction of what follows.</summary>
    private static bool IsReadable(Rune rune) => rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private (MoveOutcome Outcome, BothTexts Text)? FaultOf(AttachRequest request, out AttachmentType? type)
    {
        type = null;
        if (!IsName(request.Name))
        {
            return (MoveOutcome.Invalid, MoveText.BadAttachmentName(LongestName));
        }

        if (request.Content.Length > Options.LongestBytes)
        {
            return (MoveOutcome.TooLarge, MoveText.AttachmentTooLarge(Options.LongestBytes));
        }

        type = AttachmentType.Of(request.Content.Span, request.Name);
        return type is not null
            ? null
            : (MoveOutcome.UnsupportedType, MoveText.AttachmentType(string.Join(", ", AttachmentType.All.SelectMany(t => t.Extensions))));
    }

    private sealed record AttachRequest(string CaseId, string Name, ReadOnlyMemory<byte> Content, Actor Actor, string? Note);
}
