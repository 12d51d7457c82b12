// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Detector.Web.Api;

/// <summary>Examples in the OpenAPI document, by the name of the call.</summary>
internal static class ApiExamples
{
    private const string Summary = """
        "id":"c-1","site":"s-4","state":"triaged","opened":"2026-01-01T00:00:00Z","changed":"2026-01-02T08:00:00Z","evidence_version":1,"verdict":"case","probability":0.97,"meter":"m-17",
        "onset":{"from":"2025-11-01T00:00:00Z","likely":"2025-11-02T00:00:00Z","to":"2025-11-03T00:00:00Z"},"share":{"low":0.42,"likely":0.55,"high":0.68},
        "reasons":[{"code":"calendar","for":true,"weight":1.8,"text":"Weekends look like weekdays.","text_zh":"周末负荷与工作日相同。"}],"model":"trees/1","proposal":null,
        "since":"2026-01-02T08:00:00Z","due":"2026-01-09T08:00:00Z","escalations":0,"assignee":null,"snoozed_until":null,"confirmed_at":null,"objected_from":null,"merged_into":null
        """;

    private const string Shown = Summary + """
        ,"merged":[],"evidence":[],"events":[{"sequence":42,"case_id":"c-1","site":"s-4","kind":"moved","verb":"triage","before":"screened","after":"triaged","evidence_version":1,"verdict_sequence":null,"actor":"olga","role":"operator","at":"2026-01-02T08:00:00Z","why":"Load fits no tenant."}],
        "moves":[{"verb":"start-inspection","to":"inspecting","step":"move","roles":["operator"],"not_by":null,"mine":true}],"cool_down_until":null,"cool_down_why":null
        """;

