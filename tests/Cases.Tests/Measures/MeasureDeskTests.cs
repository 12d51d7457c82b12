// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Tests.Measures;

public sealed class MeasureDeskTests
{
    private static readonly Actor Sam = new("sam", Role.Supervisor);

    private CasesBench _bench = null!;
    private MeasureDesk _measures = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        var from = new DateTimeOffset(2021, 9, 24, 0, 0, 0, TimeSpan.FromHours(8));
        _bench = await CasesBench.OpenAsync(new CasesOptions
        {
            Measures = new MeasuresOptions { Rules = [.. MeasureNames.Kinds.Where(k => k != MeasureKind.StopSupport).Select(k => new MeasureRule { Kind = k, From = from, Basis = "notice", BasisZh = "通知" })] },
        });
        _measures = new MeasureDesk(_bench.Desk);
        _id = await _bench.OpenMeasuresAsync();
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public void The_documented_steps_are_the_code()
    {
        var documented = WorkedExamples.Text().Split('\n').SkipWhile(l => l != "## Steps").SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|'));
        Assert.That(documented, Is.EqualTo(MeasureSteps.All.Select(s =>
            $"| `{s.Verb}` | {(s.CreditOnly ? "credit events" : "all")} | {string.Join(", ", s.From.Select(f => f.Name()))} | {s.To?.Name() ?? "where it was"} | {string.Join(", ", s.Roles.Select(r => r.Name()))} |")));
    }

    [Test]
    public async Task Every_step_is_allowed_from_the_documented_states_to_the_documented_roles_and_refused_elsewhere()
    {
        foreach (var kind in new[] { MeasureKind.MarketExclusion, MeasureKind.CreditEvent })
        {
            foreach (var (state, role) in Enum.GetValues<MeasureState>().SelectMany(s => RoleNames.All.Select(r => (s, r))))
            {
                foreach (var step in MeasureSteps.All)
                {
                    var record = (await _bench.Desk.Store.ReadAsync((reader, cancel) => reader.CaseAsync(1, cancel), default))!;
                    var measure = new Measure
                    {
                        Number = 1,
                        CaseId = _id,
                        Site = "s-1",
                        Kind = kind,
                        State = state,
                        Own = state,
                        Basis = "notice",
                        BasisZh = "通知",
                        ProposedBy = "ana",
                        ProposedAt = _bench.Clock.GetUtcNow(),
                        EvidenceVersion = 1,
                    };
                    var refusal = MeasureSteps.Refusal(record.Summary(), measure, step.Verb, 1, new Actor("sam", role), _bench.Clock.GetUtcNow());
                    var mayRole = step.Roles.Contains(role) || (step.Verb == "withdraw" && state == MeasureState.Proposed && role == Role.Operator);
                    MoveOutcome? expected = step.CreditOnly && kind != MeasureKind.CreditEvent ? MoveOutcome.NotLegal : !mayRole ? MoveOutcome.Forbidden : !step.From.Contains(state) ? MoveOutcome.NotLegal : null;
                    Assert.That(refusal?.Outcome, Is.EqualTo(expected), $"{step.Verb} of {kind} from {state} by {role}");
                }
            }
        }
    }

