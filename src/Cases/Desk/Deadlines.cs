// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Desk;

/// <summary>Escalates cases that stand in a state beyond its deadline: an event of the case, for people and for the queue.</summary>
internal sealed class Deadlines(CasesOptions options)
{
    /// <summary>Escalates one case where it is still due; null where something happened meanwhile.</summary>
    public async Task<CaseRecord?> EscalateAsync(ICaseWriter store, Recorder recorder, long number, CancellationToken cancel)
    {
        if (await store.CaseAsync(number, cancel) is not { } record || !record.State.IsOpen() || record.Due is not { } due || due > recorder.Now)
        {
            return null;
        }

        var after = record with
        {
            Escalations = record.Escalations + 1,
            Due = recorder.Now + options.Deadlines.EscalateAgain,
            SnoozedUntil = null,
            Changed = recorder.Now,
        };
        var data = new JsonObject
        {
            ["due"] = UtcText.Write(due),
            ["since"] = UtcText.Write(record.Since),
            ["times"] = after.Escalations,
            ["assignee"] = record.Assignee,
            ["snoozed"] = record.SnoozedUntil is not null,
        };
        var happened = recorder.Happened(after, CaseEventKind.Escalated) with { Before = record.State, Data = data.ToJsonString(FindingJson.Options) };
        await recorder.ChangeAsync(after, happened, cancel);
        return after;
    }
}
