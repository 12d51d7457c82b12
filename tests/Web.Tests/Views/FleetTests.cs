// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Web.Api;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>The fleet: what a query finds, how groups count, and that the list follows what happens.</summary>
[TestFixture]
internal sealed class FleetTests
{
    private static readonly SiteSummary[] Fleet =
    [
        Site("s-1", Verdict.Case, 0.97, "Yunnan", "Y-1", "Longyang"), Site("s-2", Verdict.Watch, 0.6, "Yunnan", "Y-2", "Longyang"),
        Site("s-3", Verdict.Insufficient, null, "Sichuan", "S-1", "Hongxing", "stuck"), Site("s-4", null, null, null, null, null), Site("s-5", Verdict.Clear, 0.01, "Sichuan", "S-1", "Hongxing"),
    ];

    [Test]
    public void Filters_narrow_together_and_the_search_looks_at_names_meters_owners_and_places()
    {
        Assert.That(Ids(new FleetQuery(Region: "Yunnan")), Is.EqualTo(new[] { "s-1", "s-2" }));
        Assert.That(Ids(new FleetQuery(Region: "Yunnan", Verdict: "watch")), Is.EqualTo(new[] { "s-2" }));
        Assert.That(Ids(new FleetQuery(Search: " hongXING ")), Is.EqualTo(new[] { "s-3", "s-5" }));
        Assert.That(Ids(new FleetQuery(Search: "m-s-4")), Is.EqualTo(new[] { "s-4" }));
        Assert.That(Ids(new FleetQuery(Missing: "stuck")), Is.EqualTo(new[] { "s-3" }));
        Assert.That(Ids(new FleetQuery(Verdict: "not_judged")), Is.EqualTo(new[] { "s-4" }));
        Assert.That(Ids(new FleetQuery(Use: "telecom")), Is.Empty);
    }

    [TestCase("probability", "s-1")]
    [TestCase("coverage", "s-3")]
    [TestCase("contracted", "s-5")]
    [TestCase("nonsense", "s-1")]
    public void Orders_put_first_what_people_look_for(string sort, string first) =>
        Assert.That(Ids(new FleetQuery(Sort: sort)).First(), Is.EqualTo(first));

