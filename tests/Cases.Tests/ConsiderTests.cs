// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Outbox;
using Detector.Metering;

namespace Detector.Cases.Tests;

public sealed class ConsiderTests
{
    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open() => _bench = await CasesBench.OpenAsync();

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_case_verdict_opens_one_case_with_its_evidence()
    {
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(), default);
        Assert.That(change, Is.EqualTo(new CaseChange(CaseChangeKind.Opened, true, "c-1", 1, null)));
        var detail = (await _bench.Desk.GetAsync("c-1", default))!;
        Assert.That(detail.Summary.State, Is.EqualTo(CaseState.Screened));
        Assert.That(detail.Summary.Verdict, Is.EqualTo(Verdict.Case));
        Assert.That(detail.Summary.Reasons.Single().TextZh, Does.Contain("周末"));
        Assert.That(FindingJson.Write(detail.Evidence.Single().Finding), Is.EqualTo(FindingJson.Write(CasesBench.Finding())));
        Assert.That(detail.Events.Single().Kind, Is.EqualTo(CaseEventKind.Opened));
        Assert.That((await _bench.EventsAsync()).Select(e => e.Type), Is.EqualTo(new[] { EventTypes.SiteVerdict, EventTypes.CaseOpened }));
    }

    [Test]
    public async Task A_finding_considered_again_changes_nothing()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Watch, day: 1), default);
        var before = await _bench.EventsAsync();
        foreach (var finding in new[] { CasesBench.Finding(), CasesBench.Finding(verdict: Verdict.Watch, day: 1) })
        {
            Assert.That((await _bench.Desk.ConsiderAsync(finding, default)).Kind, Is.EqualTo(CaseChangeKind.Repeated));
        }

        Assert.That(await _bench.EventsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task The_same_finding_from_many_sides_at_a_time_opens_one_case()
    {
        await using var other = await _bench.OpenDeskAsync();
        var changes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Task.Run(() => (i % 2 == 0 ? _bench.Desk : other).ConsiderAsync(CasesBench.Finding(), default))));
        Assert.That(changes.Count(c => c.Kind == CaseChangeKind.Opened), Is.EqualTo(1));
        Assert.That(changes.Count(c => c.Kind == CaseChangeKind.Repeated), Is.EqualTo(39));
        Assert.That((await _bench.Desk.ListAsync(new CaseFilter(), default)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_finding_on_older_readings_than_the_last_changes_nothing()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear, day: 3), default);
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 2), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Outdated));
    }

    [TestCase(Verdict.Clear, 0, "trees/1", false)]
    [TestCase(Verdict.Watch, 0, "trees/1", true)]
    [TestCase(Verdict.Clear, 1, "trees/1", true)]
    [TestCase(Verdict.Clear, 0, "trees/2", true)]
    public async Task A_verdict_enters_the_history_when_verdict_model_or_day_differ(Verdict verdict, int day, string model, bool enters)
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear), default);
        var next = CasesBench.Finding(verdict: verdict, day: day, model: model);
        next = next with { Window = new TimeRange(next.Window.From, next.Window.To + TimeSpan.FromMinutes(15)) };
        var change = await _bench.Desk.ConsiderAsync(next, default);
        Assert.That(change.VerdictRecorded, Is.EqualTo(enters));
        Assert.That((await _bench.Desk.HistoryAsync("s-1", default)).Count, Is.EqualTo(enters ? 2 : 1));
    }

    [Test]
    public async Task Materially_new_evidence_joins_the_open_case_as_a_new_version()
    {
        var id = await _bench.OpenCaseAsync();
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.90), default);
        Assert.That(change, Is.EqualTo(new CaseChange(CaseChangeKind.Joined, true, id, 2, null)));
        var detail = (await _bench.Desk.GetAsync(id, default))!;
        Assert.That(detail.Summary.Probability, Is.EqualTo(0.90));
        Assert.That(detail.Evidence.Select(e => e.EvidenceVersion), Is.EqualTo(new[] { 1, 2 }));
        Assert.That((await _bench.EventsAsync())[^1].Type, Is.EqualTo(EventTypes.CaseUpdated));
    }

    [Test]
    public async Task Evidence_that_says_the_same_does_not_disturb_a_decision_under_way()
    {
        await _bench.OpenCaseAsync();
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.96), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Recorded));
        Assert.That(change.EvidenceVersion, Is.EqualTo(1));
    }

    [Test]
    public async Task Evidence_that_exonerates_joins_the_case_too()
    {
        await _bench.OpenCaseAsync();
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear, day: 1, probability: 0.02), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Joined));
        Assert.That((await _bench.Desk.GetAsync("c-1", default))!.Summary.Verdict, Is.EqualTo(Verdict.Clear));
    }

    [Test]
    public async Task A_second_meter_of_the_site_joins_its_case_and_the_stronger_leads()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(meter: "a", probability: 0.95), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(meter: "b", probability: 0.99), default);
        var only = (await _bench.Desk.ListAsync(new CaseFilter(), default)).Single();
        Assert.That((only.EvidenceVersion, only.Meter.Value), Is.EqualTo((2, "b")));
    }

    [Test]
    public async Task An_insufficient_verdict_takes_no_part_in_a_case()
    {
        await _bench.OpenCaseAsync();
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Insufficient, day: 1), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Recorded));
    }

    [Test]
    public async Task A_site_stands_as_its_most_suspicious_meter_does()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Watch, meter: "a"), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear, meter: "b"), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", Verdict.Clear), default);
        var all = await _bench.Desk.VerdictsAsync(new VerdictFilter(), default);
        Assert.That(all.Select(v => (v.Site, v.Finding.Verdict)), Is.EqualTo(new[] { ("s-1", Verdict.Watch), ("s-2", Verdict.Clear) }));
        Assert.That((await _bench.Desk.VerdictsAsync(new VerdictFilter { Verdict = Verdict.Clear }, default)).Single().Site, Is.EqualTo("s-2"));
        Assert.That((await _bench.Desk.VerdictsAsync(new VerdictFilter { After = "s-1" }, default)).Single().Site, Is.EqualTo("s-2"));
    }

    [Test]
    public async Task A_meter_that_moves_takes_its_verdict_to_the_new_site()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("old", Verdict.Watch, meter: "m"), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("new", Verdict.Watch, day: 1, meter: "m"), default);
        Assert.That((await _bench.Desk.VerdictsAsync(new VerdictFilter(), default)).Select(v => v.Site), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public async Task During_the_cool_down_a_verdict_is_suppressed_visibly_and_after_it_a_case_is_opened()
    {
        var refuted = await _bench.OpenRefutedAsync();
        var change = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1), default);
        Assert.That(change.Kind, Is.EqualTo(CaseChangeKind.Suppressed));
        Assert.That(change.Why, Does.Contain("c-1 was refuted on 2026-04-02").And.Contain("until 2026-07-01"));
        var detail = (await _bench.Desk.GetAsync(refuted, default))!;
        Assert.That(detail.Events[^1].Kind, Is.EqualTo(CaseEventKind.Suppressed));
        Assert.That(detail.Events[^1].Why, Is.EqualTo(change.Why));
        Assert.That(detail.CoolDownUntil, Is.EqualTo(_bench.Clock.GetUtcNow() + _bench.Options.CoolDown));

        _bench.Clock.Advance(_bench.Options.CoolDown);
        var after = await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 90), default);
        Assert.That((after.Kind, after.CaseId), Is.EqualTo((CaseChangeKind.Opened, "c-2")));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).Intact, Is.True);
    }

    [Test]
    public async Task Lists_page_by_the_last_id_and_filter_by_state_and_site()
    {
        for (var i = 1; i <= 5; i++)
        {
            await _bench.OpenCaseAsync($"s-{i}");
        }

        await _bench.MoveAsync("c-2", "triage", CasesBench.Ana);
        var first = await _bench.Desk.ListAsync(new CaseFilter { Limit = 2 }, default);
        var second = await _bench.Desk.ListAsync(new CaseFilter { Limit = 2, After = first[^1].Id }, default);
        Assert.That(first.Concat(second).Select(c => c.Id), Is.EqualTo(new[] { "c-5", "c-4", "c-3", "c-2" }));
        Assert.That((await _bench.Desk.ListAsync(new CaseFilter { States = [CaseState.Triaged] }, default)).Single().Id, Is.EqualTo("c-2"));
        Assert.That((await _bench.Desk.ListAsync(new CaseFilter { Site = "s-4" }, default)).Single().Id, Is.EqualTo("c-4"));
        Assert.That(await _bench.Desk.CountAsync(default), Is.EquivalentTo(new Dictionary<CaseState, int> { [CaseState.Screened] = 4, [CaseState.Triaged] = 1 }));
    }
}
