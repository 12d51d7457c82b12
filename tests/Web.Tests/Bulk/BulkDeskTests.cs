// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Testing;
using Detector.Web.Bulk;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Bulk;

/// <summary>Work on many cases over a real desk: each by the rules of one.</summary>
public sealed class BulkDeskTests
{
    private static readonly Actor Olga = new("olga", Role.Operator);
    private static readonly Actor Omar = new("omar", Role.Operator);

    private readonly FakeTimeProvider _clock = new(Sample.Start.AddDays(100));
    private TemporaryFolder _folder = null!;
    private CaseDesk _desk = null!;
    private RegistryHolder _registry = null!;
    private BulkDesk _bulk = null!;

    [SetUp]
    public async Task Open()
    {
        _folder = new TemporaryFolder();
        _desk = await CaseDesk.OpenAsync(new CasesOptions(), _folder.Path, _clock, NullLoggerFactory.Instance, default);
        _registry = new RegistryHolder(new SiteRegistry([Sample.Registration("m-1", "s-1", "One"), Sample.Registration("m-2", "s-2", "Two") with { Region = "Yunnan" }]), TimeProvider.System);
        _bulk = new BulkDesk(_desk, _registry);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await _desk.ConsiderAsync(Sample.Finding($"m-{number}", $"s-{number}", Verdict.Case), default);
        }
    }

    [TearDown]
    public async Task Close()
    {
        await _desk.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_case_whose_evidence_changed_since_it_was_shown_is_refused_whatever_is_done_to_it()
    {
        await _desk.ConsiderAsync(Sample.Finding("m-2", "s-2", Verdict.Case, 0.71, 92), default);
        var until = _clock.GetUtcNow().AddDays(7);
        foreach (var act in new Func<string, Task<MoveResult>>[]
        {
            id => _bulk.AssignAsync(id, 1, "omar", null, Olga, default),
            id => _bulk.SnoozeAsync(id, 1, until, "Waits for the lease.", Olga, default),
            id => _bulk.MoveAsync(id, "triage", 1, null, Olga, null, default),
        })
        {
            Assert.That((await act("c-1")).Succeeded, Is.True);
            var refused = await act("c-2");
            Assert.That(refused.Outcome, Is.EqualTo(MoveOutcome.Conflict));
            Assert.That(refused.Text, Does.Contain("version 2"));
            Assert.That(refused.TextZh, Does.Contain("第 2 版"));
        }

        var (done, untouched) = ((await _desk.GetAsync("c-1", default))!.Summary, (await _desk.GetAsync("c-2", default))!);
        Assert.That((done.Assignee, done.State), Is.EqualTo(("omar", CaseState.Triaged)));
        Assert.That((untouched.Summary.Assignee, untouched.Summary.SnoozedUntil, untouched.Summary.State), Is.EqualTo(((string?)null, (DateTimeOffset?)null, CaseState.Screened)));
        Assert.That(untouched.Events, Has.Count.EqualTo(2), "opened, and evidence joined");
    }

    [Test]
    public async Task What_takes_two_people_takes_two_for_every_case()
    {
        await InspectAsync("c-1", "c-2");
        Assert.That((await _bulk.MoveAsync("c-1", "confirm", 1, null, Olga, null, default)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await _bulk.MoveAsync("c-2", "confirm", 1, null, Omar, null, default)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await _bulk.MoveAsync("c-1", "confirm", 1, null, Olga, null, default)).Outcome, Is.EqualTo(MoveOutcome.Forbidden), "nobody is both");
        Assert.That((await _bulk.MoveAsync("c-2", "confirm", 1, null, Olga, null, default)).Outcome, Is.EqualTo(MoveOutcome.Moved));
    }

    [Test]
    public async Task A_case_outside_the_persons_regions_does_not_exist_for_them()
    {
        var scoped = Olga with { Scope = AccessScope.Of(["Yunnan"], []) };
        Assert.That((await _bulk.MoveAsync("c-1", "triage", 1, null, scoped, null, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
        Assert.That((await _bulk.AssignAsync("c-3", 1, "olga", null, scoped, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound), "a site that nobody registered is in no region");
        Assert.That((await _bulk.MoveAsync("c-2", "triage", 1, null, scoped, null, default)).Outcome, Is.EqualTo(MoveOutcome.Moved));
        Assert.That((await _bulk.SnoozeAsync("c-99", 1, _clock.GetUtcNow().AddDays(1), "No.", Olga, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
    }

    [Test]
    public async Task A_plan_counts_what_each_verb_would_do_and_offers_nothing_to_those_who_work_no_cases()
    {
        await InspectAsync("c-1", "c-2");
        await _desk.MoveAsync("c-2", "confirm", 1, Omar, null, default);
        var cases = await _desk.ListAsync(new CaseFilter(), default);
        var plans = BulkPlan.Of(_desk, cases, Olga).ToDictionary(p => p.Verb);
        Assert.That(plans.Keys, Is.EquivalentTo(new[] { "assign", "snooze", "triage", "confirm", "refute", "mark-inconclusive", "object" }));
        Assert.That(plans["assign"], Is.EqualTo(new BulkPlan("assign", 0, null, 0, 0, 3, 0)));
        Assert.That(plans["triage"], Is.EqualTo(new BulkPlan("triage", 1, CaseState.Triaged, 0, 0, 0, 2)));
        Assert.That(plans["confirm"], Is.EqualTo(new BulkPlan("confirm", 0, CaseState.Confirmed, 1, 1, 0, 1)));
        Assert.That(plans["refute"].Can, Is.EqualTo(2));
        Assert.That(BulkPlan.Of(_desk, cases, Omar).Single(p => p.Verb == "confirm").Approvals, Is.Zero, "it is his own proposal");
        foreach (var role in new[] { Role.Analyst, Role.Auditor, Role.Admin })
        {
            Assert.That(BulkPlan.Of(_desk, cases, new Actor("ana", role)), Is.Empty);
        }
    }

    private async Task InspectAsync(params string[] cases)
    {
        foreach (var (id, verb) in cases.SelectMany(id => new[] { (id, "triage"), (id, "start-inspection") }))
        {
            Assert.That((await _desk.MoveAsync(id, verb, 1, Olga, null, default)).Succeeded, Is.True);
        }
    }
}