    [TestCase("en")]
    [TestCase("zh-Hans")]
    public void Names_are_ordered_as_the_language_of_the_page_orders_them(string language)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
            string[] names = ["乙", "Zebra", "éclair", "apple", "安徽", "2", "10", "北京", "Apple"];
            var ordered = new FleetSelections().Of([.. names.Select(name => Fleet[0] with { Name = name })], new FleetQuery(Sort: "name")).Shown.Select(s => s.Name);
            Assert.That(ordered, Is.EqualTo(names.Order(StringComparer.CurrentCulture)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public async Task Names_ranked_beforehand_and_names_that_come_later_are_in_one_order()
    {
        var names = new NameOrder(CultureInfo.GetCultureInfo("en").CompareInfo);
        SiteSummary[] sites = [.. new[] { "Zebra", "apple", "Mango", "banana" }.Select(name => Fleet[0] with { Name = name })];
        await names.PrepareAsync(sites[..2]);
        Assert.That(names.Order(sites[..2]).Select(s => s.Name), Is.EqualTo(new[] { "apple", "Zebra" }));
        Assert.That(names.Order(sites).Select(s => s.Name), Is.EqualTo(new[] { "apple", "banana", "Mango", "Zebra" }));
    }

    [Test]
    public void Choices_are_gathered_once_and_feeders_are_those_of_the_region()
    {
        var selections = new FleetSelections();
        var all = selections.PlacesOf(Fleet, null);
        Assert.That(all.Regions, Is.EqualTo(new[] { "Sichuan", "Yunnan" }));
        Assert.That(all.Owners, Is.EqualTo(new[] { "Hongxing", "Longyang" }));
        Assert.That(all.Feeders, Is.EqualTo(new[] { "S-1", "Y-1", "Y-2" }));
        Assert.That(selections.PlacesOf(Fleet, "Yunnan").Feeders, Is.EqualTo(new[] { "Y-1", "Y-2" }));
        Assert.That(selections.PlacesOf(Fleet, null), Is.SameAs(all));
    }

    [Test]
    public void Groups_count_verdicts_and_the_one_with_most_cases_comes_first()
    {
        var groups = FleetQuery.Group(Fleet, "region");
        Assert.That(groups.Select(g => g.Key), Is.EqualTo(new[] { "Yunnan", "Sichuan", null }));
        Assert.That((groups[0].Sites, groups[0].Count("case"), groups[0].Count("watch"), groups[0].Count("clear")), Is.EqualTo((2, 1, 1, 0)));
        Assert.That(groups[1].ContractedKw, Is.EqualTo(Fleet[2].ContractedKw + Fleet[4].ContractedKw));
    }

    [TestCase("plain", "plain")]
    [TestCase("a,b", "\"a,b\"")]
    [TestCase("say \"no\"", "\"say \"\"no\"\"\"")]
    [TestCase("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [TestCase("@cmd", "'@cmd")]
    [TestCase("-3.5", "-3.5")]
    [TestCase(null, "")]
    public void A_cell_of_the_export_is_text_and_never_a_formula(string? cell, string written) => Assert.That(FleetCsv.Quote(cell), Is.EqualTo(written));

    [Test]
    public void The_inbox_puts_first_what_waits_for_a_second_person_then_the_most_certain()
    {
        var proposal = new Proposal("confirm", "olga", Role.Operator, Sample.Start, 1, null);
        var cases = new[] { Case("c-1", 0.55), Case("c-2", 0.95), Case("c-3", 0.7) with { Proposal = proposal }, Case("c-4", 0.99) with { State = CaseState.Closed } };
        Assert.That(CaseInbox.Order(cases).Select(c => c.Id), Is.EqualTo(new[] { "c-3", "c-2", "c-4", "c-1" }));
        Assert.That(cases.Select(CaseInbox.Priority), Is.EqualTo(new[] { 3, 1, 1, 3 }));
        Assert.That(CaseInbox.Waits(cases[2], new Actor("OLGA", Role.Operator)), Is.False, "nobody approves their own proposal");
        Assert.That(CaseInbox.Waits(cases[2], new Actor("sun", Role.Supervisor)), Is.True);
    }

    [Test]
    public async Task The_list_is_the_same_object_until_something_happens_and_then_shows_it()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Sample.Start);
        await using var host = await WebHost.StartAsync();
        using var directory = new SiteDirectory(host.Registry, host.Desk, host.Services.GetRequiredService<Detector.Cases.Outbox.EventFeed>(), host.Timeline, clock);
        host.Registry.Replace(new SiteRegistry([Sample.Registration("m-17", "s-4", "Hall 2")]));
        var before = await LaterAsync(directory, clock);
        Assert.That(await LaterAsync(directory, clock), Is.SameAs(before));

        await host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), CancellationToken.None);
        var judged = (await LaterAsync(directory, clock)).Single();
        Assert.That((judged.Verdict, judged.Case), Is.EqualTo((Verdict.Case, "c-1")));

        var move = await host.Desk.MoveAsync("c-1", "triage", 1, new Actor("olga", Role.Operator), null, CancellationToken.None);
        Assert.That(move.Succeeded, Is.True);
        await host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Clear, 0.02, 92), CancellationToken.None);
        Assert.That((await LaterAsync(directory, clock)).Single().Verdict, Is.EqualTo(Verdict.Clear));

        host.Registry.Replace(new SiteRegistry([Sample.Registration("m-17", "s-4", "Hall 2"), Sample.Registration("m-18", "s-5", "Hall 3")]));
        Assert.That(await LaterAsync(directory, clock), Has.Count.EqualTo(2));
    }

    private static Task<IReadOnlyList<SiteSummary>> LaterAsync(SiteDirectory directory, Microsoft.Extensions.Time.Testing.FakeTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromSeconds(2));
        return directory.ListAsync(CancellationToken.None);
    }

    private static IEnumerable<string> Ids(FleetQuery query) => new FleetSelections().Of(Fleet, query).Shown.Select(s => s.Site);

    private static CaseSummary Case(string id, double probability) => new()
    {
        Id = id,
        Site = "s",
        State = CaseState.Screened,
        Opened = Sample.Start,
        Changed = Sample.Start,
        EvidenceVersion = 1,
        Verdict = Verdict.Case,
        Probability = probability,
        Meter = MeterId.Of("m"),
        Model = "x/1",
    };

    private static SiteSummary Site(string id, Verdict? verdict, double? probability, string? region, string? feeder, string? owner, string? missing = null) => new()
    {
        Site = id,
        Name = "Site " + id,
        Registered = true,
        DeclaredUse = DeclaredUse.Commercial,
        ContractedKw = 100 * (id[^1] - '0'),
        Region = region,
        Feeder = feeder,
        Owner = owner,
        Timezone = "Etc/UTC",
        Meters = ["m-" + id],
        Verdict = verdict,
        Probability = probability,
        Coverage = verdict is null ? null : missing is null ? 1 : 0.2,
        Missing = missing is null ? [] : [new MissingEvidence(missing, "It is stuck.", "电表卡滞。")],
    };
}