    private const string Changed = """{"outcome":"moved","text":"The case moved from screened to triaged.","text_zh":"案件已由 screened 转为 triaged。",""" + Shown + "}";

    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["GetLiveness"] = """{"status":"live"}""",
        ["GetReadiness"] = """{"status":"ready","parts":[{"part":"journal","ready":true,"detail":"writing"}]}""",
        ["GetLedger"] = """{"received":120,"stored":110,"duplicate":4,"quarantined":2,"dead_lettered":1,"pending":3}""",
        ["ListDeadLetters"] = """[{"id":7,"position":4711,"time":"2026-01-01T00:00:00Z","topic":"meters/m-17","reason":"The text ends inside an object.","kind":"truncated","at_byte":12,"state":"open","bytes":12,"payload_base64":"eyJ0cyI6IjIwMjY=","payload_text":"{\"ts\":\"2026"}]""",
        ["ReplayDeadLetters"] = """{"replayed":3,"still_dead":1,"readings":30}""",
        ["ListQuarantine"] = """[{"id":3,"position":4711,"meter":"m-17","ts":"2199-01-01T00:00:00Z","kw":12.5,"rule":"future_time","reason":"Its time is 5459961600 s after its arrival; 300 s are allowed. Check the meter's clock and zone."}]""",
        ["ReleaseQuarantine"] = """{"released":30,"still_held":2}""",
        ["GetRegistry"] = """[{"meter":"m-17","site":"s-4","name":"Tianshui Hall 2","declared_use":"colocation","contracted_kw":800,"feeder":"F-12","parent_meter":null,"owner":"Longyang Computing","region":"Gansu","timezone":"Asia/Shanghai","commissioned":null,"valid_from":"2026-03-01T00:00:00Z","valid_to":null}]""",
        ["ListRegistryVersions"] = """[{"at":"2026-03-01T00:00:00Z","by":"root","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","meters":5200,"rows":5207,"file":"sites-20260301T000000000Z-9f86d081.csv.gz"}]""",
        ["PutRegistry"] = """{"try_only":true,"added":0,"removed":0,"moved":1,"changed":0,"meters":[{"meter":"m-17","change":"moved","before":["s-9"],"after":["s-9","s-4"]}],"version":null}""",
        ["GetDrift"] = """{"model":"trees/1","week":"2026-03-02","meters":5200,"features":[{"feature":"ln_cv_day","group":"flatness","unit":"ln","meaning":"spread of daily means","meaning_zh":"日均值的离散程度","low":-4.1,"high":-0.9,"below":0.31,"above":0.01,"unknown":0.02,"departs":true,"weeks":[{"monday":"2026-03-02","meters":5200,"outside":0.32}]}]}""",
        ["GetFeeder"] = """{"window":{"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"},"meters":2,"unread":0,"trunks":[{"head":{"meter":"h-12","site":"sub-1","name":"Feeder 12","kw":940.2,"verdict":"clear","missing":[]},"sum_kw":680.4,"residual":{"kw":240.1,"low_kw":190.5,"high_kw":280.9},"balance":"watch","meters":[{"meter":"m-17","site":"s-4","name":"Tianshui Hall 2","kw":680.4,"verdict":"case","missing":[]}]}]}""",
        ["GetLoadEvents"] = """{"timezone":"Asia/Shanghai","window":{"from":"2026-01-01T00:00:00Z","to":"2026-04-02T00:00:00Z"},"dips":[{"from":"2026-02-25T14:00:00Z","to":"2026-02-25T17:00:00Z","depth":0.98}],"steps":[{"at":"2026-02-03T14:00:00Z","kilowatts":292.4,"constancy":0.97}]}""",
        ["ListWeather"] = """[{"region":"Gansu","from":"2026-01-01T00:00:00Z","to":"2026-04-02T00:00:00Z","hours":2184}]""",
        ["PutWeather"] = """{"hours":{"Gansu":24}}""",
        ["GetTemperatures"] = """{"region":"Gansu","from":"2026-01-01T00:00:00Z","step_seconds":3600,"celsius":[-4.2,-4.6,null,-5.1]}""",
        ["GetEnergySignature"] = """{"region":"Gansu","days":[{"day":"2026-01-01","celsius":-4.7,"kilowatts":612.4}],"signature":{"explained":0.62,"base_kilowatts":540.1,"heating_below_celsius":14,"heating_kilowatts_per_kelvin":3.9,"cooling_above_celsius":22,"cooling_kilowatts_per_kelvin":0},"lacks":null}""",
        ["GetReadings"] = """[{"ts":"2026-01-01T00:00:00Z","kw":12.34,"quality":[]},{"ts":"2026-01-01T00:15:00Z","kw":12.34,"quality":["stuck"]}]""",
        ["GetBurst"] = """{"meter":"m-17","state":"waiting","asked":"2026-01-01T00:00:00Z","by":"olga","seconds":60,"hz":1,"due":"2026-01-01T00:03:00Z","readings":0,"refusal":"left_alone","from":"2026-01-02T00:00:00Z"}""",
        ["ListCases"] = "[{" + Summary + "}]",
        ["GetCase"] = "{" + Shown + "}",
        ["MoveCase"] = Changed,
        ["AssignCase"] = Changed,
        ["NoteCase"] = Changed,
        ["SnoozeCase"] = Changed,
        ["WakeCase"] = Changed,
        ["MergeCase"] = Changed,
        ["SplitCase"] = Changed,
        ["ProposeMeasure"] = Changed,
        ["StepMeasure"] = Changed,
        ["ReportInspection"] = Changed,
        ["AttachFile"] = Changed,
        ["ListAttachments"] = """[{"sequence":57,"name":"lease.pdf","type":"application/pdf","bytes":48213,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","by":"olga","at":"2026-01-03T02:00:00Z"}]""",
        ["MoveCases"] = """[{"id":"c-1","status":200,"outcome":"moved","state":"triaged","text":"The case moved from screened to triaged.","text_zh":"案件已由 screened 转为 triaged。"},{"id":"c-2","status":409,"outcome":"conflict","state":"screened","text":"The evidence has changed: version 3 was given, the case is at version 4. Look again.","text_zh":"证据已变化：提交的是第 3 版，案件现为第 4 版，请重新查看。"}]""",
        ["GetInspectionOrder"] = """{"case":"c-1","evidence_version":1,"ordered":"2026-01-03T01:00:00Z","ordered_by":"olga","note":"Hall 2 first.","sites":[{"site":"s-4","name":"Tianshui Hall 2","region":"Gansu","feeder":"F-12","owner":"Longyang Computing","declared_use":"colocation"}],"meters":[{"meter":"m-17","site":"s-4","feeder":"F-12","parent_meter":null,"contracted_kilowatts":800,"verdict":"case","onset":null,"share":null}],"reasons":[],"report":{"reference":"c-1/43","inspected":null,"inspector":null,"location":null,"meters":["m-17"],"outcome":null,"machines":[],"checklist":[{"point":"meter seals whole, their numbers noted / 电表封印完好，记录封印编号","in_order":null,"remark":null}]}}""",
        ["ListAudit"] = """[{"sequence":1,"kind":"verdict","body":"{\"site\":\"s-4\"}","previous":"0000000000000000000000000000000000000000000000000000000000000000","hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]""",
        ["ListWebhooks"] = """[{"endpoint":"crm","position":4711,"waiting":3,"parked":2}]""",
        ["ListParkedEvents"] = """[{"endpoint":"crm","sequence":4700,"subject":"c-12","type":"detector.case.transitioned","parked_at":"2026-01-02T08:00:00Z","attempts":8,"fault":"answered 500","replay":false}]""",
        ["ReplayParkedEvents"] = """{"events":2}""",
        ["VerifyAudit"] = """{"intact":true,"rows":42,"head":{"sequence":42,"hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},"first_fault":null}""",
    };

    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["AskBurst"] = """{"seconds":300,"hz":1}""",
        ["MoveCase"] = """{"verb":"triage","evidence_version":1,"note":"Load fits no tenant of the site."}""",
        ["ProposeMeasure"] = """{"kind":"exit_plan","evidence_version":2,"note":"Agreed on 3 April.","exit_plan":{"ceilings":[{"from":"2026-05-01T00:00:00Z","kilowatts":500},{"from":"2026-07-01T00:00:00Z","kilowatts":10}],"tolerance":0.05}}""",
        ["StepMeasure"] = """{"verb":"approve","evidence_version":2,"note":"As agreed."}""",
        ["ReportInspection"] = """{"reference":"crew-7/2026-04-10/1","inspected":"2026-04-10T03:00:00Z","inspector":"Li Wei","location":"Hall 2","meters":["m-17"],"outcome":"machines_found","machines":[{"model":"Antminer S19 Pro","count":200}],"checklist":[{"point":"meter seals","in_order":true,"remark":"numbers noted"}]}""",
        ["AssignCase"] = """{"assignee":"ana","note":"Knows the site."}""",
        ["NoteCase"] = """{"note":"The tenant sent the lease."}""",
        ["WakeCase"] = """{"note":"The landlord answered."}""",
        ["SnoozeCase"] = """{"until":"2026-02-01T00:00:00Z","note":"Inspection is on 31 January."}""",
        ["MergeCase"] = """{"into":"c-2","evidence_version":1,"into_evidence_version":3,"note":"Both halls switch off together, and one lease covers them."}""",
        ["SplitCase"] = """{"into_evidence_version":4,"note":"The second hall has a tenant and a meter of its own."}""",
        ["MoveCases"] = """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1,"note":"Seen."},{"id":"c-2","verb":"triage","evidence_version":3}]}""",
        ["ReplayDeadLetters"] = """{"ids":[7,8]}""",
        ["ReleaseQuarantine"] = """{"rule":"implausible_magnitude","meter":"m-17"}""",
        ["ReplayParkedEvents"] = """{"subjects":["c-12"]}""",
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
