// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Access;
using Detector.Metering;

namespace Detector.Cases.Outbox;

/// <summary>The data of each type of event; their schemas are docs/events/*.schema.json.</summary>
internal static class EventData
{
    /// <summary>Data of <see cref="EventTypes.SiteVerdict"/>.</summary>
    public static string Of(SiteVerdict verdict) => Write(new JsonObject
    {
        ["site"] = verdict.Site,
        ["meter"] = verdict.Finding.Meter.Value,
        ["verdict"] = verdict.Finding.Verdict.Name(),
        ["previous"] = verdict.Previous?.Name(),
        ["recorded"] = UtcText.Write(verdict.Recorded),
        ["finding"] = JsonSerializer.SerializeToNode(verdict.Finding, FindingJson.Options),
    });

    /// <summary>Data of the three types of case events.</summary>
    public static string Of(CaseRecord record, CaseEvent happened)
    {
        var data = new JsonObject
        {
            ["case"] = record.Id,
            ["site"] = record.Site,
            ["kind"] = happened.Kind.Name(),
            ["state"] = record.State.Name(),
            ["evidence_version"] = record.EvidenceVersion,
            ["verdict"] = record.Lead.Verdict.Name(),
            ["probability"] = JsonSerializer.SerializeToNode(record.Lead.Probability, FindingJson.Options),
            ["actor"] = happened.Actor,
            ["role"] = happened.Role?.Name(),
            ["at"] = UtcText.Write(happened.At),
            ["why"] = happened.Why,
        };
        if (happened.Verb is not null)
        {
            data["verb"] = happened.Verb;
        }

        if (happened.Kind is CaseEventKind.Moved or CaseEventKind.Reopened or CaseEventKind.MergedInto or CaseEventKind.SplitFrom)
        {
            data["before"] = happened.Before?.Name();
            data["after"] = happened.After.Name();
        }

        if (happened.Kind is CaseEventKind.Opened or CaseEventKind.EvidenceJoined or CaseEventKind.Reopened)
        {
            data["finding"] = JsonSerializer.SerializeToNode(record.Lead, FindingJson.Options);
        }

        if (happened.Data is { } details)
        {
            data["details"] = JsonNode.Parse(details);
        }

        return Write(data);
    }

    private static string Write(JsonObject data) => data.ToJsonString(FindingJson.Options);
}
