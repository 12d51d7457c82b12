// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The map of a feeder in a real browser.</summary>
[TestFixture]
internal sealed class FeederPageTests : BrowserFixture
{
    [OneTimeSetUp]
    public async Task Wire()
    {
        var feeder = new List<MeterRegistration> { Row("h-1", "sub-1", "龙羊变 10 kV Feeder 7", null), Row("k-0", "site-0", Sample.Injection, "h-1") };
        feeder.AddRange(Enumerable.Range(1, 29).Select(i => Row($"k-{i}", $"site-{i}", i == 3 ? "青海云谷数据中心一号机房配电室" : $"Works {i}", "h-1")));
        feeder.Add(Row("loose", "site-loose", "Pump", null) with { Region = "Loose" });
        Host.Registry.Replace(new SiteRegistry(Host.Registry.Current.Meters.Concat(feeder)));
        Host.Timeline.Add(Day("h-1", 5000));
        for (var i = 0; i < 29; i++)
        {
            Host.Timeline.Add(Day($"k-{i}", 300 - (10 * i)));
        }

        foreach (var (meter, site, verdict) in new[] { ("k-0", "site-0", Verdict.Case), ("k-1", "site-1", Verdict.Clear), ("k-2", "site-2", Verdict.Watch), ("k-3", "site-3", Verdict.Insufficient), ("h-1", "sub-1", Verdict.Clear) })
        {
            await Host.Desk.ConsiderAsync(Sample.Finding(meter, site, verdict), CancellationToken.None);
        }

        await Host.Desk.ConsiderAsync(
            Sample.Finding("h-1~residual", "sub-1", Verdict.Watch, 0.4) with
            {
                Reasons = [new Reason("neighbours", true, 0, "Of late 240 kW (190 to 280 kW) reach no sub-meter.", "近期有240千瓦未经任何分表。") { Number = new ReasonNumber("residual_kw", 240, 190, 280, "balance") }],
            },
            CancellationToken.None);
    }

    [TestCase("en", "light")]
    [TestCase("zh-Hans", "dark")]
    public async Task A_feeder_is_drawn_with_loads_verdicts_and_what_reaches_no_sub_meter(string language, string theme)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await page.GotoAsync("/sites/site-1");
        await page.ClickAsync("[data-map='Fact.Feeder']");
        var trunk = page.Locator("[data-head='h-1']");
        await Assertions.Expect(trunk.Locator("g.branch[data-meter]")).ToHaveCountAsync(14);
        await Assertions.Expect(trunk.Locator("[data-meter='k-0'] .load")).ToHaveTextAsync("300 kW");
        await Assertions.Expect(trunk.Locator("[data-meter='k-0']")).ToHaveAttributeAsync("data-verdict", "case");
        await Assertions.Expect(trunk.Locator("[data-meter='k-3'] .node.unjudged")).ToHaveCountAsync(1);
        await Assertions.Expect(trunk.GetByTestId("remainder").Locator(".load")).ToHaveTextAsync("240 kW");
        await Assertions.Expect(trunk.GetByTestId("remainder")).ToHaveAttributeAsync("data-verdict", "watch");
        await Assertions.Expect(trunk.GetByTestId("rest")).ToContainTextAsync("16");
        await Assertions.Expect(trunk.GetByTestId("branches").Locator("tbody tr")).ToHaveCountAsync(30);
        await Assertions.Expect(trunk.GetByTestId("balance")).ToContainTextAsync("240");
        await LookAsync(page, $"feeder-{language}-{theme}");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await Assertions.Expect(trunk.GetByTestId("schematic")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });

        await trunk.Locator("[data-meter='k-1'] a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Works 1");
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "a name ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task The_same_is_given_over_HTTP()
    {
        using var client = Host.Client("aud");
        var map = await client.GetJsonAsync("/api/v1/feeders/F-7");
        Assert.That(map.Names(), Is.EqualTo(new[] { "window", "meters", "unread", "trunks" }));
        var trunk = map.GetProperty("trunks")[0];
        Assert.Multiple(() =>
        {
            Assert.That(map.GetProperty("meters").GetInt32(), Is.EqualTo(32));
            Assert.That(trunk.GetProperty("head").GetProperty("meter").GetString(), Is.EqualTo("h-1"));
            Assert.That(trunk.GetProperty("head").GetProperty("kw").GetDouble(), Is.EqualTo(5000));
            Assert.That(trunk.GetProperty("sum_kw").GetDouble(), Is.EqualTo(Enumerable.Range(0, 29).Sum(i => 300 - (10 * i))));
            Assert.That(trunk.GetProperty("residual").GetProperty("kw").GetDouble(), Is.EqualTo(240));
            Assert.That(trunk.GetProperty("balance").GetString(), Is.EqualTo("watch"));
            Assert.That(trunk.GetProperty("meters")[0].Names(), Is.EqualTo(new[] { "meter", "site", "name", "kw", "verdict", "missing" }));
            Assert.That(trunk.GetProperty("meters")[0].GetProperty("verdict").GetString(), Is.EqualTo("case"));
            Assert.That(trunk.GetProperty("meters").GetArrayLength(), Is.EqualTo(30));
            Assert.That(map.GetProperty("trunks")[1].GetProperty("head").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        });
        Assert.That(await client.StatusAsync("/api/v1/feeders/none"), Is.EqualTo(404));
    }

    [Test]
    public async Task A_region_shows_each_head_and_meters_that_have_none_and_nowhere_is_said()
    {
        var page = await OpenAsync(width: 768);
        await page.GotoAsync("/regions/Loose");
        await Assertions.Expect(page.GetByTestId("trunk")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("remainder")).ToHaveCountAsync(0);
        await LookAsync(page, "region-loose");
        await page.GotoAsync("/feeders/F-12");
        await Assertions.Expect(page.GetByTestId("trunk").First).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.GotoAsync("/feeders/none");
        await Assertions.Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await page.GotoAsync("/?group=feeder");
        await page.ClickAsync("a[href='/feeders/F-7']");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("F-7");
        Assert.That(Faults, Is.Empty);
    }

    private static MeterRegistration Row(string meter, string site, string name, string? parent) =>
        Sample.Registration(meter, site, name) with { Feeder = "F-7", ParentMeter = parent is null ? null : MeterId.Of(parent) };

    private static IEnumerable<Reading> Day(string meter, double kilowatts) => Enumerable.Range(0, 96).Select(i =>
        new Reading(MeterId.Of(meter), Sample.Start.AddDays(90).AddMinutes(15 * i)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromMinutes(15), PowerKilowatts = kilowatts });
}
