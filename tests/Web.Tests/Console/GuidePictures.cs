// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Detector.Testing;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Makes the pictures of docs/guide from the running demonstration.</summary>
[TestFixture]
[Explicit("It writes into docs/guide: ./dev guide")]
internal sealed partial class GuidePictures
{
    private static readonly string Folder = Path.Combine(Requires.Repository(), "docs", "guide", "pictures");

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _signedIn = new(StringComparer.Ordinal); // once a person: signing in is limited by the minute
    private readonly int _port = ServerProcess.FreePort();
    private readonly int _mqttPort = ServerProcess.FreePort();

    private string Address => $"http://127.0.0.1:{_port}";

    [Test]
    public async Task Every_picture_is_made_in_both_languages()
    {
        Directory.CreateDirectory(Folder);
        using var data = new TemporaryFolder();
        await using var demo = await DemoAsync(data);
        var (site, id) = await WorkAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Requires.Program("chromium", "chromium"), Headless = true });
        foreach (var language in new[] { "en", "zh-Hans" })
        {
            var pages = new Dictionary<string, IPage>(StringComparer.Ordinal);
            foreach (var picture in Pictures(site, id))
            {
                if (!pages.TryGetValue(picture.User, out var page))
                {
                    pages[picture.User] = page = await OpenAsync(browser, language, picture.User);
                }

                await page.GotoAsync(picture.Path);
                await Assertions.Expect(page.Locator(picture.Ready).First).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator("main[data-live]")).ToBeVisibleAsync();
                await (picture.Prepare?.Invoke(page) ?? Task.CompletedTask);
                var file = Path.Combine(Folder, $"{picture.Name}-{language}.png");
                await (picture.Part is null
                    ? page.ScreenshotAsync(new PageScreenshotOptions { Path = file })
                    : page.Locator(picture.Part).ScreenshotAsync(new LocatorScreenshotOptions { Path = file, Style = ".top { position: static !important; }" }));
            }
        }

        var report = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        await report.GotoAsync(new Uri(Path.Combine(Requires.Repository(), "models", "hashrate", "1", "evaluation.html")).AbsoluteUri);
        await report.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, "evaluation.png") });
        Assert.That(Directory.GetFiles(Folder, "*.png"), Has.Length.EqualTo((2 * Pictures(site, id).Count) + 1), "a picture that no page makes any more is to be deleted");
    }

    private static IReadOnlyList<Picture> Pictures(string site, string id) =>
    [
        new("fleet", "operator", "/", "tr[data-site]"),
        new("site", "operator", $"/sites/{site}", "[data-testid=habits][data-ready=true]"),
        new("case", "operator", $"/cases/{id}", "[data-testid=chart][data-ready=true]"),
        new("bulk", "operator", "/cases", "[data-testid=pick-all]:enabled", PickAsync),
        new("board", "operator", "/cases?layout=board", "[data-testid=board]"),
        new("operations", "operator", "/operations", "[data-testid=ledger]"),
        new("trial", "operator", "/operations", "[data-testid=try]:enabled", TrialAsync, "[data-testid=trial]"),
        new("supervision", "supervisor", "/supervision", "[data-testid=measures]"),
        new("proposal", "supervisor", $"/cases/{id}", "[data-testid=propose-measure]:enabled", ProposeAsync, "[data-testid=case-measures]"),
        new("models", "analyst", "/models", "[data-testid=figures]"),
        new("budget", "analyst", "/models", "[data-testid=budget-range]:enabled", SlideAsync, "[data-testid=budget]"),
        new("drift", "analyst", "/models", "[data-testid=drift]", Part: "[data-testid=drift]"),
    ];

    private static async Task PickAsync(IPage page)
    {
        foreach (var row in new[] { 0, 1, 2 })
        {
            await page.Locator("tbody .pick input").Nth(row).CheckAsync();
        }

        await page.GetByTestId("bulk-verb").SelectOptionAsync(new SelectOptionValue { Index = 1 });
    }

    private static async Task ProposeAsync(IPage page)
    {
        await page.GetByTestId("propose-measure").ClickAsync();
        await page.CheckAsync("[data-kind='exit_plan'] input");
        await page.GetByTestId("exit-add").ClickAsync();
        foreach (var (step, day, kilowatts) in new[] { (0, -20, "400"), (1, 30, "50") })
        {
            await page.FillAsync($"#exit-from-{step}", TimeProvider.System.GetUtcNow().AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await page.FillAsync($"#exit-kilowatts-{step}", kilowatts);
            await page.Locator($"#exit-kilowatts-{step}").BlurAsync();
        }

        await Assertions.Expect(page.GetByTestId("exit-chart")).ToBeVisibleAsync();
    }

    private static async Task TrialAsync(IPage page)
    {
        await page.GetByTestId("try").First.ClickAsync();
        await page.GetByTestId("trial-mapping").FillAsync("""{ "Topic": "hall/{meter}/state", "Codec": "json", "Keys": { "Leistung": "W", "Strom": "ignore" } }""");
        await page.GetByTestId("trial-try").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-readings")).ToContainTextAsync("7");
    }

    private static Task SlideAsync(IPage page) => page.GetByTestId("budget-range").FocusAsync();

    [GeneratedRegex(@"^demo-(\w+)\s+(det_\S+)", RegexOptions.Multiline)]
    private static partial Regex Token();

    private async Task<ServerProcess> DemoAsync(TemporaryFolder data)
    {
        var demo = ServerProcess.Start(Path.Combine(Requires.Repository(), "src", "Detector", "bin", "Release", "net10.0", "detector"), [
            "demo", "--data", data.Path, "--http", $"127.0.0.1:{_port}", "--mqtt", $"127.0.0.1:{_mqttPort}",
            "--config", Path.Combine(Requires.Repository(), "samples", "config", "measures.json")]);
        await demo.UntilAsync(() => Task.FromResult(Cases().Count(demo.Output) >= 6), TimeSpan.FromMinutes(5));
        foreach (Match token in Token().Matches(demo.Output))
        {
            _tokens[token.Groups[1].Value] = token.Groups[2].Value;
        }

        return demo;
    }

    [GeneratedRegex("^CASE ", RegexOptions.Multiline)]
    private static partial Regex Cases();

    /// <summary>Confirms the surest case by two people, proposes a measure and sends what no mapping reads, so that every desk has work on it.</summary>
    private async Task<(string Site, string Case)> WorkAsync()
    {
        await using var meter = ServerProcess.Start(Requires.Program("mosquitto_pub", "mosquitto-clients"), [
            "-h", "127.0.0.1", "-p", _mqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "hall/7/state", "-m", """{"ts":"2026-11-29T08:00:00Z","Leistung":41500,"Strom":63.1}"""]);
        Assert.That(await meter.EndAsync(TimeSpan.FromSeconds(30)), Is.Zero, meter.Output);
        var cases = await Client("operator").GetFromJsonAsync<Shown[]>("/api/v1/cases?state=open");
        var first = cases!.MaxBy(c => c.Probability)!;
        foreach (var (verb, role) in new[] { ("triage", "operator"), ("start-inspection", "operator"), ("confirm", "operator"), ("confirm", "supervisor") })
        {
            (await Client(role).PostAsJsonAsync($"/api/v1/cases/{first.Id}/transitions", new { verb, evidence_version = first.EvidenceVersion })).EnsureSuccessStatusCode();
        }

        foreach (var kind in new[] { "market_exclusion", "credit_event" })
        {
            (await Client("operator").PostAsJsonAsync($"/api/v1/cases/{first.Id}/measures", new { kind, evidence_version = first.EvidenceVersion })).EnsureSuccessStatusCode();
        }

        return (first.Site, first.Id);
    }

    private HttpClient Client(string role) => new()
    {
        BaseAddress = new Uri(Address),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _tokens[role]) },
    };

    private async Task<IPage> OpenAsync(IBrowser browser, string language, string user)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, BaseURL = Address, Locale = language == "en" ? "en-GB" : "zh-CN", StorageState = _signedIn.GetValueOrDefault(user) });
        Assertions.SetDefaultExpectTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/preferences/language/{language}?return=/");
        if (_signedIn.ContainsKey(user))
        {
            return page;
        }

        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name='Form.Name']", $"demo-{user}");
        await page.FillAsync("[name='Form.Token']", _tokens[user]);
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.GetByTestId("who")).ToContainTextAsync(user);
        _signedIn[user] = await context.StorageStateAsync();
        return page;
    }

    /// <param name="Name">Of the file, without its language.</param>
    /// <param name="User">Who sees it.</param>
    /// <param name="Path">The page.</param>
    /// <param name="Ready">What must be seen first.</param>
    /// <param name="Prepare">What is done on the page before.</param>
    /// <param name="Part">What of the page is shown; null for what a screen shows.</param>
    private sealed record Picture(string Name, string User, string Path, string Ready, Func<IPage, Task>? Prepare = null, string? Part = null);

    private sealed record Shown(string Id, string Site, double? Probability, [property: System.Text.Json.Serialization.JsonPropertyName("evidence_version")] long EvidenceVersion);
}
