// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Cases.Attachments;
using Detector.Cases.Audit;
using Detector.Cases.Lists;
using Detector.Cases.Measures;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>Makes the one file that is handed to an inspector or a court: a ZIP, byte-identical when remade from the same case, readings and key.</summary>
/// <param name="desk">The desk; its settings name the key.</param>
/// <param name="sources">What it holds beyond the store of the cases; null for nothing.</param>
public sealed class DossierWriter(CaseDesk desk, DossierSources? sources = null)
{
    private const string ReadMe = """
        Evidence file of one case. To read: dossier.pdf or dossier.html. Verify it offline with: detector cases verify FILE [--public-key KEY]
        案件证据文件。阅读请打开 dossier.pdf 或 dossier.html。离线校验：detector cases verify FILE [--public-key KEY]

        dossier.html    everything below in words, English and Chinese / 以下内容的中英文可读页面
        dossier.pdf     the same to print / 同上，供打印
        case.json       the case as it stands / 案件现状
        findings/       what detection said, one file a version of the evidence: features with reference ranges, quality, onset / 各版本证据的检测结论
        history.json    who did what, when and why / 处理经过
        audit.json      the links of the audit chain that belong to this case / 审计链中属于本案的记录
        measures.json   measures as of the last event / 截至最后一项事件的处置措施
        attachments/    files handed in, named by the event that attached them; only where there are any / 附件（如有），以附加事件编号命名
        readings/       readings of the meters judged, where included / 涉案电表读数（如包含）
        charts/         the same readings drawn / 读数曲线
        surcharge.json  money since the onset as an interval, where it has one / 自起始以来的加价金额区间（如有）
        surcharge.csv   every stretch of energy that was counted, with its reading / 计入的每段电量及其读数
        models/         cards and calibration of the models that judged / 所用模型的说明与校准
        SHA256SUMS      checksums of all of these / 以上文件的校验和
        SHA256SUMS.sig  signature of the checksums (RSA, PKCS#1 v1.5, SHA-256), where a key is configured / 校验和的签名（如已配置密钥）

        """;

    private readonly DossierSources _sources = sources ?? DossierSources.None;

    /// <summary>Writes a case's dossier; false where there is no such case, and nothing is then written.</summary>
    /// <exception cref="InvalidDataException">The key for the signature cannot be used, or the store has lost a file of the case.</exception>
    public async Task<bool> WriteAsync(string caseId, Stream output, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (await desk.GetAsync(caseId, cancel) is null)
        {
            return false;
        }

        var entries = DossierFormat.NewEntries();
        var kept = await desk.Store.ReadAsync((reader, stop) => GatherAsync(reader, caseId, entries, stop), cancel);
        await AddReadingsAsync(kept, entries, cancel);
        var facts = kept with
        {
            Charts = AddCharts(kept, entries),
            Models = AddModels(kept, entries),
            Surcharge = await AddMoneyAsync(kept, entries, cancel),
        };
        entries[DossierFormat.Page] = DossierPage.Html(facts);
        entries[DossierFormat.Print] = DossierPage.Pdf(facts);
        var sums = entries[DossierFormat.Sums] = DossierFormat.SumsOf(entries);
        if (desk.Options.Dossier.SigningKey is { Length: > 0 } key)
        {
            entries[DossierFormat.Signature] = DossierSignature.Sign(sums, key);
        }

        await output.WriteAsync(DossierFormat.Pack(entries), cancel);
        return true;
    }

