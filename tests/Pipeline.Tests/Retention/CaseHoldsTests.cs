// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Pipeline.Retention;
using Detector.Testing;
using Detector.Timeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests.Retention;

/// <summary>An open case holds the readings that it rests on, until it is closed.</summary>
internal sealed class CaseHoldsTests
{
    private static readonly MeterRegistration[] Register =
    [
        MeterRegistration.Unregistered(MeterId.Of("head")) with { Site = "feeder" },
        MeterRegistration.Unregistered(MeterId.Of("sub")) with { Site = "house", ParentMeter = MeterId.Of("head") },
        MeterRegistration.Unregistered(MeterId.Of("one")) with { Site = "plant" },
        MeterRegistration.Unregistered(MeterId.Of("two")) with { Site = "plant" },
        MeterRegistration.Unregistered(MeterId.Of("other")) with { Site = "elsewhere" },
    ];

    [Test]
    public async Task The_meters_of_a_site_with_an_open_case_are_held_and_those_below_them()
    {
        using var folder = new TemporaryFolder();
        await using var desk = await OpenAsync(folder);
        var holds = new CaseHolds(desk, new RegistryHolder(new SiteRegistry(Register), TimeProvider.System));
        var meters = Register.Select(r => r.Meter).ToList();
        var none = await holds.AmongAsync(meters, CancellationToken.None);
        await desk.ConsiderAsync(Finding("feeder", "head"), CancellationToken.None);
        await desk.ConsiderAsync(Finding("plant", "one"), CancellationToken.None);
        var held = await holds.AmongAsync(meters, CancellationToken.None);

        Assert.That(none, Is.Empty);
        Assert.That(held.Select(h => (h.Meter.Value, h.Site)), Is.EqualTo(new[] { ("head", "feeder"), ("sub", "feeder"), ("one", "plant"), ("two", "plant") }));
        Assert.That(held.Select(h => h.Case).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_meter_that_moved_is_held_by_the_case_of_the_site_it_left()
    {
        using var folder = new TemporaryFolder();
        await using var desk = await OpenAsync(folder);
        var moved = MeterRegistration.Unregistered(MeterId.Of("moved"));
        var register = new SiteRegistry([moved with { Site = "plant", ValidTo = RetentionBench.Start }, moved with { Site = "elsewhere", ValidFrom = RetentionBench.Start }]);
        await desk.ConsiderAsync(Finding("plant", "moved"), CancellationToken.None);
        var held = await new CaseHolds(desk, new RegistryHolder(register, TimeProvider.System)).AmongAsync([moved.Meter, MeterId.Of("unknown")], CancellationToken.None);
        Assert.That(held.Select(h => (h.Meter, h.Site)), Is.EqualTo(new[] { (moved.Meter, "plant") }));
    }

    [Test]
    public async Task A_case_that_is_over_holds_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var desk = await OpenAsync(folder);
        var holds = new CaseHolds(desk, new RegistryHolder(new SiteRegistry(Register), TimeProvider.System));
        await desk.ConsiderAsync(Finding("plant", "one"), CancellationToken.None);
        var open = (await desk.ListAsync(new CaseFilter(), CancellationToken.None)).Single();
        var before = await holds.AmongAsync([MeterId.Of("one")], CancellationToken.None);
        foreach (var verb in new[] { "triage", "start-inspection", "refute" })
        {
            await desk.MoveAsync(open.Id, verb, open.EvidenceVersion, new Actor("inspector", Role.Operator), "its own plant, seen there", CancellationToken.None);
        }

        var after = await desk.ListAsync(new CaseFilter(), CancellationToken.None);
        Assert.That(after.Single().State, Is.EqualTo(CaseState.Refuted));
        Assert.That((before.Count, (await holds.AmongAsync([MeterId.Of("one")], CancellationToken.None)).Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_sweep_leaves_what_a_case_holds_and_takes_the_rest()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await using var desk = await CaseDesk.OpenAsync(new CasesOptions(), bench.Relay.Folder, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var quarters = Enumerable.Range(0, 40 * 96).Select(i => (RetentionBench.Start.AddMinutes(15 * i), 10.0 + (i % 7))).ToList();
        await bench.ArriveAsync("one", quarters);
        await bench.ArriveAsync("other", quarters);
        await desk.ConsiderAsync(Finding("one", "one"), CancellationToken.None);
        var report = await bench.SweepBy(new RetentionOptions { RawDays = 20 }, new CaseHolds(desk, bench.Relay.Registry)).SweepAsync(CancellationToken.None);

        Assert.That(report.Holds.Single().Meter.Value, Is.EqualTo("one"));
        Assert.That((await bench.ReadingsAsync("one"))!.Count, Is.EqualTo(40 * 96));
        Assert.That((await bench.ReadingsAsync("other"))!.Count, Is.EqualTo(21 * 96));
    }

    private static Task<CaseDesk> OpenAsync(TemporaryFolder folder) =>
        CaseDesk.OpenAsync(new CasesOptions(), folder.Path, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    private static Finding Finding(string site, string meter) => new()
    {
        Meter = MeterId.Of(meter),
        Site = site,
        Verdict = Verdict.Case,
        Probability = 0.97,
        PValue = 0.0004,
        Window = new TimeRange(RetentionBench.Start, RetentionBench.Start.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 1,
        Model = "trees/1",
    };
}
