// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Desk;
using Detector.Cases.Inspections;
using Detector.Cases.Lists;
using Detector.Metering;

namespace Detector.Cases.Tests.Desk;

public sealed class MergingTests
{
    private CasesBench _bench = null!;
    private string _first = null!;
    private string _second = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _first = await _bench.OpenCaseAsync("s-1");
        _second = await _bench.OpenCaseAsync("s-2");
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_merged_case_rests_and_the_leading_one_has_its_evidence()
    {
        await _bench.MoveAsync(_second, "triage", CasesBench.Ana);
        var merged = await MergeAsync();
        Assert.That((merged.Outcome, merged.Case!.Summary.State, merged.Case.Summary.MergedInto, merged.Case.Summary.Due), Is.EqualTo((MoveOutcome.Moved, CaseState.Merged, _first, (DateTimeOffset?)null)));
        Assert.That(merged.Case.Moves, Is.Empty);
        var leading = await ShowAsync(_first);
        Assert.That((leading.Summary.State, leading.Summary.EvidenceVersion), Is.EqualTo((CaseState.Screened, 2L)));
        Assert.That(leading.Evidence.Select(e => e.Finding.Site), Is.EqualTo(new[] { "s-1", "s-2" }));
        Assert.That(leading.Merged, Is.EqualTo(new[] { new MergedCase(_second, "s-2") }));
        Assert.That(leading.Sites, Is.EqualTo(new[] { "s-1", "s-2" }));
        Assert.That(leading.Events.TakeLast(2).Select(e => (e.Kind, e.Actor, e.Why)), Is.EqualTo(new[]
        {
            (CaseEventKind.MergedFrom, "ana", "one lease"), (CaseEventKind.EvidenceJoined, AccessStore.SystemName, $"Known from {_second}."),
        }));
        await IntactAsync();
    }

