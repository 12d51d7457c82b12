// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Tests.Desk;

public sealed class CaseWorkTests
{
    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open() => _bench = await CasesBench.OpenAsync();

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task Assigning_noting_and_putting_off_are_for_the_documented_roles_and_leave_one_event_each([Values] Role role, [Values("assign", "note", "snooze")] string work)
    {
        var id = await _bench.OpenCaseAsync();
        var before = (await _bench.Desk.GetAsync(id, default))!.Events.Count;
        var result = await WorkAsync(id, work, new Actor("eve", role));
        var allowed = role is Role.Operator or Role.Supervisor || (work == "note" && role == Role.Analyst);
        Assert.That(result.Outcome, Is.EqualTo(allowed ? MoveOutcome.Recorded : MoveOutcome.Forbidden));
        Assert.That(result.Case!.Events.Count - before, Is.EqualTo(allowed ? 1 : 0));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task What_was_done_is_kept_with_its_data()
    {
        var id = await _bench.OpenCaseAsync();
        Assert.That((await _bench.Desk.AssignAsync(id, " ben ", CasesBench.Ana, "knows it", default)).Case!.Summary.Assignee, Is.EqualTo("ben"));
        Assert.That((await _bench.Desk.ListAsync(new CaseFilter { Assignee = "ben" }, default)).Single().Id, Is.EqualTo(id));
        Assert.That((await _bench.Desk.AssignAsync(id, null, CasesBench.Ana, null, default)).Case!.Summary.Assignee, Is.Null);
        var noted = await _bench.Desk.NoteAsync(id, "租约已收到", CasesBench.Ana, default);
        Assert.That(noted.Case!.Events.Select(e => (e.Kind, e.Data, e.Why)).TakeLast(3), Is.EqualTo(new[]
        {
            (CaseEventKind.Assigned, """{"assignee":"ben"}""", (string?)"knows it"),
            (CaseEventKind.Assigned, """{"assignee":null}""", null),
            (CaseEventKind.Noted, null, "租约已收到"),
        }));
    }

    [Test]
    public async Task A_case_that_is_over_takes_notes_and_nothing_else()
    {
        var id = await _bench.OpenRefutedAsync();
        Assert.That((await WorkAsync(id, "note", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        Assert.That((await WorkAsync(id, "assign", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
        Assert.That((await WorkAsync(id, "snooze", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
        Assert.That((await WorkAsync("c-99", "note", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
    }

    [TestCase(0, "a reason")]
    [TestCase(91, "a reason")]
    [TestCase(5, " ")]
    public async Task A_case_is_not_put_off_without_reason_or_without_end(int days, string reason)
    {
        var id = await _bench.OpenCaseAsync();
        var result = await _bench.Desk.SnoozeAsync(id, _bench.Clock.GetUtcNow().AddDays(days), CasesBench.Ana, reason, default);
        Assert.That(result.Outcome, Is.EqualTo(MoveOutcome.Invalid));
        Assert.That(result.TextZh, Does.Contain("90"));
    }

    [Test]
    public async Task A_case_beyond_its_deadline_is_escalated_once_and_again_a_week_later()
    {
        var id = await _bench.OpenCaseAsync();
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.Zero);
        _bench.Clock.Advance(_bench.Options.Deadlines.Screened);
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.EqualTo(1));
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.Zero);
        var detail = (await _bench.Desk.GetAsync(id, default))!;
        Assert.That((detail.Summary.Escalations, detail.Events[^1].Kind, detail.Events[^1].Actor), Is.EqualTo((1, CaseEventKind.Escalated, AccessStore.SystemName)));
        Assert.That((await _bench.EventsAsync())[^1].DataJson, Does.Contain("\"times\":1"));
        _bench.Clock.Advance(_bench.Options.Deadlines.EscalateAgain);
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.EqualTo(1));
        var moved = await _bench.MoveAsync(id, "triage", CasesBench.Ana);
        Assert.That((moved.Case!.Summary.Escalations, moved.Case.Summary.Due), Is.EqualTo((0, _bench.Clock.GetUtcNow() + _bench.Options.Deadlines.Triaged)));
    }

    [Test]
    public async Task A_case_put_off_is_left_alone_until_it_wakes_and_new_evidence_wakes_it()
    {
        var id = await _bench.OpenCaseAsync();
        var until = _bench.Clock.GetUtcNow().AddDays(30);
        await _bench.Desk.SnoozeAsync(id, until, CasesBench.Ana, "waits for the landlord", default);
        _bench.Clock.Advance(TimeSpan.FromDays(29));
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.Zero);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        Assert.That((await _bench.Desk.GetAsync(id, default))!.Summary.SnoozedUntil, Is.Null);
        _bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.EqualTo(1));
    }

    [TestCase(30, 3, TestName = "A_woken_case_waits_no_longer_and_is_due_when_its_state_says")]
    [TestCase(1, 3, TestName = "A_woken_case_keeps_a_deadline_that_putting_it_off_did_not_move")]
    public async Task A_case_put_off_is_woken(int days, int dueAfter)
    {
        var id = await _bench.OpenCaseAsync();
        var opened = _bench.Clock.GetUtcNow();
        Assert.That((await _bench.Desk.WakeAsync(id, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.Invalid), "it is not put off");
        await _bench.Desk.SnoozeAsync(id, opened.AddDays(days), CasesBench.Ana, "waits for the landlord", default);
        Assert.That((await _bench.Desk.WakeAsync(id, new Actor("eve", Role.Analyst), null, default)).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        var woken = await _bench.Desk.WakeAsync(id, CasesBench.Sue, "he answered", default);
        Assert.Multiple(() =>
        {
            Assert.That((woken.Outcome, woken.Case!.Summary.SnoozedUntil, woken.Case.Summary.Due), Is.EqualTo((MoveOutcome.Recorded, (DateTimeOffset?)null, (DateTimeOffset?)opened.AddDays(dueAfter))));
            Assert.That((woken.Case!.Events[^1].Kind, woken.Case.Events[^1].Actor, woken.Case.Events[^1].Why), Is.EqualTo((CaseEventKind.Woken, CasesBench.Sue.Name, "he answered")));
        });
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
        _bench.Clock.Advance(TimeSpan.FromDays(dueAfter));
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.EqualTo(1));
    }

    [Test]
    public async Task A_case_put_off_twice_or_after_an_escalation_is_due_as_if_it_had_not_been_put_off()
    {
        var id = await _bench.OpenCaseAsync();
        var opened = _bench.Clock.GetUtcNow();
        await _bench.Desk.SnoozeAsync(id, opened.AddDays(30), CasesBench.Ana, "waits", default);
        Assert.That((await _bench.Desk.SnoozeAsync(id, opened.AddDays(10), CasesBench.Ana, "waits less", default)).Case!.Summary.Due, Is.EqualTo(opened.AddDays(10)));
        Assert.That((await _bench.Desk.WakeAsync(id, CasesBench.Ana, null, default)).Case!.Summary.Due, Is.EqualTo(opened + _bench.Options.Deadlines.Screened));

        _bench.Clock.Advance(_bench.Options.Deadlines.Screened);
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.EqualTo(1));
        var escalated = _bench.Clock.GetUtcNow();
        await _bench.Desk.SnoozeAsync(id, escalated.AddDays(20), CasesBench.Ana, "waits", default);
        Assert.That((await _bench.Desk.WakeAsync(id, CasesBench.Ana, null, default)).Case!.Summary.Due, Is.EqualTo(escalated + _bench.Options.Deadlines.EscalateAgain));
        Assert.That(await _bench.Desk.EscalateAsync(default), Is.Zero);
    }

    [Test]
    public async Task A_state_without_a_deadline_is_never_due()
    {
        var id = await _bench.OpenMeasuresAsync();
        await _bench.MoveAsync(id, "start-exit-monitoring", CasesBench.Sue);
        Assert.That((await _bench.Desk.GetAsync(id, default))!.Summary.Due, Is.Null);
    }

    [Test]
    public async Task Deadlines_are_watched_by_the_clock()
    {
        await _bench.OpenCaseAsync();
        using var stop = new CancellationTokenSource();
        var watching = _bench.Desk.WatchDeadlinesAsync(stop.Token);
        while ((await _bench.Desk.GetAsync("c-1", default))!.Summary.Escalations == 0)
        {
            _bench.Clock.Advance(TimeSpan.FromDays(1));
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await watching;
    }

    private Task<MoveResult> WorkAsync(string id, string work, Actor actor) => work switch
    {
        "assign" => _bench.Desk.AssignAsync(id, "ben", actor, null, default),
        "note" => _bench.Desk.NoteAsync(id, "seen", actor, default),
        _ => _bench.Desk.SnoozeAsync(id, _bench.Clock.GetUtcNow().AddDays(2), actor, "later", default),
    };
}
