// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Tests.Transitions;

/// <summary>Objection, relapse and reopening.</summary>
public sealed class ObjectionTests
{
    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open() => _bench = await CasesBench.OpenAsync();

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_rejected_objection_leads_back_to_where_it_was_made_and_takes_two_people()
    {
        var id = await _bench.OpenMeasuresAsync();
        var objected = await _bench.MoveAsync(id, "object", CasesBench.Ana, "the tenant's letter of 3 April");
        Assert.That((objected.Case!.Summary.State, objected.Case.Summary.ObjectedFrom), Is.EqualTo((CaseState.Objection, (CaseState?)CaseState.Measures)));
        Assert.That(objected.Case.Moves.Single(m => m.Verb == "reject-objection").To, Is.EqualTo(CaseState.Measures));
        Assert.That((await _bench.MoveAsync(id, "reject-objection", CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await _bench.MoveAsync(id, "reject-objection", CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        var back = await _bench.MoveAsync(id, "reject-objection", new Access.Actor("sam", Access.Role.Supervisor));
        Assert.That((back.Case!.Summary.State, back.Case.Summary.ObjectedFrom), Is.EqualTo((CaseState.Measures, (CaseState?)null)));
    }

    [Test]
    public async Task An_upheld_objection_refutes_the_case_and_protects_the_site()
    {
        var id = await _bench.OpenConfirmedAsync();
        await _bench.MoveAsync(id, "object", CasesBench.Ana);
        var upheld = await _bench.MoveAsync(id, "uphold-objection", CasesBench.Sue, "it is a cold store");
        Assert.That((upheld.Case!.Summary.State, upheld.Case.Summary.ConfirmedAt), Is.EqualTo((CaseState.Refuted, (DateTimeOffset?)null)));
        Assert.That(upheld.Case.CoolDownWhy, Is.EqualTo("it is a cold store"));
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Suppressed));
        Assert.That(change.Why, Does.Contain("because: it is a cold store"));
    }

    [Test]
    public async Task A_relapse_reopens_the_confirmed_case_and_keeps_its_history()
    {
        var id = await _bench.OpenMeasuresAsync();
        await _bench.MoveAsync(id, "start-exit-monitoring", CasesBench.Sue);
        await _bench.MoveAsync(id, "close", CasesBench.Sue);
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 200), default);
        Assert.That(change, Is.EqualTo(new CaseChange(CaseChangeKind.Reopened, true, id, 2, null)));
        var detail = (await _bench.Desk.GetAsync(id, default))!;
        Assert.That((detail.Summary.State, detail.Events[^1].Kind, detail.Events[^1].Before), Is.EqualTo((CaseState.Screened, CaseEventKind.Reopened, (CaseState?)CaseState.Closed)));
        Assert.That(detail.Events[^1].Why, Does.Contain("mines again"));
        Assert.That(detail.Evidence.Count, Is.EqualTo(2));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task A_refuted_and_closed_case_is_not_reopened_by_a_verdict()
    {
        await _bench.MoveAsync(await _bench.OpenRefutedAsync(), "close", CasesBench.Ana);
        _bench.Clock.Advance(_bench.Options.CoolDown);
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 100), default)).Kind, Is.EqualTo(CaseChangeKind.Opened));
        var reopened = await _bench.MoveAsync("c-1", "reopen", CasesBench.Sue);
        Assert.That(reopened.Outcome, Is.EqualTo(MoveOutcome.NotLegal), "the site has another open case");
        Assert.That(reopened.Text, Does.Contain("c-2"));
    }

    [Test]
    public async Task A_supervisor_reopens_a_closed_case()
    {
        var id = await _bench.OpenRefutedAsync();
        await _bench.MoveAsync(id, "close", CasesBench.Ana);
        var reopened = await _bench.MoveAsync(id, "reopen", CasesBench.Sue, "the inspection looked at the wrong hall");
        Assert.That((reopened.Case!.Summary.State, reopened.Case.CoolDownUntil), Is.EqualTo((CaseState.Triaged, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Measures_begin_again_after_a_relapse_during_the_exit()
    {
        var id = await _bench.OpenMeasuresAsync();
        await _bench.MoveAsync(id, "start-exit-monitoring", CasesBench.Sue);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear, day: 10, probability: 0.02), default);
        await _bench.MoveAsync(id, "start-measures", CasesBench.Ana);
        Assert.That((await _bench.MoveAsync(id, "start-measures", CasesBench.Sue)).Case!.Summary.State, Is.EqualTo(CaseState.Measures));
    }
}
