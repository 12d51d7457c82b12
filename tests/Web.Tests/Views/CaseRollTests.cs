// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Outbox;
using Detector.Metering;
using Detector.Testing;
using Detector.Web.Views;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Views;

/// <summary>The open cases in memory, and what a person asks of them.</summary>
public sealed class CaseRollTests
{
    private static readonly Actor Olga = new("olga", Role.Operator);
    private static readonly DateTimeOffset Now = Sample.Start.AddDays(100);

    [Test]
    public async Task It_follows_every_change_and_stays_the_same_list_while_nothing_does()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider(Now);
        await using var desk = await CaseDesk.OpenAsync(new CasesOptions(), folder.Path, clock, NullLoggerFactory.Instance, default);
        using var roll = new CaseRoll(desk, new EventFeed(desk, clock, NullLoggerFactory.Instance), clock);
        await desk.ConsiderAsync(Sample.Finding("m-1", "s-1", Verdict.Case, 0.7), default);
        await desk.ConsiderAsync(Sample.Finding("m-2", "s-2", Verdict.Case, 0.95), default);
        var first = await roll.OpenAsync(default);
        Assert.That(first.Select(c => c.Id), Is.EqualTo(new[] { "c-2", "c-1" }), "the more certain first");
        Assert.That(first[0].Reasons.Select(r => r.Group), Is.EqualTo(new[] { "flatness" }));

        await desk.ConsiderAsync(Sample.Finding("m-3", "s-3", Verdict.Case, 0.99), default);
        Assert.That(await roll.OpenAsync(default), Is.SameAs(first), "within a second nobody looks again");
        roll.LookAgain();
        Assert.That((await roll.OpenAsync(default)).Select(c => c.Id), Is.EqualTo(new[] { "c-3", "c-2", "c-1" }));

        await desk.AssignAsync("c-1", "omar", Olga, null, default);
        await desk.MoveAsync("c-3", "triage", 1, Olga, null, default);
        await desk.MoveAsync("c-3", "start-inspection", 1, Olga, null, default);
        await desk.MoveAsync("c-3", "refute", 1, Olga, null, default);
        await desk.SnoozeAsync("c-2", Now.AddDays(5), Olga, "Waits.", default);
        clock.Advance(TimeSpan.FromSeconds(2));
        var later = await roll.OpenAsync(default);
        Assert.That(later.Select(c => (c.Id, c.Assignee)), Is.EqualTo(new[] { ("c-1", "omar"), ("c-2", null) }), "refuted is over; put off comes last");

        await desk.ConsiderAsync(Sample.Finding("m-9", "s-9", Verdict.Clear, 0.1), default);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await roll.OpenAsync(default), Is.SameAs(later), "a verdict that opens nothing changes nothing here");
    }

    [Test]
    public async Task More_changes_than_are_read_one_by_one_are_read_at_once()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider(Now);
        await using var desk = await CaseDesk.OpenAsync(new CasesOptions(), folder.Path, clock, NullLoggerFactory.Instance, default);
        using var roll = new CaseRoll(desk, new EventFeed(desk, clock, NullLoggerFactory.Instance), clock);
        Assert.That(await roll.OpenAsync(default), Is.Empty);
        for (var i = 0; i < 510; i++)
        {
            await desk.ConsiderAsync(Sample.Finding($"m-{i}", $"s-{i}", Verdict.Case), default);
        }

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await roll.OpenAsync(default)).Select(c => c.Site).Distinct().Count(), Is.EqualTo(510));
        await desk.AssignAsync("c-7", "omar", Olga, null, default);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await roll.OpenAsync(default)).Count(c => c.Assignee == "omar"), Is.EqualTo(1));
    }

    [TestCase(null, null, null, null, "c-1 c-2 c-3")]
    [TestCase("TWO", null, null, null, "c-2")]
    [TestCase("c-3", null, null, null, "c-3")]
    [TestCase(null, "Yunnan", null, null, "c-2")]
    [TestCase(null, null, "@me", null, "c-1")]
    [TestCase(null, null, "@nobody", null, "c-3")]
    [TestCase(null, null, "omar", null, "c-2")]
    [TestCase(null, null, null, "overdue", "c-1")]
    [TestCase(null, null, null, "week", "c-1 c-2")]
    [TestCase(null, null, null, "snoozed", "c-3")]
    [TestCase("one", "Yunnan", null, null, "")]
    [TestCase(null, null, null, "yesterday", "")]
    public void What_the_address_asks_for_is_what_is_shown(string? search, string? region, string? assignee, string? due, string expected)
    {
        var registry = new SiteRegistry([Sample.Registration("m-1", "s-1", "Hall One"), Sample.Registration("m-2", "s-2", "Hall Two") with { Region = "Yunnan" }, Sample.Registration("m-3", "s-3", "Three")]);
        CaseSummary[] cases = [Case(1) with { Assignee = "OLGA", Due = Now.AddDays(-1) }, Case(2) with { Assignee = "omar", Due = Now.AddDays(6) }, Case(3) with { Due = Now.AddDays(20), SnoozedUntil = Now.AddDays(20) }];
        var shown = new CaseQuery(search, region, assignee, due).Apply(cases, registry, Olga, Now);
        Assert.That(string.Join(' ', shown.Select(c => c.Id)), Is.EqualTo(expected));
    }

    private static CaseSummary Case(int number) => new()
    {
        Id = $"c-{number}",
        Site = $"s-{number}",
        State = CaseState.Screened,
        Opened = Sample.Start,
        Changed = Sample.Start,
        EvidenceVersion = 1,
        Verdict = Verdict.Case,
        Meter = MeterId.Of($"m-{number}"),
        Model = "x/1",
    };
}