    [Test]
    public async Task A_measure_takes_two_different_people_and_names_its_basis()
    {
        var proposed = await ProposeAsync(MeasureKind.MarketExclusion, Sam);
        Assert.That(proposed.Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await StepAsync("approve", new Actor("SAM", Role.Supervisor))).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        Assert.That((await StepAsync("approve", CasesBench.Ben)).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        Assert.That((await StepAsync("approve", CasesBench.Sue)).Succeeded, Is.True);
        var measure = (await _measures.OfAsync(_id, default))!.Single();
        Assert.That((measure.State, measure.Basis, measure.ProposedBy, measure.ApprovedBy), Is.EqualTo((MeasureState.InForce, "notice", "sam", "sue")));
        Assert.That((await ProposeAsync(MeasureKind.MarketExclusion, CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotLegal), "there is one already");
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task What_is_offered_is_what_would_be_taken_and_says_why_not()
    {
        async Task<IReadOnlyList<MeasureOffer>> OffersAsync(Actor? actor) => _measures.OffersOf((await _bench.Desk.GetAsync(_id, default))!, "Yunnan", actor);
        var offers = await OffersAsync(CasesBench.Ana);
        Assert.That(offers.Select(o => o.Kind), Is.EqualTo(MeasureNames.Kinds));
        Assert.That(offers.Where(o => o.Refusal is not null).Select(o => o.Kind), Is.EqualTo(new[] { MeasureKind.StopSupport }), "it has no legal basis here");
        Assert.That(offers.First(o => o.Kind == MeasureKind.CreditEvent).Rule!.Basis, Is.EqualTo("notice"));

        await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana);
        var after = (await OffersAsync(CasesBench.Ana)).First(o => o.Kind == MeasureKind.CreditEvent);
        var refused = await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana);
        Assert.That((after.Refusal, after.RefusalZh), Is.EqualTo((refused.Text, refused.TextZh)));
        Assert.That((await OffersAsync(new Actor("aud", Role.Auditor))).Select(o => o.Refusal), Has.None.Null);

        var found = (await _bench.Desk.GetAsync(_id, default))!;
        Assert.That(_measures.InHandOf(found, CasesBench.Sue).Single().Steps, Is.EqualTo(new[] { "approve", "withdraw" }));
        await StepAsync("withdraw", CasesBench.Sue);
        found = (await _bench.Desk.GetAsync(_id, default))!;
        Assert.That(_measures.InHandOf(found, CasesBench.Sue).Single() is { Measure.State: MeasureState.Ended, Steps.Count: 0 }, "what is over is shown, and no step is left");
    }

    [Test]
    public async Task What_is_in_hand_comes_with_the_steps_that_a_person_may_take()
    {
        await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana);
        async Task<string[]> StepsAsync(Actor? actor) => [.. (await _measures.InHandAsync(actor, default)).Single().Steps];
        Assert.That(await StepsAsync(CasesBench.Sue), Is.EqualTo(new[] { "approve", "withdraw" }));
        Assert.That(await StepsAsync(CasesBench.Ana), Is.EqualTo(new[] { "withdraw" }), "who proposes does not approve");
        Assert.That(await StepsAsync(null), Is.Empty);
        await StepAsync("approve", CasesBench.Sue);
        Assert.That(await StepsAsync(CasesBench.Sue), Is.EqualTo(new[] { "notify", "withdraw" }));
        await StepAsync("notify", CasesBench.Ana);
        Assert.That(await StepsAsync(CasesBench.Sue), Is.EqualTo(new[] { "object", "withdraw" }), "it is not entered while the subject may object");
        await StepAsync("withdraw", CasesBench.Sue);
        Assert.That(await _measures.InHandAsync(CasesBench.Sue, default), Is.Empty, "what is over is in nobody's hand");
    }

