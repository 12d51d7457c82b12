// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Detector.Cases.Measures;
using Detector.Cases.Outbox;
using Detector.Metering;
using Detector.Testing;
using NJsonSchema;

namespace Detector.Cases.Tests.Outbox;

public sealed class EventSchemaTests
{
    [Test]
    public async Task Every_event_fits_its_published_schema()
    {
        var law = new MeasureRule { Kind = MeasureKind.MarketExclusion, From = DateTimeOffset.UnixEpoch, Basis = "notice" };
        await using var bench = await CasesBench.OpenAsync(new CasesOptions { Measures = new MeasuresOptions { Rules = [law] } });
        await bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Insufficient, day: -1), default);
        var id = await bench.OpenInspectingAsync();
        await bench.MoveAsync(id, "confirm", CasesBench.Ana, "“200 台”");
        await bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        await bench.MoveAsync(id, "confirm", CasesBench.Sue);
        await bench.MoveAsync(id, "confirm", CasesBench.Ben);
        await bench.MoveAsync(id, "confirm", CasesBench.Sue);
        var measures = new MeasureDesk(bench.Desk);
        await measures.ProposeAsync(id, new MeasureProposal(MeasureKind.MarketExclusion, 2, null, null, null), CasesBench.Ana, default);
        Assert.That((await measures.StepAsync(id, 1, "approve", 2, CasesBench.Sue, null, default)).Succeeded, Is.True);
        await bench.Desk.AssignAsync(id, "ben", CasesBench.Ana, null, default);
        await bench.Desk.NoteAsync(id, "备注", CasesBench.Ana, default);
        await bench.Desk.SnoozeAsync(id, bench.Clock.GetUtcNow().AddDays(10), CasesBench.Ana, "sooner", default);
        await bench.Desk.WakeAsync(id, CasesBench.Ana, null, default);
        await bench.Desk.SnoozeAsync(id, bench.Clock.GetUtcNow().AddDays(20), CasesBench.Ana, "later", default);
        bench.Clock.Advance(TimeSpan.FromDays(21));
        await bench.Desk.EscalateAsync(default);
        await bench.MoveAsync(id, "object", CasesBench.Ana);
        await bench.MoveAsync(id, "reject-objection", CasesBench.Ana);
        await bench.MoveAsync(id, "reject-objection", CasesBench.Sue);
        await bench.MoveAsync(id, "close", CasesBench.Sue);
        await bench.Desk.ConsiderAsync(Explained(), default);
        await bench.Desk.ConsiderAsync(Explained() with { Verdict = Verdict.Watch, Standing = 2.9, Window = new TimeRange(Explained().Window.From, Explained().Window.To.AddDays(1)) }, default);
        await bench.Desk.ConsiderAsync(CasesBench.Finding(day: 60), default);
        var (leading, merged) = (await bench.OpenCaseAsync("s-21"), await bench.OpenCaseAsync("s-22"));
        Assert.That((await bench.Desk.MergeAsync(merged, leading, 1, 1, CasesBench.Ana, "one lease", default)).Succeeded, Is.True);
        Assert.That((await bench.Desk.SplitAsync(merged, 2, CasesBench.Ana, "two leases", default)).Succeeded, Is.True);

        var events = await bench.EventsAsync();
        Assert.That(events.Select(e => e.Type).Distinct(), Is.EquivalentTo(EventTypes.All));
        foreach (var happened in events)
        {
            var schema = await JsonSchema.FromFileAsync(Path.Combine(Requires.Repository(), "docs", "events", $"{happened.Type}.schema.json"));
            Assert.That(schema.Validate(happened.ToCloudEventJson()).Select(e => e.ToString()), Is.Empty, happened.ToCloudEventJson());
        }
    }

    private static Finding Explained()
    {
        var reference = new NearestReference("simulated_telecom", 0.4, "simulated telecom site, 91 days", "模拟通信站点，91天");
        var finding = CasesBench.Finding("s-9");
        return finding with
        {
            Reasons = [finding.Reasons[0] with { Number = new ReasonNumber("weekend_ratio", null, 0.2, 0.8, "telecom"), InTotal = true }],
            LogOdds = new LogOddsBalance(-1.2, 0.6),
            Standing = 3.2,
            Nearest = new NearestReferences(reference, reference),
            Declared = new DeclaredComparison("telecom", null, 0.01, 1.2, 0.8, 400, 100, 0),
        };
    }

    [Test]
    public async Task A_schema_refuses_what_is_not_in_it()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenCaseAsync();
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Requires.Repository(), "docs", "events", "detector.case.opened.schema.json"));
        var json = JsonNode.Parse((await bench.EventsAsync())[1].ToCloudEventJson())!;
        json["data"]!["state"] = "guilty";
        Assert.That(schema.Validate(json.ToJsonString()), Is.Not.Empty);
    }

    [Test]
    public async Task An_event_says_the_same_each_time_it_is_read()
    {
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenCaseAsync();
        var first = (await bench.EventsAsync()).ConvertAll(e => e.ToCloudEventJson());
        bench.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That((await bench.EventsAsync()).ConvertAll(e => e.ToCloudEventJson()), Is.EqualTo(first));
        Assert.That(first[0], Does.Contain("\"sequence\":\"0000000000000000001\"").And.Contain("\"subject\":\"s-1\"").And.Contain("周末"));
    }
}
