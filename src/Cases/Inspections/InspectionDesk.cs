// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Access;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Inspections;

/// <summary>Reports of inspections: brought in as events of the case, and returned as labels with their provenance.</summary>
public sealed class InspectionDesk(CaseDesk desk)
{
    private const int LongestText = 200;

    private static readonly Role[] Reporters = [Role.Operator, Role.Supervisor];

    /// <summary>Keeps a report. The case must be under inspection or inconclusive; the report moves nothing, people decide on it. A reference that the case has is not kept again.</summary>
    public Task<MoveResult> ReportAsync(string caseId, InspectionReport report, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(actor);
        return desk.ChangeAsync(caseId, note, "inspection", actor, (writer, recorder, stop) => ReportAsync(writer, recorder, caseId, report, actor, note, stop), cancel);
    }

    /// <summary>The reports of a case, oldest first; null where there is no such case.</summary>
    public async Task<IReadOnlyList<KeptInspection>?> OfAsync(string caseId, CancellationToken cancel) =>
        await desk.GetAsync(caseId, cancel) is { } found ? KeptIn(found.Events) : null;

    /// <summary>The order of the inspection that a case waits for.</summary>
    /// <returns>The state of the case, null where there is none of this id; and the order, null where no inspection is ordered.</returns>
    public async Task<(CaseState? State, InspectionOrder? Order)> OrderAsync(string caseId, SiteRegistry registry, CancellationToken cancel) =>
        await desk.GetAsync(caseId, cancel) is { } found ? (found.Summary.State, InspectionOrder.Of(found, registry)) : (null, null);

    /// <summary>What inspections say of meters, from cases that people decided the same way: machines found and confirmed, or none found and refuted. The latest report of a meter counts.</summary>
    /// <remarks>Never from a score: a case without a report, or one that could not be inspected, gives no label.</remarks>
    public Task<IReadOnlyList<InspectedLabel>> LabelsAsync(CancellationToken cancel) => desk.Store.ReadAsync<IReadOnlyList<InspectedLabel>>(
        async (reader, stop) =>
        {
            var labels = new Dictionary<MeterId, InspectedLabel>();
            foreach (var number in await reader.CasesWithAsync(CaseEventKind.Inspected, stop))
            {
                var inspected = (await reader.CaseAsync(number, stop))!;
                var record = inspected.MergedInto is { } leading ? (await reader.CaseAsync(leading, stop))! : inspected; // whoever decides, decides for both
                foreach (var kept in KeptIn(await reader.EventsOfAsync(number, stop)).Where(k => IsDecided(record, k.Report.Outcome)))
                {
                    foreach (var meter in kept.Report.Meters)
                    {
                        var label = new InspectedLabel(kept.Site, meter, kept.Report.Outcome == InspectionOutcome.MachinesFound, kept.CaseId, record.State, kept.Report.Inspected, $"inspection:{kept.Sequence}");
                        if (!labels.TryGetValue(meter, out var before) || before.Inspected <= label.Inspected)
                        {
                            labels[meter] = label;
                        }
                    }
                }
            }

            return [.. labels.Values.OrderBy(l => l.Site, StringComparer.Ordinal).ThenBy(l => l.Meter.Value, StringComparer.Ordinal)];
        },
        cancel);

    private static bool IsDecided(CaseRecord record, InspectionOutcome outcome) => outcome switch
    {
        InspectionOutcome.MachinesFound => record.ConfirmedAt is not null && record.State != CaseState.Objection,
        InspectionOutcome.NoneFound => record.RefutedAt is not null,
        _ => false,
    };

    private static List<KeptInspection> KeptIn(IEnumerable<CaseEvent> events) => [.. events
        .Where(e => e is { Kind: CaseEventKind.Inspected, Data: not null })
        .Select(e => new KeptInspection(e.Sequence, e.CaseId, e.Site, e.At, e.Actor, JsonSerializer.Deserialize<InspectionReport>(e.Data!, FindingJson.Options)!))];

    private static async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> ReportAsync(
        ICaseWriter store, Recorder recorder, string caseId, InspectionReport report, Actor actor, string? note, CancellationToken cancel)
    {
        if (CaseRecord.NumberOf(caseId) is not { } number || await store.CaseAsync(number, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(caseId), null);
        }

        if (!Reporters.Contains(actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.WrongRole("inspection", actor.Role), record);
        }

        if (FaultOf(report, recorder.Now) is { } fault)
        {
            return (MoveOutcome.Invalid, fault, record);
        }

        if (KeptIn(await store.EventsOfAsync(number, cancel)).Exists(k => k.Report.Reference == report.Reference))
        {
            return (MoveOutcome.Recorded, MoveText.Recorded, record); // brought in again: it is there
        }

        if (record.State is not (CaseState.Inspecting or CaseState.Inconclusive))
        {
            return (MoveOutcome.NotLegal, MoveText.NotFrom("inspection", record.State), record);
        }

        var after = record with { Changed = recorder.Now };
        var data = JsonSerializer.SerializeToNode(report, FindingJson.Options)!.AsObject();
        await recorder.ChangeAsync(
            after,
            recorder.Happened(after, CaseEventKind.Inspected) with
            {
                Verb = "inspection",
                Before = record.State,
                Actor = actor.Name,
                Role = actor.Role,
                Why = note,
                Data = data.ToJsonString(FindingJson.Options),
            },
            cancel);
        return (MoveOutcome.Recorded, MoveText.Recorded, after);
    }

    private static BothTexts? FaultOf(InspectionReport report, DateTimeOffset now)
    {
        if (!IsText(report.Reference, 64) || !IsText(report.Inspector, LongestText) || (report.Location is not null && !IsText(report.Location, LongestText)))
        {
            return new("reference (1 to 64 characters), inspector and location (1 to 200) must be readable text.", "reference（1 至 64 字符）、inspector 与 location（1 至 200 字符）须为可读文本。");
        }

        if (report.Inspected > now.AddDays(1) || report.Inspected < now.AddYears(-10))
        {
            return new("inspected must be a time of the last ten years.", "inspected 须为近十年内的时间。");
        }

        if (report.Meters is not { Count: > 0 and <= InspectionReport.MostMeters } || !Enum.IsDefined(report.Outcome))
        {
            return new("meters must name 1 to 1000 meters, and outcome be machines_found, none_found or not_inspected.", "meters 须含 1 至 1000 个电表，outcome 须为 machines_found、none_found 或 not_inspected。");
        }

        if (report.Machines is not { Count: <= 1000 } || report.Machines.Any(m => m is not { Count: > 0 and <= 1_000_000 } || !IsText(m.Model, LongestText))
            || (report.Outcome == InspectionOutcome.MachinesFound) != (report.Machines.Count > 0))
        {
            return new("machines must be { model, count } with counts from 1 on: at least one where machines were found, none otherwise.", "machines 须为 { model, count }，数量不小于 1；发现矿机时至少一项，否则为空。");
        }

        return report.Checklist is not { Count: <= 100 } || report.Checklist.Any(p => p is null || !IsText(p.Point, LongestText) || (p.Remark is not null && !IsText(p.Remark, 1000)))
            ? new("checklist has at most 100 points { point, in_order, remark }.", "checklist 至多 100 项 { point, in_order, remark }。")
            : null;
    }

    private static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
}
