// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.RegularExpressions;
using Detector.Metering;
using Detector.Pipeline;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>A person's way through the console in a real browser, in both languages.</summary>
[TestFixture]
internal sealed class BrowserTests : BrowserFixture
{
    [TestCase("en", "s-4", "Fleet", "Triaged", "light")]
    [TestCase("zh-Hans", "s-6", "站点总览", "已研判", "dark")]
    public async Task From_the_fleet_to_a_site_to_its_case_signed_in_and_triaged(string language, string site, string title, string triaged, string theme)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(6);

        await page.FillAsync("#search", site);
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(1);
        await page.ClickAsync($"a[href='/sites/{site}']");
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        await Assertions.Expect(page.GetByTestId("habits")).ToHaveAttributeAsync("data-ready", "true");
        Assert.That(await NumberAsync(page, "data-points"), Is.GreaterThan(3000));
        await LookAsync(page, $"site-{language}");

        await page.ClickAsync(".page-head a[href^='/cases/']");
        await Assertions.Expect(page.GetByTestId("reasons").Locator("li.for")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        await page.ClickAsync("main a[href^='/sign-in']");
        await page.FillAsync("[name='Form.Name']", "olga");
        await page.FillAsync("[name='Form.Token']", "wrong");
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.Locator(".banner.bad")).ToBeVisibleAsync();
        await LookAsync(page, $"sign-in-{language}");
        await page.FillAsync("[name='Form.Name']", "olga");
        await page.FillAsync("[name='Form.Token']", Host.TokenOf("olga"));
        await page.ClickAsync("main button[type=submit]");

