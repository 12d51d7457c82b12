// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Access;
using Detector.Cases.Inspections;
using Detector.Cases.Lists;
using Detector.Metering;

namespace Detector.Cases.Tests.Inspections;

public sealed class InspectionDeskTests
{
    private CasesBench _bench = null!;
    private InspectionDesk _inspections = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _inspections = new InspectionDesk(_bench.Desk);
        _id = await _bench.OpenInspectingAsync();
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_report_is_kept_once_and_moves_nothing()
    {
        Assert.That((await ReportAsync(Report())).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        var again = await ReportAsync(Report());
        Assert.That((again.Outcome, again.Case!.Summary.State, again.Case.Events.Count), Is.EqualTo((MoveOutcome.Recorded, CaseState.Inspecting, 4)));
        var kept = (await _inspections.OfAsync(_id, default))!.Single();
        Assert.That((kept.Report.Machines.Single(), kept.Report.Location, kept.RecordedBy), Is.EqualTo((new MachinesFound("Antminer S19 Pro", 200), "二号厅", "ana")));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    [Test]
    public async Task A_report_is_brought_in_by_those_who_work_cases_while_the_case_is_inspected([Values] Role role)
    {
        var result = await _inspections.ReportAsync(_id, Report(), new Actor("eve", role), null, default);
        Assert.That(result.Outcome, Is.EqualTo(role is Role.Operator or Role.Supervisor ? MoveOutcome.Recorded : MoveOutcome.Forbidden));
        var screened = await _bench.OpenCaseAsync("s-2");
        Assert.That((await _inspections.ReportAsync(screened, Report(), CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
        Assert.That((await _inspections.ReportAsync("c-99", Report(), CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
    }

    [Test]
    public async Task A_meter_that_moved_from_one_of_the_sites_to_the_other_is_ordered_once()
    {
        var other = await _bench.OpenCaseAsync("s-2");
        await _bench.Desk.MergeAsync(other, _id, 1, 1, CasesBench.Ana, "one lease", default);
        var (now, meter) = (_bench.Clock.GetUtcNow(), new MeterRegistration { Meter = MeterId.Of("m-s-1"), Site = "s-1", Name = "Hall 1" });
        var registry = new SiteRegistry([meter with { Site = "s-2", ValidTo = now.AddDays(-2) }, meter with { ValidFrom = now.AddDays(-2) }]).At(now);
        var (_, order) = await _inspections.OrderAsync(_id, registry, default);
        Assert.That(order!.Meters.Select(m => (m.Meter.Value, m.Site)), Is.EqualTo(new[] { ("m-s-1", "s-1"), ("m-s-2", "s-2") }));
    }

    [Test]
    public async Task An_order_names_sites_meters_and_reasons_and_its_form_filled_in_is_the_report()
    {
        var other = await _bench.OpenCaseAsync("s-2");
        await _bench.Desk.MergeAsync(other, _id, 1, 1, CasesBench.Ana, "one lease", default);
        var registry = new SiteRegistry(
        [
            new MeterRegistration { Meter = MeterId.Of("m-s-1"), Site = "s-1", Name = "Hall 1", Feeder = "F-1", ContractedKilowatts = 800 },
            new MeterRegistration { Meter = MeterId.Of("m-9"), Site = "s-1", Name = "Hall 1", ParentMeter = MeterId.Of("m-s-1") },
        ]);
        var (state, order) = await _inspections.OrderAsync(_id, registry, default);
        Assert.That((state, order!.OrderedBy, order.EvidenceVersion), Is.EqualTo(((CaseState?)CaseState.Inspecting, "ana", 1L)));
        Assert.That(order.Sites.Select(p => (p.Site, p.Name, p.Feeder)), Is.EqualTo(new[] { ("s-1", "Hall 1", "F-1"), ("s-2", "s-2", (string?)null) }));
        Assert.That(order.Meters.Select(m => (m.Meter.Value, m.Site, m.ContractedKilowatts, m.Verdict)), Is.EqualTo(new[]
        {
            ("m-9", "s-1", (double?)null, (Verdict?)null), ("m-s-1", "s-1", 800, Verdict.Case), ("m-s-2", "s-2", null, Verdict.Case),
        }));
        Assert.That(order.Reasons.Single().Group, Is.EqualTo("calendar"));

        var form = JsonSerializer.SerializeToNode(order.Report, FindingJson.Options)!.AsObject();
        form["inspected"] = UtcText.Write(_bench.Clock.GetUtcNow());
        form["inspector"] = "Li Wei";
        form["outcome"] = "none_found";
        var report = form.Deserialize<InspectionReport>(FindingJson.Options)!;
        Assert.That((await ReportAsync(report)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        Assert.That((await _inspections.OfAsync(_id, default))!.Single().Report.Checklist, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task There_is_no_order_where_no_inspection_is_ordered()
    {
        Assert.That(await _inspections.OrderAsync("c-99", SiteRegistry.Empty, default), Is.EqualTo(((CaseState?)null, (InspectionOrder?)null)));
        var screened = await _bench.OpenCaseAsync("s-2");
        Assert.That(await _inspections.OrderAsync(screened, SiteRegistry.Empty, default), Is.EqualTo(((CaseState?)CaseState.Screened, (InspectionOrder?)null)));
    }

    [Test]
    public async Task A_report_that_says_nothing_usable_is_refused()
    {
        foreach (var bad in new[]
        {
            Report() with { Reference = " " },
            Report() with { Inspector = "a\u0007" },
            Report() with { Inspected = _bench.Clock.GetUtcNow().AddDays(2) },
            Report() with { Meters = [] },
            Report() with { Outcome = (InspectionOutcome)9 },
            Report() with { Machines = [] },
            Report() with { Machines = [new MachinesFound("S19", 0)] },
            Report() with { Machines = [null!] },
            Report() with { Outcome = InspectionOutcome.NoneFound },
            Report() with { Checklist = [null!] },
        })
        {
            Assert.That((await ReportAsync(bad)).Outcome, Is.EqualTo(MoveOutcome.Invalid), bad.ToString());
        }

        Assert.That((await _inspections.OfAsync(_id, default))!, Is.Empty);
    }

    [Test]
    public async Task Labels_come_from_decided_cases_that_agree_with_their_inspection_and_from_nothing_else()
    {
        await ReportAsync(Report());
        Assert.That(await _inspections.LabelsAsync(default), Is.Empty, "nobody has decided");
        await _bench.MoveAsync(_id, "confirm", CasesBench.Ana);
        await _bench.MoveAsync(_id, "confirm", CasesBench.Sue);
        var label = (await _inspections.LabelsAsync(default)).Single();
        Assert.That((label.Meter.Value, label.Mines, label.CaseState, label.Provenance), Is.EqualTo(("m-s-1", true, CaseState.Confirmed, "inspection:5")));

        var honest = await _bench.OpenInspectingAsync("s-2");
        await _inspections.ReportAsync(honest, Report("m-s-2") with { Outcome = InspectionOutcome.NoneFound, Machines = [] }, CasesBench.Ana, null, default);
        await _bench.MoveAsync(honest, "refute", CasesBench.Ana);
        await _bench.OpenRefutedAsync("s-3");
        var closed = await _bench.OpenInspectingAsync("s-4");
        await _inspections.ReportAsync(closed, Report("m-s-4") with { Outcome = InspectionOutcome.NotInspected, Machines = [] }, CasesBench.Ana, null, default);
        await _bench.MoveAsync(closed, "refute", CasesBench.Ana);
        Assert.That((await _inspections.LabelsAsync(default)).Select(l => (l.Site, l.Mines)), Is.EqualTo(new[] { ("s-1", true), ("s-2", false) }));

        await _bench.MoveAsync(_id, "object", CasesBench.Ana);
        await _bench.MoveAsync(_id, "uphold-objection", CasesBench.Sue);
        Assert.That((await _inspections.LabelsAsync(default)).Select(l => l.Site), Is.EqualTo(new[] { "s-2" }), "what was overturned teaches nothing");
        Assert.That(ListCsv.Of(await _inspections.LabelsAsync(default)).Split("\r\n")[1], Does.StartWith("s-2,m-s-2,false,"));
    }

    private InspectionReport Report(string meter = "m-s-1") => new()
    {
        Reference = "crew-7/1",
        Inspected = _bench.Clock.GetUtcNow(),
        Inspector = "Li Wei",
        Location = "二号厅",
        Meters = [MeterId.Of(meter)],
        Outcome = InspectionOutcome.MachinesFound,
        Machines = [new MachinesFound("Antminer S19 Pro", 200)],
        Checklist = [new ChecklistPoint("meter seals", true, null)],
    };

    private Task<MoveResult> ReportAsync(InspectionReport report) => _inspections.ReportAsync(_id, report, CasesBench.Ana, null, default);
}
