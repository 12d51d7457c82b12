// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Bunit;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Web.Components.Parts;
using Detector.Web.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Web.Tests.Console;

/// <summary>Parts of the pages by themselves.</summary>
[TestFixture]
internal sealed class PartsTests
{
    private BunitContext _context = null!;
    private CultureInfo _before = null!;

    [SetUp]
    public void Start()
    {
        _before = CultureInfo.CurrentUICulture;
        Speak("en");
        _context = new BunitContext();
        _context.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
        _context.Services.AddLocalization(localization => localization.ResourcesPath = "Resources");
    }

    [TearDown]
    public async Task Stop()
    {
        await _context.DisposeAsync();
        Speak(_before.Name);
    }

    [Test]
    public void Reasons_stand_on_one_scale_strongest_first_and_faint_ones_are_folded()
    {
        Reason[] reasons =
        [
            Reason("drops", false, 0.6), Reason("flatness", true, 2.4), Reason("spectrum", true, 0.1), Reason("calendar", true, 1.2), Reason("base", false, 0.05),
        ];
        var list = _context.Render<ReasonList>(p => p.Add(r => r.Reasons, reasons));
        Assert.That(list.FindAll("[data-testid=reasons] > li").Select(li => li.ClassName), Is.EqualTo(new[] { "for", "for", "against" }));
        Assert.That(list.FindAll("details li"), Has.Count.EqualTo(2));
        Assert.That(list.FindAll("[data-testid=reasons] .scale > span").Select(s => s.GetAttribute("style")), Is.EqualTo(new[] { "width:50%", "width:25%", "width:12.5%" }));
        Assert.That(list.Find("[data-testid=reasons] li .weight").TextContent, Does.StartWith("+2.4").And.Contain("mining"));
    }

    [Test]
    public void Reasons_are_given_in_the_language_of_the_page_and_text_stays_text()
    {
        Speak("zh-Hans");
        var list = _context.Render<ReasonList>(p => p.Add(r => r.Reasons, [new Reason("calendar", true, 1, "English.", Sample.Injection)]));
        Assert.That(list.Find(".text").TextContent, Is.EqualTo(Sample.Injection));
        Assert.That(list.FindAll("script, img"), Is.Empty);
        Assert.That(list.Find(".group-name").TextContent, Is.EqualTo("作息与周末"));
    }

    [Test]
    public void The_figures_of_a_judgement_say_what_is_not_known()
    {
        var known = _context.Render<VerdictFigures>(p => p.Add(f => f.Finding, Sample.Finding("m-1", "s-1", Verdict.Case)));
        Assert.That(known.FindAll(".figure").Select(f => f.TextContent.Trim()).Take(2), Is.EqualTo(new[] { "97 %", "55 %" }));
        Assert.That(known.Find(".meter.range > span").GetAttribute("style"), Is.EqualTo("left:42%;width:26%"));

        var unknown = _context.Render<VerdictFigures>(p => p.Add(f => f.Finding, Sample.Finding("m-1", "s-1", Verdict.Insufficient)));
        Assert.That(unknown.FindAll(".figure").Select(f => f.TextContent.Trim()).Take(3), Is.EqualTo(new[] { "–", "–", "–" }));
        Assert.That(unknown.Markup, Does.Contain("see what is missing"));
    }

    [Test]
    public void A_group_leads_to_its_sites_and_sites_without_it_are_named_so()
    {
        FleetGroup[] groups = [Group("Yunnan", 3, ("case", 2), ("clear", 1)), Group(null, 1, ("not_judged", 1))];
        var table = _context.Render<FleetGroups>(p => p.Add(g => g.Groups, groups).Add(g => g.By, "region").Add(g => g.Link, key => "/?region=" + key));
        Assert.That(table.Find("tbody a").GetAttribute("href"), Is.EqualTo("/?region=Yunnan"));
        Assert.That(table.FindAll("tbody tr")[0].QuerySelectorAll(".stack > span").Select(s => s.ClassName), Is.EqualTo(new[] { "case", "clear" }));
        Assert.That(table.FindAll("tbody tr")[1].QuerySelector("th")!.TextContent, Is.EqualTo("Not stated"));
    }

    [Test]
    public void The_rate_chart_scales_to_a_round_number()
    {
        var samples = Enumerable.Range(0, 5).Select(i => new LedgerSample(Sample.Start.AddSeconds(2 * i), new LedgerSnapshot(674 * i, 674 * i, 0, 0, 0, 0))).ToArray();
        var chart = _context.Render<RateChart>(p => p.Add(c => c.Samples, samples));
        Assert.That(chart.Find("svg").GetAttribute("aria-label"), Does.EndWith("500"));
        Assert.That(chart.Find("path").GetAttribute("d"), Does.StartWith("M594 42.1").And.EndWith("L600 42.1"));
        Assert.That(_context.Render<RateChart>().FindAll("path"), Is.Empty);
    }

    [Test]
    public void The_trend_shows_a_dot_for_each_judgement_that_gave_a_probability()
    {
        VerdictEntry[] entries = [Entry(3, Verdict.Case, 0.9), Entry(2, Verdict.Insufficient, null), Entry(1, Verdict.Clear, 0.1)];
        var trend = _context.Render<VerdictTrend>(p => p.Add(t => t.Entries, entries));
        Assert.That(trend.FindAll("circle").Select(c => c.ClassName), Is.EqualTo(new[] { "clear", "case" }), "oldest first");
        Assert.That(_context.Render<VerdictTrend>(p => p.Add(t => t.Entries, entries[..1])).Markup.Trim(), Is.Empty);
    }

    private static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    private static Reason Reason(string group, bool forMining, double weight) => new(group, forMining, weight, "Text.", "文字。");

    private static FleetGroup Group(string? key, int sites, params (string Verdict, int Count)[] counts) => new(key, sites, 100, counts.ToDictionary(c => c.Verdict, c => c.Count));

    private static VerdictEntry Entry(int day, Verdict verdict, double? probability) =>
        new(Sample.Start.AddDays(day), MeterId.Of("m-1"), verdict, null, probability, new TimeRange(Sample.Start, Sample.Start.AddDays(day)), 1, "x/1");
}
