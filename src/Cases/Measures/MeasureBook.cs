// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>The measures of a case, folded from its events. There is no other record of them, so the audit chain covers every step and every term.</summary>
internal static class MeasureBook
{
    private const string Number = "measure";

    /// <summary>The measures as the events up to a moment leave them.</summary>
    public static IReadOnlyList<Measure> Of(IEnumerable<CaseEvent> events, DateTimeOffset asOf)
    {
        var measures = new SortedDictionary<int, Measure>();
        var rests = false;
        foreach (var happened in events.Where(e => e.At <= asOf))
        {
            if (happened.Kind == CaseEventKind.Moved)
            {
                rests = happened.After == CaseState.Objection;
                if (happened.After == CaseState.Refuted)
                {
                    foreach (var measure in measures.Values.Where(m => m.Own != MeasureState.Ended).ToList())
                    {
                        measures[measure.Number] = End(measure, happened.At, "case_refuted");
                    }
                }
            }
            else if (happened is { Kind: CaseEventKind.Measure, Data: { } text })
            {
                Apply(measures, happened, JsonNode.Parse(text)!.AsObject());
            }
        }

        return [.. measures.Values.Select(m => Shown(m, rests, asOf))];
    }

    /// <summary>Data of a proposal.</summary>
    public static JsonObject Proposal(int number, MeasureProposal proposal, MeasureRule rule)
    {
        var data = Step(number);
        data["kind"] = proposal.Kind.Name();
        data["basis"] = rule.Basis;
        data["basis_zh"] = rule.BasisZh;
        data["region"] = proposal.Region;
        if (proposal.ExitPlan is { } plan)
        {
            data["exit_plan"] = JsonSerializer.SerializeToNode(plan, FindingJson.Options);
        }

        return data;
    }

    /// <summary>Data of any later step.</summary>
    public static JsonObject Step(int number) => new() { [Number] = number };

    private static void Apply(SortedDictionary<int, Measure> measures, CaseEvent happened, JsonObject data)
    {
        var number = data[Number]!.GetValue<int>();
        if (happened.Verb == "propose")
        {
            measures[number] = Begin(number, happened, data);
            return;
        }

        var before = measures[number];
        measures[number] = happened.Verb switch
        {
            "approve" => before with
            {
                Own = before.Kind == MeasureKind.CreditEvent ? MeasureState.Approved : MeasureState.InForce,
                ApprovedBy = happened.Actor,
                ApprovedAt = happened.At,
            },
            "notify" => before with { Own = MeasureState.Noticed, NoticedAt = happened.At, ObjectionUntil = TimeOf(data, "objection_until") },
            "enter" => before with { Own = MeasureState.InForce, EnteredAt = happened.At, Expires = TimeOf(data, "expires") },
            "object" or "suspend" => before with { Own = MeasureState.Suspended, BeforeSuspension = before.Own },
            "resume" => before with { Own = before.BeforeSuspension },
            "uphold-objection" => End(before, happened.At, "objection_upheld"),
            "repair" => End(before, happened.At, "repaired"),
            "withdraw" => End(before, happened.At, "withdrawn"),
            "void" => End(before, happened.At, "void"),
            "check" => before with { ExitStatus = data["status"].Deserialize<ExitStatus>(FindingJson.Options) },
            _ => before,
        };
    }

    private static Measure Begin(int number, CaseEvent happened, JsonObject data)
    {
        _ = MeasureNames.TryParse(data["kind"]!.GetValue<string>(), out var kind);
        return new Measure
        {
            Number = number,
            CaseId = happened.CaseId,
            Site = happened.Site,
            Kind = kind,
            State = MeasureState.Proposed,
            Own = MeasureState.Proposed,
            Basis = data["basis"]!.GetValue<string>(),
            BasisZh = data["basis_zh"]!.GetValue<string>(),
            Region = data["region"]?.GetValue<string>(),
            ExitPlan = data["exit_plan"]?.Deserialize<ExitPlan>(FindingJson.Options),
            ProposedBy = happened.Actor,
            ProposedAt = happened.At,
            EvidenceVersion = happened.EvidenceVersion,
        };
    }

    private static Measure End(Measure measure, DateTimeOffset at, string why) => measure with { Own = MeasureState.Ended, EndedAt = at, EndedBy = why };

    private static Measure Shown(Measure measure, bool rests, DateTimeOffset asOf)
    {
        var now = measure.Own != MeasureState.Ended && measure.Expires <= asOf ? End(measure, measure.Expires.Value, "expired") : measure;
        return now with { State = rests && now.Own is (MeasureState.Approved or MeasureState.Noticed or MeasureState.InForce) ? MeasureState.Suspended : now.Own };
    }

    private static DateTimeOffset TimeOf(JsonObject data, string name) => data[name].Deserialize<DateTimeOffset>(FindingJson.Options);
}