    [Test]
    public async Task The_leading_case_stands_for_the_site_of_the_merged_one()
    {
        await MergeAsync();
        var joined = await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 1, probability: 0.80), default);
        Assert.That((joined.Kind, joined.CaseId, joined.EvidenceVersion), Is.EqualTo((CaseChangeKind.Joined, _first, (long?)3)));
        Assert.That(await _bench.Desk.OpenCaseOfAsync("s-2", default), Is.EqualTo(_first));
        await _bench.MoveAsync(_first, "triage", CasesBench.Ana);
        await _bench.MoveAsync(_first, "inspect", CasesBench.Ana);
        await _bench.MoveAsync(_first, "refute", CasesBench.Ana, "only chillers");
        var suppressed = await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 2), default);
        Assert.That((suppressed.Kind, suppressed.CaseId), Is.EqualTo((CaseChangeKind.Suppressed, _first)), "what was refuted together cools down together");
        await IntactAsync();
    }

    [Test]
    public async Task What_was_confirmed_together_relapses_together()
    {
        await MergeAsync();
        await _bench.MoveAsync(_first, "triage", CasesBench.Ana);
        await _bench.MoveAsync(_first, "inspect", CasesBench.Ana);
        await _bench.MoveAsync(_first, "confirm", CasesBench.Ana);
        await _bench.MoveAsync(_first, "confirm", CasesBench.Sue);
        await _bench.MoveAsync(_first, "close", CasesBench.Sue);
        var again = await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 5), default);
        Assert.That((again.Kind, again.CaseId), Is.EqualTo((CaseChangeKind.Reopened, _first)));
        var alone = await SplitAsync();
        Assert.That((alone.Outcome, alone.Text), Is.EqualTo((MoveOutcome.NotLegal, $"Without {_second}, {_first} would stand on no evidence.")));
        await IntactAsync();
    }

    [Test]
    public async Task Split_off_a_case_is_where_it_was_with_what_its_site_showed_since()
    {
        await _bench.MoveAsync(_second, "triage", CasesBench.Ana);
        await MergeAsync();
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-1", day: 1, probability: 0.80), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 1, probability: 0.90), default);
        Assert.That((await ShowAsync(_first)).Summary.Meter, Is.EqualTo(MeterId.Of("m-s-2")), "the stronger evidence leads, whosever it is");
        var split = await SplitAsync();
        Assert.That((split.Outcome, split.Case!.Summary.State, split.Case.Summary.MergedInto, split.Case.Summary.EvidenceVersion), Is.EqualTo((MoveOutcome.Moved, CaseState.Triaged, (string?)null, 2L)));
        Assert.That(split.Case.Summary.Probability, Is.EqualTo(0.90));
        var leading = await ShowAsync(_first);
        Assert.That((leading.Summary.Meter, leading.Summary.EvidenceVersion, leading.Merged.Count), Is.EqualTo((MeterId.Of("m-s-1"), 5L, 0)));
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-2", day: 2, probability: 0.70), default)).CaseId, Is.EqualTo(_second));
        Assert.That((await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-1", day: 2, probability: 0.70), default)).CaseId, Is.EqualTo(_first));
        await IntactAsync();
    }

    [Test]
    public async Task Merged_again_after_a_split_the_site_counts_again()
    {
        await MergeAsync();
        await SplitAsync();
        Assert.That((await MergeAsync()).Outcome, Is.EqualTo(MoveOutcome.Moved));
        Assert.That((await ShowAsync(_first)).Sites, Is.EqualTo(new[] { "s-1", "s-2" }));
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-1", day: 1, probability: 0.80), default);
        Assert.That((await ShowAsync(_first)).Summary.Meter, Is.EqualTo(MeterId.Of("m-s-2")));
        await IntactAsync();
    }

    [Test]
    public async Task It_is_for_those_who_work_cases([Values] Role role, [Values("merge", "split")] string verb)
    {
        var actor = new Actor("eve", role);
        if (verb == "split")
        {
            await MergeAsync();
        }

        var result = verb == "merge" ? await MergeAsync(actor: actor) : await SplitAsync(actor: actor);
        Assert.That(result.Outcome, Is.EqualTo(role is Role.Operator or Role.Supervisor ? MoveOutcome.Moved : MoveOutcome.Forbidden));
        await IntactAsync();
    }

    [Test]
    public async Task Only_what_nobody_has_decided_is_merged_or_split([Values] CaseState state, [Values] bool ofLeading)
    {
        if (state == CaseState.Merged)
        {
            return; // the next test
        }

        await _bench.PutAsync(ofLeading ? _first : _second, state, null);
        var expected = state is CaseState.Screened or CaseState.Triaged or CaseState.Inspecting or CaseState.Inconclusive ? MoveOutcome.Moved : MoveOutcome.NotLegal;
        var before = await CountAsync();
        Assert.That((await MergeAsync()).Outcome, Is.EqualTo(expected));
        Assert.That(await CountAsync() == before, Is.EqualTo(expected == MoveOutcome.NotLegal), "a refusal writes nothing");
        if (expected == MoveOutcome.Moved)
        {
            foreach (var decided in new[] { CaseState.Confirmed, CaseState.Refuted, CaseState.Measures, CaseState.ExitMonitoring, CaseState.Closed, CaseState.Objection })
            {
                await _bench.PutAsync(_first, decided, null);
                Assert.That((await SplitAsync()).Outcome, Is.EqualTo(MoveOutcome.NotLegal), decided.ToString());
            }
        }
    }

    [Test]
    public async Task What_cannot_be_merged_or_split_is_refused_with_the_reason()
    {
        Assert.That(await RefusedAsync(_second, "c-99"), Is.EqualTo(MoveOutcome.NotFound));
        Assert.That(await RefusedAsync("c-99", _first), Is.EqualTo(MoveOutcome.NotFound));
        Assert.That(await RefusedAsync(_second, _second), Is.EqualTo(MoveOutcome.NotLegal));
        Assert.That(await RefusedAsync(_second, _first, note: " "), Is.EqualTo(MoveOutcome.Invalid));
        Assert.That(await RefusedAsync(_second, _first, version: 2), Is.EqualTo(MoveOutcome.Conflict));
        Assert.That(await RefusedAsync(_second, _first, into: 2), Is.EqualTo(MoveOutcome.Conflict));
        Assert.That((await SplitAsync()).Outcome, Is.EqualTo(MoveOutcome.NotLegal), "it is not merged");
        await MergeAsync();
        var third = await _bench.OpenCaseAsync("s-3");
        Assert.That(await RefusedAsync(_second, third), Is.EqualTo(MoveOutcome.NotLegal), "it is merged already");
        Assert.That(await RefusedAsync(third, _second), Is.EqualTo(MoveOutcome.NotLegal), "it is merged itself");
        Assert.That(await RefusedAsync(_first, third, version: 2), Is.EqualTo(MoveOutcome.NotLegal), "it leads another");
        Assert.That((await _bench.Desk.SplitAsync(_second, 1, CasesBench.Ana, "two", default)).Outcome, Is.EqualTo(MoveOutcome.Conflict));
        Assert.That((await _bench.Desk.SplitAsync(_second, 2, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.Invalid));
        await IntactAsync();
    }

    [Test]
    public async Task A_proposal_from_before_is_void_once_evidence_was_merged_in()
    {
        await _bench.MoveAsync(_first, "triage", CasesBench.Ana);
        await _bench.MoveAsync(_first, "inspect", CasesBench.Ana);
        await _bench.MoveAsync(_first, "confirm", CasesBench.Ana);
        await MergeAsync();
        Assert.That((await _bench.MoveAsync(_first, "confirm", CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.Conflict));
    }

    [Test]
    public async Task Labels_follow_the_decision_of_the_leading_case()
    {
        await _bench.MoveAsync(_second, "triage", CasesBench.Ana);
        await _bench.MoveAsync(_second, "inspect", CasesBench.Ana);
        var inspections = new InspectionDesk(_bench.Desk);
        var report = new InspectionReport
        {
            Reference = "crew-1/1",
            Inspected = _bench.Clock.GetUtcNow().AddHours(-1),
            Inspector = "Li Wei",
            Location = "Hall 2",
            Meters = [MeterId.Of("m-s-2")],
            Outcome = InspectionOutcome.MachinesFound,
            Machines = [new MachinesFound("S19", 20)],
        };
        Assert.That((await inspections.ReportAsync(_second, report, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        await MergeAsync();
        Assert.That(await inspections.LabelsAsync(default), Is.Empty);
        await _bench.MoveAsync(_first, "triage", CasesBench.Ana);
        await _bench.MoveAsync(_first, "inspect", CasesBench.Ana);
        await _bench.MoveAsync(_first, "confirm", CasesBench.Ana);
        await _bench.MoveAsync(_first, "confirm", CasesBench.Sue);
        var label = (await inspections.LabelsAsync(default)).Single();
        Assert.That((label.Meter.Value, label.Mines, label.CaseState), Is.EqualTo(("m-s-2", true, CaseState.Confirmed)));
    }

    [Test]
    public async Task The_project_list_names_the_further_sites_as_they_were_known()
    {
        var before = _bench.Clock.GetUtcNow();
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await MergeAsync();
        var lists = new ListDesk(_bench.Desk);
        var now = (await lists.ProjectsAsync(SiteRegistry.Empty, null, default)).Single();
        Assert.That((now.CaseId, string.Join(' ', now.FurtherSites)), Is.EqualTo((_first, "s-2")));
        Assert.That((await lists.ProjectsAsync(SiteRegistry.Empty, before, default)).Select(r => r.CaseId), Is.EqualTo(new[] { _first, _second }));
    }

    [Test]
    public async Task A_hundred_who_merge_and_split_at_once_leave_one_success_each_and_an_intact_chain()
    {
        var merges = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _bench.Desk.MergeAsync(_second, _first, 1, 1, CasesBench.Ana, "one lease", default))));
        Assert.That(merges.Count(r => r.Succeeded), Is.EqualTo(1));
        var splits = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _bench.Desk.SplitAsync(_second, 2, CasesBench.Ana, "two leases", default))));
        Assert.That(splits.Count(r => r.Succeeded), Is.EqualTo(1));
        await IntactAsync();
    }

    private async Task<MoveOutcome> RefusedAsync(string id, string into_, string? note = "one lease", long version = 1, long into = 1)
    {
        var before = await CountAsync();
        var result = await _bench.Desk.MergeAsync(id, into_, version, into, CasesBench.Ana, note, default);
        Assert.That(await CountAsync(), Is.EqualTo(before), "a refusal writes nothing");
        Assert.That((result.Text, result.TextZh), Is.Not.EqualTo((string.Empty, string.Empty)));
        return result.Outcome;
    }

    private async Task<MoveResult> MergeAsync(Actor? actor = null) => await _bench.Desk.MergeAsync(
        _second, _first, (await ShowAsync(_second)).Summary.EvidenceVersion, (await ShowAsync(_first)).Summary.EvidenceVersion, actor ?? CasesBench.Ana, "one lease", default);

    private async Task<MoveResult> SplitAsync(Actor? actor = null) =>
        await _bench.Desk.SplitAsync(_second, (await ShowAsync(_first)).Summary.EvidenceVersion, actor ?? CasesBench.Ana, "two leases", default);

    private async Task<CaseDetail> ShowAsync(string id) => (await _bench.Desk.GetAsync(id, default))!;

    private async Task<int> CountAsync() => (await _bench.EventsAsync()).Count;

    private async Task IntactAsync() => Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
}
