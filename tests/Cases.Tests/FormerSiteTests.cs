// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Lists;
using Detector.Metering;

namespace Detector.Cases.Tests;

/// <summary>Findings of a site that its meter has left: they are the former site's, and the present one stands as it stood.</summary>
public sealed class FormerSiteTests
{
    private const string Meter = "m";
    private static readonly TimeRange AtMill = TimeRange.All with { To = Finding("mill").Window.To.AddHours(5) };

    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open() => _bench = await CasesBench.OpenAsync();

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public Task A_window_of_a_former_site_judged_again_is_its_own_and_leaves_the_present_site_alone() => JudgeAgainAsync(_bench.Desk);

    /// <summary>Moves a meter from the mill to the hall and judges the mill again; of any store.</summary>
    internal static async Task JudgeAgainAsync(CaseDesk desk)
    {
        await desk.ConsiderAsync(Finding("mill", Verdict.Clear), default);
        await desk.ConsiderAsync(Finding("hall", Verdict.Watch, day: 7), default);
        var before = await desk.VerdictsAsync(new VerdictFilter(), default);

        var changes = new List<CaseChangeKind>();
        foreach (var verdict in new[] { Verdict.Clear, Verdict.Watch, Verdict.Watch, Verdict.Case, Verdict.Case, Verdict.Clear })
        {
            changes.Add((await desk.ConsiderFormerAsync(Finding("mill", verdict), AtMill, default)).Kind);
        }

        Assert.That(changes, Is.EqualTo(new[]
        {
            CaseChangeKind.Repeated, CaseChangeKind.Recorded, CaseChangeKind.Repeated, CaseChangeKind.Opened, CaseChangeKind.Repeated, CaseChangeKind.Joined,
        }));
        Assert.That((await desk.HistoryAsync("mill", default)).Select(v => (v.Finding.Verdict, v.Previous)), Is.EqualTo(new (Verdict, Verdict?)[]
        {
            (Verdict.Clear, Verdict.Case), (Verdict.Case, Verdict.Watch), (Verdict.Watch, Verdict.Clear), (Verdict.Clear, null),
        }));
        Assert.That((await desk.VerdictsAsync(new VerdictFilter(), default)).Select(v => v.Sequence), Is.EqualTo(before.Select(v => v.Sequence)));
        Assert.That((await desk.ListAsync(new CaseFilter { Site = "mill" }, default)).Single().Verdict, Is.EqualTo(Verdict.Clear));
        Assert.That((await desk.ConsiderAsync(Finding("hall", Verdict.Watch, day: 8), default)).Kind, Is.EqualTo(CaseChangeKind.Recorded));
        Assert.That((await desk.HistoryAsync("hall", default))[0].Previous, Is.EqualTo(Verdict.Watch));
        Assert.That((await new ListDesk(desk).CoverageAsync(SiteRegistry.Empty, null, default)).Single(row => row.Meter.Value == Meter).Site.Site, Is.EqualTo("hall"));
        Assert.That((await desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task A_meter_that_came_back_stands_by_where_it_is_and_each_time_there_is_judged_by_itself()
    {
        await ConsiderAsync(Finding("mill", Verdict.Clear), Finding("hall", Verdict.Clear, day: 200), Finding("mill", Verdict.Watch, day: 400)); // windows of two stays do not overlap
        var change = await _bench.Desk.ConsiderFormerAsync(Finding("mill"), AtMill, default);
        Assert.That((change.Kind, change.CaseId), Is.EqualTo((CaseChangeKind.Opened, "c-1")));
        Assert.That((await _bench.Desk.HistoryAsync("mill", default))[0].Previous, Is.EqualTo(Verdict.Clear));
        Assert.That((await _bench.Desk.VerdictsAsync(new VerdictFilter(), default)).Select(v => (v.Site, v.Finding.Verdict)), Is.EqualTo(new[] { ("mill", Verdict.Watch) }));
    }

    [Test]
    public async Task A_former_site_that_was_never_judged_gets_its_verdict()
    {
        await ConsiderAsync(Finding("hall", Verdict.Clear, day: 7));
        Assert.That((await _bench.Desk.ConsiderFormerAsync(Finding("mill", Verdict.Watch), AtMill, default)).Kind, Is.EqualTo(CaseChangeKind.Recorded));
        Assert.That((await _bench.Desk.VerdictsAsync(new VerdictFilter(), default)).Select(v => v.Site), Is.EqualTo(new[] { "hall" }));
    }

    [Test]
    public async Task A_shorter_window_than_the_last_of_the_former_site_changes_nothing()
    {
        await ConsiderAsync(Finding("mill", Verdict.Clear), Finding("hall", Verdict.Clear, day: 7));
        Assert.That((await _bench.Desk.ConsiderFormerAsync(Finding("mill", day: -1), AtMill, default)).Kind, Is.EqualTo(CaseChangeKind.Outdated));
    }

    [Test]
    public async Task A_move_within_the_last_slot_of_the_window_is_no_other_window_and_one_of_which_the_beginning_has_expired_changes_nothing()
    {
        var left = AtMill with { To = Finding("mill").Window.To.AddMinutes(-8) };
        await ConsiderAsync(Finding("mill", Verdict.Clear), Finding("hall", Verdict.Clear, day: 7));
        var shorter = Finding("mill");
        var changes = new List<CaseChangeKind>();
        foreach (var finding in new[] { Finding("mill", Verdict.Clear), shorter with { Window = shorter.Window with { From = shorter.Window.From.AddDays(3) } }, Finding("mill", Verdict.Watch) })
        {
            changes.Add((await _bench.Desk.ConsiderFormerAsync(finding, left, default)).Kind);
        }

        Assert.That(changes, Is.EqualTo(new[] { CaseChangeKind.Repeated, CaseChangeKind.Outdated, CaseChangeKind.Recorded }));
        Assert.That((await _bench.Desk.HistoryAsync("mill", default))[0].Previous, Is.EqualTo(Verdict.Clear));
    }

    [Test]
    public async Task What_an_earlier_time_of_the_meter_at_the_site_said_is_not_held_against_the_present_one()
    {
        await _bench.Desk.ConsiderFormerAsync(Finding("mill"), AtMill, default);
        var here = TimeRange.All with { From = Finding("mill", day: 200).Window.From };
        var change = await _bench.Desk.ConsiderAsync(Finding("mill", Verdict.Clear, day: 200), here, default);
        Assert.That((change.Kind, change.EvidenceVersion), Is.EqualTo((CaseChangeKind.Recorded, 1)), "it exonerates nothing that was measured before");
    }

    [Test]
    public async Task What_was_refuted_after_the_window_stays_refuted_even_past_the_cool_down()
    {
        await _bench.OpenRefutedAsync("mill");
        await ConsiderAsync(Finding("hall", Verdict.Clear, day: 7));
        _bench.Clock.Advance(2 * _bench.Options.CoolDown);
        Assert.That((await _bench.Desk.ConsiderFormerAsync(Finding("mill"), AtMill, default)).Kind, Is.EqualTo(CaseChangeKind.Suppressed));
    }

    [Test]
    public async Task A_case_that_was_closed_after_the_window_is_not_reopened_by_it()
    {
        var id = await _bench.OpenMeasuresAsync("mill");
        await _bench.MoveAsync(id, "start-exit-monitoring", CasesBench.Sue);
        await _bench.MoveAsync(id, "close", CasesBench.Sue);
        await ConsiderAsync(Finding("hall", Verdict.Clear, day: 7));
        Assert.That((await _bench.Desk.ConsiderFormerAsync(Finding("mill"), AtMill, default)).Kind, Is.EqualTo(CaseChangeKind.Recorded));
        Assert.That((await _bench.Desk.GetAsync(id, default))!.Summary.State, Is.EqualTo(CaseState.Closed));
    }

    private static Finding Finding(string site, Verdict verdict = Verdict.Case, int day = 0) => CasesBench.Finding(site, verdict, day, Meter);

    private async Task ConsiderAsync(params Finding[] findings)
    {
        foreach (var finding in findings)
        {
            await _bench.Desk.ConsiderAsync(finding, default);
        }
    }
}
