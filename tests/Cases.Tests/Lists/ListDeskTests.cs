// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Lists;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Tests.Lists;

public sealed class ListDeskTests
{
    private static readonly SiteRegistry Register = new(
    [
        new MeterRegistration { Meter = MeterId.Of("m-s-1"), Site = "s-1", Name = "=cmd|'/c calc'!A1", Region = "Hainan", Feeder = "F-1", Owner = "甲公司" },
        new MeterRegistration { Meter = MeterId.Of("m-s-9"), Site = "s-9", Name = "Hall 9", Region = "Zhejiang" },
    ]);

    private CasesBench _bench = null!;
    private ListDesk _lists = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync(new CasesOptions { Measures = new MeasuresOptions { CutOff = CasesBench.Finding().Onset!.Earliest } });
        _lists = new ListDesk(_bench.Desk);
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task The_project_list_of_a_past_moment_comes_out_the_same_whatever_happened_since()
    {
        var id = await _bench.OpenInspectingAsync();
        await _bench.Desk.AssignAsync(id, "ben", CasesBench.Ana, null, default);
        var then = _bench.Clock.GetUtcNow();
        var before = ListCsv.Of(await _lists.ProjectsAsync(Register, then, default));
        _bench.Clock.Advance(TimeSpan.FromDays(7));
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 7, probability: 0.8), default);
        await _bench.Desk.AssignAsync(id, null, CasesBench.Ana, null, default);
        await _bench.MoveAsync(id, "refute", CasesBench.Ana);
        await _bench.OpenCaseAsync("s-2");
        Assert.That(ListCsv.Of(await _lists.ProjectsAsync(Register, then, default)), Is.EqualTo(before));
        var row = (await _lists.ProjectsAsync(Register, then, default)).Single();
        Assert.That((row.CaseId, row.State, row.Assignee, row.Finding.Probability, row.Category), Is.EqualTo((id, CaseState.Inspecting, "ben", 0.97, ProjectCategory.Incremental)));
        Assert.That((await _lists.ProjectsAsync(Register, null, default)).Select(r => r.Site.Site), Is.EqualTo(new[] { "s-2" }));
        Assert.That(await _lists.ProjectsAsync(Register, then.AddDays(-1), default), Is.Empty);
    }

    [Test]
    public async Task Names_that_are_formulas_are_inert_in_the_file()
    {
        await _bench.OpenCaseAsync();
        Assert.That(ListCsv.Of(await _lists.ProjectsAsync(Register, null, default)).Split("\r\n")[1], Does.StartWith("c-1,s-1,'=cmd|'/c calc'!A1,Hainan,F-1,甲公司,unknown,screened,2026-04-02T03:00:00Z,"));
    }

    [Test]
    public async Task The_coverage_report_says_what_was_judged_what_was_missing_and_what_never_was_judged()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear), default);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-3", Verdict.Insufficient), default);
        var then = _bench.Clock.GetUtcNow();
        _bench.Clock.Advance(TimeSpan.FromDays(1));
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Watch, day: 1), default);
        Assert.That((await _lists.CoverageAsync(Register, then, default)).Select(r => (r.Meter.Value, r.Verdict)), Is.EqualTo(new[] { ("m-s-1", "clear"), ("m-s-3", "insufficient"), ("m-s-9", "not_judged") }));
        var now = await _lists.CoverageAsync(Register, null, default);
        Assert.That(now[0].Verdict, Is.EqualTo("watch"));
        Assert.That(ListCsv.Of(now), Does.Contain("两周的数据太短").And.Contain("history"));
    }

    [Test]
    public async Task A_list_says_of_a_meter_what_the_register_said_then()
    {
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(verdict: Verdict.Clear), default);
        var moved = _bench.Clock.GetUtcNow().AddDays(1);
        var (judged, quiet) = (Register.Of(MeterId.Of("m-s-1")), Register.Of(MeterId.Of("m-s-9")));
        var register = new SiteRegistry([judged with { ValidTo = moved }, quiet with { Region = "Hainan", ValidTo = moved }, quiet with { ValidFrom = moved }]);
        Assert.That((await _lists.CoverageAsync(register, moved.AddTicks(-1), default)).Select(r => (r.Meter.Value, r.Site.Region)), Is.EqualTo(new[] { ("m-s-1", "Hainan"), ("m-s-9", "Hainan") }));
        Assert.That((await _lists.CoverageAsync(register, moved, default)).Select(r => (r.Meter.Value, r.Site.Region)), Is.EqualTo(new[] { ("m-s-9", "Zhejiang") }), "what is out of service is not screened");
    }
}