        await page.ClickAsync("[data-verb='triage']");
        await page.FillAsync("[data-testid='note']", Sample.Injection);
        await LookAsync(page, $"case-move-{language}");
        await page.ClickAsync("[data-testid='send']");
        await Assertions.Expect(page.Locator(".page-head [data-state]")).ToHaveTextAsync(triaged);
        await Assertions.Expect(page.GetByTestId("story").Locator(".note").First).ToHaveTextAsync(Sample.Injection);
        await page.GetByTestId("file").SetInputFilesAsync(new FilePayload { Name = "租约.pdf", MimeType = "text/html", Buffer = "%PDF-1.7"u8.ToArray() });
        await Assertions.Expect(page.GetByTestId("files").Locator("a")).ToHaveTextAsync("租约.pdf");
        await page.GetByTestId("file").SetInputFilesAsync(new FilePayload { Name = "page.pdf", MimeType = "application/pdf", Buffer = "<html>"u8.ToArray() });
        await Assertions.Expect(page.GetByTestId("file-answer")).ToHaveClassAsync("banner bad");
        await LookAsync(page, $"case-{language}");
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task A_link_followed_before_its_page_is_live_leads_where_it_says()
    {
        var page = await OpenAsync();
        await LiveAsync(page);
        var asked = new TaskCompletionSource();
        await page.RouteWebSocketAsync("**/_blazor**", route =>
        {
            var (server, answers, sent) = (route.ConnectToServer(), Task.CompletedTask, 0);
            route.OnMessage(frame =>
            {
                server.Send(frame.Binary ?? []);
                _ = ++sent == 2 && asked.TrySetResult(); // after the greeting: begin a circuit where the page is
            });
            server.OnMessage(frame => answers = answers.ContinueWith(
                async _ =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(0.7));
                    route.Send(frame.Binary ?? []);
                },
                TaskScheduler.Default).Unwrap());
        });
        await page.GotoAsync("/");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(await page.Locator("[data-live]").CountAsync(), Is.Zero, "it is meant to be too early");
        await page.ClickAsync("header nav a[href='/cases']");
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Cases");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/cases"));
        Assert.That(Faults, Is.Empty);
    }

    [TestCase("en", "s-5", "light", "recorded sites")]
    [TestCase("zh-Hans", "s-6", "dark", "其余为模拟")]
    public async Task The_typical_day_and_week_stand_before_the_band_of_the_declared_use_which_says_what_it_rests_on(string language, string site, string theme, string rests)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await page.GotoAsync($"/sites/{site}");
        await Assertions.Expect(page.GetByTestId("habits")).ToHaveAttributeAsync("data-ready", "true");
        await Assertions.Expect(page.Locator("[data-reference-text]")).ToContainTextAsync(rests);
        Assert.That(await page.Locator("[data-pattern='week']").GetAttributeAsync("aria-label"), Does.Contain(rests), "the picture is told in words");
        await page.Locator("[data-reference-sources] summary").ClickAsync();
        await LookAsync(page, $"site-band-week-{language}");
        await page.ClickAsync("[data-span='day']");
        await Assertions.Expect(page.Locator("[data-span='day']")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("[data-pattern='week'] canvas")).ToHaveCountAsync(1);
        await LookAsync(page, $"site-band-day-{language}");

        await page.GotoAsync("/sites/s-9"); // no readings yet
        await Assertions.Expect(page.GetByTestId("habits")).ToHaveAttributeAsync("data-ready", "empty");
        await Assertions.Expect(page.Locator("[data-span='day']")).ToBeDisabledAsync();
        Assert.That(Faults, Is.Empty);
    }

    [TestCase("zh-Hans", "light")]
    [TestCase("en", "dark")]
    public async Task Every_page_in_either_theme_keeps_nobody_out(string language, string theme)
    {
        var page = await OpenAsync(language: language, theme: theme);
        foreach (var (name, path, ready) in new[]
        {
            ("fleet", "/", "tr[data-site]"), ("groups", "/?group=region", "[data-testid=groups]"), ("unjudged", "/?verdict=insufficient", "[data-testid=lacks]"),
            ("nothing", "/?q=nobody", ".empty"), ("cases", "/cases", "[data-testid=cases]"), ("board", "/cases?layout=board", "[data-card]"), ("no-cards", "/cases?layout=board&q=nobody", "[data-testid=board]"), ("approvals", "/cases?view=approval", ".empty"),
            ("unjudged-site", "/sites/s-8", "[data-testid=missing]"), ("no-site", "/sites/none", ".empty"), ("no-case", "/cases/c-99", ".empty"),
            ("feeder", "/feeders/F-12", "[data-testid=schematic]"), ("no-feeder", "/regions/none", ".empty"), ("compare", "/compare?a=s-4&b=s-6", "[data-testid=weeks]"), ("compare-choose", "/compare?a=s-4", "[data-testid=choices]"), ("supervision", "/supervision", ".empty"), ("models", "/models", "[data-testid=budget-range]"), ("operations", "/operations", "[data-testid=quarantine]"), ("not-found", "/nowhere", "h1"),
        })
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator(ready).First).ToBeVisibleAsync();
            if (name != "not-found") // which never goes live
            {
                await LiveAsync(page); // as it does, a page has no title for a moment
            }

            await LookAsync(page, $"{name}-{language}-{theme}");
        }

        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that came in ran as a script");
        Assert.That(Faults.Where(f => !f.Contains("404", StringComparison.Ordinal)), Is.Empty, "the page that is not there is a 404, and nothing else is wrong");
    }

    [Test]
    public async Task The_chart_zooms_and_pans_by_keys_buttons_and_its_overview_and_keeps_its_place_when_news_come()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/sites/s-5");
        var chart = page.GetByTestId("chart");
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-ready", "true");
        var whole = await SpanAsync(page);
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-steps", "1");
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-celsius", Text(91 * 24));
        await Assertions.Expect(page.Locator("[data-weather-key]")).ToBeVisibleAsync();
        var weather = page.GetByTestId("weather");
        await Assertions.Expect(weather).ToHaveAttributeAsync("data-ready", "true");
        Assert.That(await weather.Locator("circle").CountAsync(), Is.InRange(80, 90), "days with a gap and a stuck stretch are left out");
        await Assertions.Expect(weather.Locator("[data-words]")).ToContainTextAsync("The load does not follow the temperature");

        await chart.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await Assertions.Expect(chart).Not.ToHaveAttributeAsync("data-from", Text(whole.From));
        var near = await SpanAsync(page);
        Assert.That(near.To - near.From, Is.EqualTo((whole.To - whole.From) / 4).Within(2));
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(chart).Not.ToHaveAttributeAsync("data-from", Text(near.From));
        Assert.That((await SpanAsync(page)).From, Is.EqualTo(near.From - ((near.To - near.From) / 4)).Within(2));

        // The frame of the overview is dragged to the very end.
        var frame = (await page.Locator(".chart-frame").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(frame.X + (frame.Width / 2), frame.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(frame.X + 2000, frame.Y + 8, new MouseMoveOptions { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-to", Text(whole.To));

        await page.ClickAsync("[data-zoom='7']");
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-from", Text(whole.To - (7 * 86400)));
        await Host.Desk.ConsiderAsync(Sample.Finding("m-18", "s-5", Verdict.Watch, 0.61, 92), CancellationToken.None);
        await Assertions.Expect(page.Locator(".page-head [data-verdict='watch']")).ToBeVisibleAsync();
        Assert.That((await SpanAsync(page)).From, Is.EqualTo(whole.To - (7 * 86400)).Within(1), "news must not take away what is looked at");
        await page.ClickAsync("[data-zoom='0']");
        await Assertions.Expect(chart).ToHaveAttributeAsync("data-from", Text(whole.From));
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task A_tour_by_keyboard_alone_finds_a_site_and_comes_back()
    {
        var page = await OpenAsync();
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("#search")).ToBeEnabledAsync();
        await page.EvaluateAsync("() => { performance.now = () => 500; }"); // a page half a second old
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("tianshui");
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(1);
        await page.WaitForURLAsync("**/?q=tianshui"); // m alone goes nowhere
        await page.Keyboard.PressAsync("Tab");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Tianshui Hall 2");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Cases");

        // A page takes the focus to its heading when it opens, and its lines come after the heading: a key pressed before both finds nothing.
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        var first = page.Locator("[data-testid=cases] tbody th a").First;
        await Assertions.Expect(first).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(first).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Case c-");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Lines_show_the_last_weeks_of_their_meter_without_a_request_of_their_own_and_follow_it()
    {
        var page = await OpenAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync("/");
        await LiveAsync(page);
        var picture = page.Locator("tr[data-site='s-4'] svg.spark path");
        await Assertions.Expect(picture).ToHaveAttributeAsync("d", new Regex("^M0 48V"));
        Assert.That(await page.Locator("tr[data-site='s-9'] svg.spark path").GetAttributeAsync("d"), Is.Empty, "no readings yet");

        // Another judgement, with readings of the last minutes that are five times as high, while the page is open.
        var before = await picture.GetAttributeAsync("d");
        var meter = MeterId.Of("m-17");
        var until = Host.Timeline.States.LatestOf(meter)!.Value.AddMinutes(15);
        Host.Timeline.States.Keep(meter, Trend.Of(ReadingColumns.Of(meter, [.. Sample.Load("m-17"), new Reading(meter, until) { PowerKilowatts = 3000 }]), until));
        await Assertions.Expect(picture).Not.ToHaveAttributeAsync("d", before!);
        Assert.That(asked, Has.None.Contain("spark"));
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Filters_stand_in_the_address_and_the_export_follows_them()
    {
        var page = await OpenAsync();
        await LiveAsync(page);
        await page.SelectOptionAsync("#choice-region", "Yunnan");
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(2);
        Assert.That(page.Url, Does.Contain("region=Yunnan"));
        Assert.That(await page.GetByTestId("csv").GetAttributeAsync("href"), Is.EqualTo("/api/v1/fleet.csv?region=Yunnan"));
        await page.ClickAsync("[data-group='use']");
        await Assertions.Expect(page.GetByTestId("groups").Locator("tbody tr")).ToHaveCountAsync(2);
        await page.ClickAsync("tr[data-key='cold_storage'] a");
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(1);
        Assert.That(page.Url, Does.Contain("region=Yunnan").And.Contain("use=cold_storage").And.Not.Contain("group="));
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByTestId("groups")).ToBeVisibleAsync();
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task A_narrow_screen_shows_the_pages_without_sideways_scrolling_of_the_whole_page()
    {
        var page = await OpenAsync(width: 768, height: 1024);
        foreach (var path in new[] { "/", "/?group=owner", "/sites/s-4", "/cases", "/cases?layout=board", "/cases/c-1", "/feeders/F-12", "/operations" })
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), path);
        }

        await page.GotoAsync("/sites/s-4");
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        await LookAsync(page, "site-tablet");
        Assert.That(Faults, Is.Empty);
    }

    private static async Task<double> NumberAsync(IPage page, string attribute) =>
        double.Parse((await page.GetByTestId("chart").GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);

    private static async Task<(double From, double To)> SpanAsync(IPage page) => (await NumberAsync(page, "data-from"), await NumberAsync(page, "data-to"));

    private static string Text(double seconds) => seconds.ToString("0", CultureInfo.InvariantCulture);
}
