// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Cases.Attachments;
using Detector.Cases.Audit;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>Writes a meter's readings of a range as CSV: <c>timestamp_utc,value_kw</c>, oldest first, the same bytes each time.</summary>
public delegate Task ReadingsExcerpt(MeterId meter, TimeRange range, Stream csv, CancellationToken cancel);

/// <summary>Makes the one file that is handed to an inspector or a court: a ZIP, byte-identical when remade from the same case.</summary>
/// <param name="desk">The desk.</param>
/// <param name="readings">Adds the readings of each meter over all its windows; null leaves them out.</param>
public sealed class DossierWriter(CaseDesk desk, ReadingsExcerpt? readings = null)
{
    private const string ReadMe = """
        Evidence file of one case. Verify it offline with: detector cases verify FILE
        案件证据文件。离线校验：detector cases verify FILE

        case.json       the case as it stands / 案件现状
        findings/       what detection said, one file a version of the evidence / 各版本证据的检测结论
        history.json    who did what, when and why / 处理经过
        audit.json      the links of the audit chain that belong to this case / 审计链中属于本案的记录
        attachments/    files handed in, named by the event that attached them; only where there are any / 附件（如有），以附加事件编号命名
        readings/       readings of the meters judged, where included / 涉案电表读数（如包含）
        SHA256SUMS      checksums of all of these / 以上文件的校验和

        """;

    /// <summary>Writes a case's dossier; false where there is no such case, and nothing is then written.</summary>
    public async Task<bool> WriteAsync(string caseId, Stream output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (await desk.GetAsync(caseId, cancel) is null)
        {
            return false;
        }

        var (entries, evidence) = await desk.Store.ReadAsync((reader, stop) => GatherAsync(reader, caseId, stop), cancel);
        if (readings is not null)
        {
            await AddReadingsAsync(readings, evidence, entries, cancel);
        }

        entries[DossierFormat.Sums] = DossierFormat.SumsOf(entries);
        await output.WriteAsync(DossierFormat.Pack(entries), cancel);
        return true;
    }

    private static async Task<(SortedDictionary<string, byte[]> Entries, IReadOnlyList<CaseEvidence> Evidence)> GatherAsync(
        ICaseReader reader, string caseId, CancellationToken cancel)
    {
        var number = CaseRecord.NumberOf(caseId)!.Value;
        var record = (await reader.CaseAsync(number, cancel))!;
        var events = await reader.EventsOfAsync(number, cancel);
        var evidence = await reader.EvidenceOfAsync(number, cancel);
        var sequences = events.Select(e => e.Sequence).Concat(events.Select(e => e.VerdictSequence).OfType<long>()).Distinct().ToArray();
        IReadOnlyList<AuditRow> audit = await reader.AuditOfAsync(sequences, cancel);

        var entries = DossierFormat.NewEntries();
        entries[DossierFormat.ReadMe] = Encoding.UTF8.GetBytes(ReadMe.ReplaceLineEndings("\n"));
        entries[DossierFormat.Case] = Json(record.Summary());
        entries[DossierFormat.History] = Json(events);
        entries[DossierFormat.Audit] = Json(audit);
        foreach (var sequence in events.Select(e => e.VerdictSequence).OfType<long>().Distinct())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{DossierFormat.Findings}{sequence:D10}.json");
            entries[name] = Encoding.UTF8.GetBytes(await reader.FindingTextAsync(sequence, cancel));
        }

        foreach (var attachment in AttachmentDesk.Of(events))
        {
            entries[AttachmentFacts.EntryOf(attachment)] = await reader.AttachmentAsync(attachment.Sequence, cancel)
                ?? throw new InvalidDataException($"Attachment {attachment.Sequence} of {caseId} is gone; see 'detector cases verify'.");
        }

        return (entries, evidence);
    }

    private static async Task AddReadingsAsync(
        ReadingsExcerpt readings, IReadOnlyList<CaseEvidence> evidence, SortedDictionary<string, byte[]> entries, CancellationToken cancel)
    {
        foreach (var ofMeter in evidence.GroupBy(e => e.Finding.Meter))
        {
            var range = new TimeRange(ofMeter.Min(e => e.Finding.Window.From), ofMeter.Max(e => e.Finding.Window.To));
            using var csv = new MemoryStream();
            await readings(ofMeter.Key, range, csv, cancel);
            entries[$"{DossierFormat.Readings}{Uri.EscapeDataString(ofMeter.Key.Value)}.csv"] = csv.ToArray();
        }
    }

    private static byte[] Json<T>(T value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, FindingJson.Indented).ReplaceLineEndings("\n") + "\n");
}
