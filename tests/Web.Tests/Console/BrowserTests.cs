// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Text;
using Deque.AxeCore.Playwright;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Testing;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>A person's way through the console in a real browser, in both languages.</summary>
[TestFixture]
internal sealed class BrowserTests
{
    private static readonly string Pictures = Path.Combine(Requires.Repository(), "artifacts", "screenshots");

    private readonly ConcurrentQueue<string> _faults = new();
    private WebHost _host = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var chromium = Requires.Program("chromium", "chromium");
        Directory.CreateDirectory(Pictures);
        _host = await WebHost.StartAsync(new WebOptions { AnonymousLoopbackRead = true, SignInsPerMinute = 1000, RefreshEvery = TimeSpan.FromMilliseconds(500) });
        await FillAsync(_host);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Headless = true });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    [TestCase("en", "s-4", "Fleet", "Triaged", "light")]
    [TestCase("zh-Hans", "s-6", "站点总览", "已研判", "dark")]
    public async Task From_the_fleet_to_a_site_to_its_case_signed_in_and_triaged(string language, string site, string title, string triaged, string theme)
    {
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 900 }, BaseURL = _host.Address.ToString() });
        var page = await OpenAsync(context);
        await page.GotoAsync($"/preferences/language/{language}?return=/");
        await page.GotoAsync($"/preferences/theme/{theme}?return=/");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await Assertions.Expect(page.GetByTestId("fleet").Locator("tbody tr")).ToHaveCountAsync(6);
        await LookAsync(page, $"fleet-{language}");

        await page.FillAsync("#search", site);
        await Assertions.Expect(page.GetByTestId("fleet").Locator("tbody tr")).ToHaveCountAsync(1);
        await page.ClickAsync($"a[href='/sites/{site}']");
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        Assert.That(int.Parse((await page.GetByTestId("chart").GetAttributeAsync("data-points"))!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(3000));
        await LookAsync(page, $"site-{language}");

        await page.ClickAsync(".page-head a[href^='/cases/']");
        await Assertions.Expect(page.GetByTestId("reasons-for").Locator("li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        await page.ClickAsync("main a[href^='/sign-in']");
        await LookAsync(page, $"sign-in-{language}");
        await page.FillAsync("[name='Form.Name']", "olga");
        await page.FillAsync("[name='Form.Token']", "wrong");
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.Locator(".banner.bad")).ToBeVisibleAsync();
        await page.FillAsync("[name='Form.Name']", "olga");
        await page.FillAsync("[name='Form.Token']", _host.TokenOf("olga"));
        await page.ClickAsync("main button[type=submit]");

        await page.ClickAsync("[data-verb='triage']");
        await page.FillAsync("[data-testid='note']", Sample.Injection);
        await LookAsync(page, $"case-move-{language}");
        await page.ClickAsync("[data-testid='send']");
        await Assertions.Expect(page.Locator(".page-head [data-state]")).ToHaveTextAsync(triaged);
        await Assertions.Expect(page.GetByTestId("story").Locator(".note").First).ToHaveTextAsync(Sample.Injection);
        await LookAsync(page, $"case-{language}");

        await page.ClickAsync("a[href='/cases']");
        await Assertions.Expect(page.GetByTestId("cases").Locator("tbody tr")).ToHaveCountAsync(2);
        await LookAsync(page, $"cases-{language}");
        await page.ClickAsync("a[href='/operations']");
        await Assertions.Expect(page.GetByTestId("letters").Locator("tbody tr")).Not.ToHaveCountAsync(0);
        await LookAsync(page, $"operations-{language}");
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(_faults, Is.Empty);
    }

    [Test]
    public async Task A_narrow_screen_shows_the_pages_without_sideways_scrolling_of_the_whole_page()
    {
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 768, Height = 1024 }, BaseURL = _host.Address.ToString() });
        var page = await OpenAsync(context);
        foreach (var path in new[] { "/", "/sites/s-4", "/cases/c-1", "/operations" })
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), path);
        }

        await page.GotoAsync("/sites/s-4");
        await Assertions.Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-ready", "true");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, "site-tablet.png"), FullPage = true });
        Assert.That(_faults, Is.Empty);
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(15_000);
        Assertions.SetDefaultExpectTimeout(15_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _faults.Enqueue($"external request: {request.Url}");
            }
        };
        return page;
    }

    /// <summary>Keeps a picture, and has the page checked for what keeps people out.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{name}: {v.Id} {v.Nodes[0].Html}"), Is.Empty);
    }

    private static async Task FillAsync(WebHost host)
    {
        host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-17", "s-4", "Tianshui Hall 2"), Sample.Registration("m-18", "s-5", "Harbour Offices", DeclaredUse.Commercial),
            Sample.Registration("m-19", "s-6", "青海云谷机房", DeclaredUse.DataCenter), Sample.Registration("m-20", "s-7", "North Cold Store", DeclaredUse.ColdStorage),
            Sample.Registration("m-21", "s-8", Sample.Injection, DeclaredUse.Telecom), Sample.Registration("m-22", "s-9", "New Works", DeclaredUse.Industrial),
        ]));
        foreach (var meter in new[] { "m-17", "m-18", "m-19" })
        {
            host.Timeline.Add(Sample.Load(meter));
        }

        foreach (var finding in new[]
        {
            Sample.Finding("m-17", "s-4", Verdict.Case, 0.97), Sample.Finding("m-19", "s-6", Verdict.Case, 0.91), Sample.Finding("m-18", "s-5", Verdict.Clear, 0.02),
            Sample.Finding("m-20", "s-7", Verdict.Watch, 0.58), Sample.Finding("m-21", "s-8", Verdict.Insufficient),
        })
        {
            await host.Desk.ConsiderAsync(finding, CancellationToken.None);
        }

        host.Pipeline.Account = new LedgerSnapshot(1_204_310, 1_203_871, 412, 19, 2, 6);
        host.Pipeline.Letters.AddRange(
        [
            new DeadLetter(1, 10, Sample.Start, "meters/m-1", Encoding.UTF8.GetBytes(Sample.Injection), "It is no JSON: a value was due at byte 0.", "malformed", 0, "open"),
            new DeadLetter(2, 11, Sample.Start, "meters/m-2", [0xff, 0x00, 0x81], "It is no JSON: a value was due at byte 0.", "malformed", 0, "open"),
        ]);
    }
}