    private async Task<DossierFacts> GatherAsync(ICaseReader reader, string caseId, SortedDictionary<string, byte[]> entries, CancellationToken cancel)
    {
        var number = CaseRecord.NumberOf(caseId)!.Value;
        var record = (await reader.CaseAsync(number, cancel))!;
        var events = await reader.EventsOfAsync(number, cancel);
        var sequences = events.Select(e => e.Sequence).Concat(events.Select(e => e.VerdictSequence).OfType<long>()).Distinct().ToArray();
        IReadOnlyList<AuditRow> audit = await reader.AuditOfAsync(sequences, cancel);
        var measures = MeasureBook.Of(events, events[^1].At); // as of the last event, so that no clock is among what the file is made from

        entries[DossierFormat.ReadMe] = Encoding.UTF8.GetBytes(ReadMe.ReplaceLineEndings("\n"));
        entries[DossierFormat.Case] = Json(record.Summary());
        entries[DossierFormat.History] = Json(events);
        entries[DossierFormat.Audit] = Json(audit);
        entries[DossierFormat.Measures] = Json(measures);
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

        return new DossierFacts
        {
            Summary = record.Summary(),
            Evidence = await reader.EvidenceOfAsync(number, cancel),
            Events = events,
            Measures = measures,
            Category = ProjectCategories.Of(record.Lead.Onset, desk.Options.Measures.CutOff),
        };
    }

    private async Task AddReadingsAsync(DossierFacts facts, SortedDictionary<string, byte[]> entries, CancellationToken cancel)
    {
        if (_sources.Readings is not { } readings)
        {
            return;
        }

        foreach (var (meter, range, _) in facts.Judged())
        {
            using var csv = new MemoryStream();
            await readings(meter, range, csv, cancel);
            entries[DossierFormat.ReadingsOf(meter)] = csv.ToArray();
        }
    }

    private static List<(string Meter, string Svg)> AddCharts(DossierFacts facts, SortedDictionary<string, byte[]> entries)
    {
        var charts = new List<(string Meter, string Svg)>();
        foreach (var (meter, range, last) in facts.Judged())
        {
            if (entries.TryGetValue(DossierFormat.ReadingsOf(meter), out var csv) && LoadChartSvg.Draw(meter, range, csv, last.Onset) is { } svg)
            {
                charts.Add((meter.Value, svg));
                entries[DossierFormat.ChartOf(meter)] = Encoding.UTF8.GetBytes(svg);
            }
        }

        return charts;
    }

    private List<(string Model, ModelPapers? Papers)> AddModels(DossierFacts facts, SortedDictionary<string, byte[]> entries)
    {
        var models = new List<(string Model, ModelPapers? Papers)>();
        foreach (var model in facts.Evidence.Select(e => e.Finding.Model).Distinct().Order(StringComparer.Ordinal))
        {
            var papers = _sources.Models?.Invoke(model);
            models.Add((model, papers));
            var folder = $"{DossierFormat.Models}{Uri.EscapeDataString(model)}/";
            if (papers?.Card is { } card)
            {
                entries[folder + "card.md"] = Encoding.UTF8.GetBytes(card);
            }

            if (papers?.Calibration is { } calibration)
            {
                entries[folder + "calibration.json"] = Json(calibration);
            }
        }

        return models;
    }

    /// <summary>Money up to the end of the window of the leading evidence: what was decided on, whenever the file is made.</summary>
    private async Task<SurchargeStatement?> AddMoneyAsync(DossierFacts facts, SortedDictionary<string, byte[]> entries, CancellationToken cancel)
    {
        if (_sources is not { Energy: { } energy, Place: { } place } || facts.Lead is not { Onset: { } onset } lead)
        {
            return null;
        }

        var places = facts.Sites.Select(site => place(site, [.. facts.Judged().Where(j => j.Last.Site == site).Select(j => j.Meter)])).ToList();
        var (meters, region) = (places.SelectMany(p => p.Meters).Distinct().ToList(), places[0].Region);
        var csv = new StringBuilder(SurchargeCsv.Head);
        var statement = await new Surcharge(desk.Options.Measures, region).ComputeAsync(
            meters, energy, onset, lead.Share, lead.Window.To, trace => csv.Append(SurchargeCsv.Line(trace)), cancel);
        entries[DossierFormat.Surcharge] = Json(statement);
        entries[DossierFormat.SurchargeReadings] = Encoding.UTF8.GetBytes(csv.ToString());
        return statement;
    }

    private static byte[] Json<T>(T value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, FindingJson.Indented).ReplaceLineEndings("\n") + "\n");
}
