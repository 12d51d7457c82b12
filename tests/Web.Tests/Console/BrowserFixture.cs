// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Text;
using Deque.AxeCore.Playwright;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Pipeline.Weather;
using Detector.Testing;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>A filled console and a real browser before it. Whatever the browser complains of, and any request to another host, is kept as a fault.</summary>
internal abstract class BrowserFixture
{
    private static readonly string Pictures = Path.Combine(Requires.Repository(), "artifacts", "screenshots");

    private readonly ConcurrentQueue<string> _faults = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    protected WebHost Host { get; private set; } = null!;

    /// <summary>What the browser complained of and what pages failed with on the server.</summary>
    protected IReadOnlyCollection<string> Faults => [.. _faults, .. Host.Faults];

    [OneTimeSetUp]
    public async Task Start()
    {
        // The same engine without a desktop's windows, where there is one: the tests take a third less time.
        var chromium = Requires.Find("chromium-headless-shell") ?? Requires.Program("chromium", "chromium");
        Directory.CreateDirectory(Pictures);
        var options = new WebOptions { AnonymousLoopbackRead = true, SignInsPerMinute = 1000, RequestBurst = 10_000, RefreshEvery = TimeSpan.FromMilliseconds(500), ModelsFolder = Path.Combine(Requires.Repository(), "models") };
        await PrepareAsync(options);
        Host = await WebHost.StartAsync(options);
        await FillAsync(Host);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Headless = true });
    }

    /// <summary>Changes how the console runs, before it does.</summary>
    protected virtual Task PrepareAsync(WebOptions options) => Task.CompletedTask;

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }

    [SetUp]
    public void Forget()
    {
        _faults.Clear();
        Host.Faults.Clear();
    }

    [TearDown]
    public async Task Leave()
    {
        foreach (var fault in Faults)
        {
            await TestContext.Out.WriteLineAsync(fault);
        }

        foreach (var context in _browser.Contexts.ToArray())
        {
            await context.CloseAsync();
        }
    }

    /// <summary>A person with a browser of their own.</summary>
    protected async Task<IPage> OpenAsync(int width = 1360, int height = 900, string language = "en", string theme = "light")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, BaseURL = Host.Address.ToString() });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
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
            if (!request.Url.StartsWith(Host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _faults.Enqueue($"external request: {request.Url}");
            }
        };
        await page.GotoAsync($"/preferences/language/{language}?return=/");
        await page.GotoAsync($"/preferences/theme/{theme}?return=/");
        return page;
    }

    /// <summary>Signs a person in and goes on to a page.</summary>
    protected async Task SignInAsync(IPage page, string name, string then = "/")
    {
        await page.GotoAsync($"/sign-in?return={Uri.EscapeDataString(then)}");
        await page.FillAsync("[name='Form.Name']", name);
        await page.FillAsync("[name='Form.Token']", Host.TokenOf(name));
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.GetByTestId("who")).ToContainTextAsync(name);
    }

    /// <summary>Waits until the page answers to clicks.</summary>
    protected static Task LiveAsync(IPage page) => Assertions.Expect(page.Locator("[data-live]")).ToHaveCountAsync(1);

    /// <summary>Keeps a picture, and has the page checked for what keeps people out.</summary>
    protected static async Task LookAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(4).Select(n => n.Html))}"), Is.Empty);
    }

    private static async Task FillAsync(WebHost host)
    {
        host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-17", "s-4", "Tianshui Hall 2"), Sample.Registration("m-18", "s-5", "Harbour Offices", DeclaredUse.Commercial),
            Sample.Registration("m-19", "s-6", "青海云谷机房", DeclaredUse.DataCenter), Sample.Registration("m-20", "s-7", "North Cold Store", DeclaredUse.ColdStorage) with { Region = "Yunnan" },
            Sample.Registration("m-21", "s-8", Sample.Injection, DeclaredUse.Telecom) with { Owner = Sample.Injection, Region = "Yunnan" }, Sample.Registration("m-22", "s-9", "New Works", DeclaredUse.Industrial),
        ]));
        foreach (var meter in new[] { "m-17", "m-18", "m-19" })
        {
            host.Timeline.Add(Sample.Load(meter));
        }

        host.Services.GetRequiredService<WeatherBook>().Put(Sample.Weather("Qinghai"));
        foreach (var finding in new[]
        {
            Sample.Finding("m-17", "s-4", Verdict.Case, 0.93, 90), Sample.Finding("m-17", "s-4", Verdict.Case, 0.97), Sample.Finding("m-19", "s-6", Verdict.Case, 0.91), Sample.Finding("m-18", "s-5", Verdict.Clear, 0.02),
            Sample.Finding("m-20", "s-7", Verdict.Watch, 0.58), Sample.Finding("m-21", "s-8", Verdict.Insufficient),
        })
        {
            await host.Desk.ConsiderAsync(finding, CancellationToken.None);
        }

        host.Pipeline.Account = new LedgerSnapshot(1_204_310, 1_203_871, 412, 19, 2, 6);
        host.Pipeline.Held.Add(new QuarantinedReading(1, 12, 0, new Reading(MeterId.Of("m-18"), Sample.Start) { PowerKilowatts = -4 }, "negative", Sample.Injection));
        host.Pipeline.Letters.AddRange(
        [
            new DeadLetter(1, 10, Sample.Start, "meters/m-1", Encoding.UTF8.GetBytes(Sample.Injection), "It is no JSON: a value was due at byte 0.", "malformed", 0, "open"),
            new DeadLetter(2, 11, Sample.Start, "meters/m-2", [0xff, 0x00, 0x81], "It is no JSON: a value was due at byte 0.", "malformed", 0, "open"),
        ]);
    }
}
