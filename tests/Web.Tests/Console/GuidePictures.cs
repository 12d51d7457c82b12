// SPDX-License-Identifier: Apache-2.0
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
    private readonly int _port = ServerProcess.FreePort();

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
            var pages = new Dictionary<string, IPage>(StringComparer.Ordinal); // a person signs in once
            foreach (var (name, user, path, ready) in new[]
            {
                ("fleet", "operator", "/", "tr[data-site]"), ("site", "operator", $"/sites/{site}", "[data-testid=habits][data-ready=true]"),
                ("case", "operator", $"/cases/{id}", "[data-testid=chart][data-ready=true]"),
                ("supervision", "supervisor", "/supervision", "[data-testid=measures]"), ("operations", "operator", "/operations", "[data-testid=ledger]"),
                ("models", "analyst", "/models", "[data-testid=figures]"),
            })
            {
                if (!pages.TryGetValue(user, out var page))
                {
                    pages[user] = page = await OpenAsync(browser, language, user);
                }

                await page.GotoAsync(path);
                await Assertions.Expect(page.Locator(ready).First).ToBeVisibleAsync();
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}-{language}.png") });
            }
        }

        var report = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        await report.GotoAsync(new Uri(Path.Combine(Requires.Repository(), "models", "hashrate", "1", "evaluation.html")).AbsoluteUri);
        await report.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, "evaluation.png") });
        Assert.That(Directory.GetFiles(Folder, "*.png"), Has.Length.EqualTo(13));
    }

    [GeneratedRegex(@"^demo-(\w+)\s+(det_\S+)", RegexOptions.Multiline)]
    private static partial Regex Token();

    private async Task<ServerProcess> DemoAsync(TemporaryFolder data)
    {
        var demo = ServerProcess.Start(Path.Combine(Requires.Repository(), "src", "Detector", "bin", "Release", "net10.0", "detector"), [
            "demo", "--data", data.Path, "--http", $"127.0.0.1:{_port}", "--mqtt", $"127.0.0.1:{ServerProcess.FreePort()}",
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

    /// <summary>Confirms the surest case by two people and proposes a measure, so that every desk has work on it.</summary>
    private async Task<(string Site, string Case)> WorkAsync()
    {
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
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, BaseURL = Address });
        Assertions.SetDefaultExpectTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/preferences/language/{language}?return=/");
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name='Form.Name']", $"demo-{user}");
        await page.FillAsync("[name='Form.Token']", _tokens[user]);
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.GetByTestId("who")).ToContainTextAsync(user);
        return page;
    }

    private sealed record Shown(string Id, string Site, double? Probability, [property: System.Text.Json.Serialization.JsonPropertyName("evidence_version")] long EvidenceVersion);
}