    [Test]
    public async Task Evidence_after_the_proposal_makes_it_void()
    {
        await ProposeAsync(MeasureKind.MarketExclusion, CasesBench.Ana);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        Assert.That((await StepAsync("approve", CasesBench.Sue, 1)).Outcome, Is.EqualTo(MoveOutcome.Conflict));
        Assert.That((await _measures.OfAsync(_id, default))!.Single().State, Is.EqualTo(MeasureState.Proposed), "a stale request voids nothing");
        Assert.That((await StepAsync("approve", CasesBench.Sue, 2)).Outcome, Is.EqualTo(MoveOutcome.Conflict));
        Assert.That((await _measures.OfAsync(_id, default))!.Single().EndedBy, Is.EqualTo("void"));
        Assert.That((await _measures.ProposeAsync(_id, new MeasureProposal(MeasureKind.MarketExclusion, 2, null, null, null), CasesBench.Ana, default)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
    }

    [Test]
    public async Task Nothing_is_proposed_without_a_confirmed_case_a_basis_or_usable_terms()
    {
        var open = await _bench.OpenInspectingAsync("s-2");
        var without = await _measures.ProposeAsync(open, new MeasureProposal(MeasureKind.CreditEvent, 1, null, null, null), CasesBench.Sue, default);
        Assert.That((without.Outcome, without.Case!.Events.Count), Is.EqualTo((MoveOutcome.NotLegal, 3)));
        Assert.That((await ProposeAsync(MeasureKind.StopSupport, CasesBench.Sue)).Text, Does.Contain("Cases:Measures:Rules"));
        Assert.That((await ProposeAsync(MeasureKind.ExitPlan, CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.Invalid));
        var rising = new ExitPlan([new ExitCeiling(_bench.Clock.GetUtcNow(), 10), new ExitCeiling(_bench.Clock.GetUtcNow().AddDays(1), 20)], 0);
        Assert.That((await ProposeAsync(MeasureKind.ExitPlan, CasesBench.Sue, rising)).Outcome, Is.EqualTo(MoveOutcome.Invalid));
        Assert.That((await ProposeAsync(MeasureKind.MarketExclusion, new Actor("eve", Role.Auditor))).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        Assert.That((await _measures.ProposeAsync("c-99", new MeasureProposal(MeasureKind.CreditEvent, 1, null, null, null), CasesBench.Sue, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
        Assert.That((await StepAsync("approve", CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.NotFound), "no such measure");
        Assert.That(await _measures.OfAsync(_id, default), Is.Empty);
    }

    [Test]
    public async Task A_credit_event_is_noticed_waits_for_objections_is_entered_and_expires()
    {
        await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana);
        await StepAsync("approve", CasesBench.Sue);
        Assert.That(await _measures.RegisterAsync(null, default), Is.Empty, "approved is not entered");
        Assert.That((await StepAsync("notify", CasesBench.Ana)).Succeeded, Is.True);
        Assert.That((await StepAsync("enter", CasesBench.Sue)).Text, Does.Contain("may object until 2026-04-17"));
        var before = _bench.Clock.GetUtcNow();
        _bench.Clock.Advance(TimeSpan.FromDays(15));
        Assert.That((await StepAsync("enter", CasesBench.Sue)).Succeeded, Is.True);
        Assert.That((await _measures.RegisterAsync(null, default)).Single().State, Is.EqualTo(MeasureState.InForce));
        Assert.That(await _measures.RegisterAsync(before, default), Is.Empty, "as known then");
        await StepAsync("object", CasesBench.Ana);
        Assert.That((await _measures.RegisterAsync(null, default)).Single().State, Is.EqualTo(MeasureState.Suspended));
        await StepAsync("resume", CasesBench.Sue);
        _bench.Clock.Advance(TimeSpan.FromDays(365));
        var entry = (await _measures.RegisterAsync(null, default)).Single();
        Assert.That((entry.State, entry.EndedBy), Is.EqualTo((MeasureState.Ended, "expired")));
    }

    [TestCase("repair", "repaired")]
    [TestCase("uphold-objection", "objection_upheld")]
    public async Task A_credit_event_ends_by_repair_or_by_an_upheld_objection(string verb, string why)
    {
        await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana);
        await StepAsync("approve", CasesBench.Sue);
        await StepAsync("notify", CasesBench.Ana);
        await StepAsync("object", CasesBench.Ana);
        Assert.That((await StepAsync(verb, CasesBench.Sue)).Succeeded, Is.True);
        Assert.That((await _measures.OfAsync(_id, default))!.Single().EndedBy, Is.EqualTo(why));
    }

    [Test]
    public async Task An_objection_to_the_case_lets_every_measure_rest_and_an_upheld_one_ends_them()
    {
        await ProposeAsync(MeasureKind.MarketExclusion, CasesBench.Ana);
        await StepAsync("approve", CasesBench.Sue);
        await _bench.MoveAsync(_id, "object", CasesBench.Ana);
        Assert.That((await _measures.OfAsync(_id, default))!.Single().State, Is.EqualTo(MeasureState.Suspended));
        Assert.That((await ProposeAsync(MeasureKind.CreditEvent, CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
        await _bench.MoveAsync(_id, "reject-objection", CasesBench.Ana);
        await _bench.MoveAsync(_id, "reject-objection", CasesBench.Sue);
        Assert.That((await _measures.OfAsync(_id, default))!.Single().State, Is.EqualTo(MeasureState.InForce));
        await _bench.MoveAsync(_id, "object", CasesBench.Ana);
        await _bench.MoveAsync(_id, "uphold-objection", CasesBench.Sue);
        Assert.That((await _measures.OfAsync(_id, default))!.Single().EndedBy, Is.EqualTo("case_refuted"));
    }

    [Test]
    public async Task An_exit_plan_is_looked_at_and_each_change_of_status_is_told_once()
    {
        var start = _bench.Clock.GetUtcNow();
        await ProposeAsync(MeasureKind.ExitPlan, CasesBench.Ana, new ExitPlan([new ExitCeiling(start, 100)], 0));
        await StepAsync("approve", CasesBench.Sue);
        _bench.Clock.Advance(TimeSpan.FromHours(10));
        var power = 50.0;
        IAsyncEnumerable<Reading> Readings(MeterId meter, TimeRange range, CancellationToken cancel) => WorkedExamples.ReadAsync(
            Enumerable.Range(0, 10).Select(h => new Reading(meter, start.AddHours(h)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = power }), range);
        Assert.That(await _measures.CheckExitPlansAsync(_ => [WorkedExamples.Installed], Readings, default), Is.EqualTo(1));
        Assert.That(await _measures.CheckExitPlansAsync(_ => [WorkedExamples.Installed], Readings, default), Is.Zero);
        power = 200;
        Assert.That(await _measures.CheckExitPlansAsync(_ => [WorkedExamples.Installed], Readings, default), Is.EqualTo(1));
        Assert.That((await _measures.OfAsync(_id, default))!.Single().ExitStatus, Is.EqualTo(ExitStatus.Breached));
        Assert.That((await _bench.EventsAsync())[^1].DataJson, Does.Contain("breached"));
    }

    [Test]
    public async Task Of_a_thousand_approvals_of_one_measure_at_a_time_one_succeeds()
    {
        await ProposeAsync(MeasureKind.MarketExclusion, CasesBench.Ana);
        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() =>
            _measures.StepAsync(_id, 1, "approve", 1, new Actor($"person {i}", Role.Supervisor), null, default))));
        Assert.That(results.Count(r => r.Succeeded), Is.EqualTo(1));
        Assert.That((await _bench.Desk.GetAsync(_id, default))!.Events.Count(e => e.Verb == "approve"), Is.EqualTo(1));
    }

    private Task<MoveResult> ProposeAsync(MeasureKind kind, Actor actor, ExitPlan? plan = null) =>
        _measures.ProposeAsync(_id, new MeasureProposal(kind, 1, null, plan, "agreed"), actor, default);

    private Task<MoveResult> StepAsync(string verb, Actor actor, long version = 1) => _measures.StepAsync(_id, 1, verb, version, actor, null, default);
}
