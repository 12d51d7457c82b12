// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Detector.Web.Api;

/// <summary>Examples in the OpenAPI document, by the name of the call.</summary>
internal static class ApiExamples
{
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["GetLiveness"] = """{"status":"live"}""",
        ["GetReadiness"] = """{"status":"ready","parts":[{"part":"journal","ready":true,"detail":"writing"}]}""",
        ["GetLedger"] = """{"received":120,"stored":110,"duplicate":4,"quarantined":2,"dead_lettered":1,"pending":3}""",
        ["ListDeadLetters"] = """[{"id":7,"position":4711,"time":"2026-01-01T00:00:00Z","topic":"meters/m-17","reason":"The text ends inside an object.","kind":"truncated","at_byte":12,"state":"open","bytes":12,"payload_base64":"eyJ0cyI6IjIwMjY=","payload_text":"{\"ts\":\"2026"}]""",
        ["ReplayDeadLetters"] = """{"replayed":3,"still_dead":1,"readings":30}""",
        ["GetReadings"] = """[{"ts":"2026-01-01T00:00:00Z","kw":12.34,"quality":[]},{"ts":"2026-01-01T00:15:00Z","kw":12.34,"quality":["stuck"]}]""",
        ["VerifyAudit"] = """{"intact":true,"rows":42,"head":{"sequence":42,"hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"first_fault":null}""",
    };

    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["MoveCase"] = """{"verb":"triage","evidence_version":1,"note":"Load fits no tenant of the site."}""",
        ["ProposeMeasure"] = """{"kind":"exit_plan","evidence_version":2,"note":"Agreed on 3 April.","exit_plan":{"ceilings":[{"from":"2026-05-01T00:00:00Z","kilowatts":500},{"from":"2026-07-01T00:00:00Z","kilowatts":10}],"tolerance":0.05}}""",
        ["StepMeasure"] = """{"verb":"approve","evidence_version":2,"note":"As agreed."}""",
        ["ReportInspection"] = """{"reference":"crew-7/2026-04-10/1","inspected":"2026-04-10T03:00:00Z","inspector":"Li Wei","location":"Hall 2","meters":["m-17"],"outcome":"machines_found","machines":[{"model":"Antminer S19 Pro","count":200}],"checklist":[{"point":"meter seals","in_order":true,"remark":"numbers noted"}]}""",
        ["AssignCase"] = """{"assignee":"ana","note":"Knows the site."}""",
        ["NoteCase"] = """{"note":"The tenant sent the lease."}""",
        ["SnoozeCase"] = """{"until":"2026-02-01T00:00:00Z","note":"Inspection is on 31 January."}""",
        ["MoveCases"] = """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1,"note":"Seen."},{"id":"c-2","verb":"triage","evidence_version":3}]}""",
        ["ReplayDeadLetters"] = """{"ids":[7,8]}""",
    };

    /// <summary>Adds what there is for a call.</summary>
    internal static void Add(OpenApiOperation operation)
    {
        if (operation.OperationId is not { } id)
        {
            return;
        }

        if (Answers.TryGetValue(id, out var answer) && operation.Responses?.TryGetValue("200", out var ok) == true)
        {
            Set(ok.Content, answer);
        }

        if (Requests.TryGetValue(id, out var request))
        {
            Set(operation.RequestBody?.Content, request);
        }
    }

    private static void Set<T>(IDictionary<string, T>? content, string example)
        where T : class
    {
        foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            media.Example = JsonNode.Parse(example);
        }
    }
}
