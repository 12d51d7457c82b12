// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The analyst's comparison of a candidate with the model in use, in a real browser.</summary>
[TestFixture]
internal sealed class BacktestSectionTests : BrowserFixture
{
    private readonly TemporaryFolder _folder = new();

    protected override Task PrepareAsync(WebOptions options)
    {
        options.BacktestsFolder = _folder.In("backtests");
        return Task.CompletedTask;
    }

    [OneTimeTearDown]
    public void Tidy() => _folder.Dispose();

    [TestCase("en", "light", "flatness", "Nine dips a month.")]
    [TestCase("zh-Hans", "dark", "平稳性", "每月九次下降。")]
    public async Task An_analyst_sees_which_sites_would_change_and_why(string language, string theme, string group, string reason)
    {
        BacktestSample.Write(_folder.In("backtests", "hashrate-2"), others: 310);
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "ana", "/models");
        var rows = page.GetByTestId("backtest-changes").Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(300);
        await Assertions.Expect(page.Locator("[data-figure=precision] td").First).ToHaveTextAsync("89 % (70 % – 100 %)");
        await Assertions.Expect(page.Locator("[data-figure=precision] td").Last).ToHaveTextAsync("–");
        await Assertions.Expect(page.GetByTestId("backtest-moves").Locator("tbody tr").Nth(1).Locator("td").First).ToHaveTextAsync("2");
        await LiveAsync(page);
        await page.ClickAsync("[data-change=loses]");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).ToContainTextAsync(reason);
        await page.ClickAsync("[data-change=gains]");
        await Assertions.Expect(rows).ToContainTextAsync(group, new LocatorAssertionsToContainTextOptions { IgnoreCase = true });
        await Assertions.Expect(rows.Locator("[data-verdict=case]")).ToHaveCountAsync(1);
        Assert.That(page.Url, Does.Contain("change=gains"));
        await LookAsync(page, $"backtest-{language}-{theme}");
        await rows.Locator("th a").ClickAsync();
        await Assertions.Expect(page.Locator(".page-head h1")).ToHaveTextAsync("North Cold Store");
        await page.GotoAsync("/models?change=other");
        await Assertions.Expect(rows.First.Locator("th")).ToHaveTextAsync(Sample.Injection);
        await Assertions.Expect(rows.First.Locator("a")).ToHaveCountAsync(0);
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text of a report ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Without_a_report_the_page_says_how_to_make_one_and_shows_it_when_it_is_there()
    {
        Directory.CreateDirectory(_folder.In("backtests"));
        Directory.Delete(_folder.In("backtests"), recursive: true);
        var page = await OpenAsync(width: 768);
        await page.GotoAsync("/models");
        await Assertions.Expect(page.GetByTestId("backtest-command")).ToContainTextAsync("detector backtest --readings");
        Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await LookAsync(page, "backtest-none");
        await LiveAsync(page);
        BacktestSample.Write(_folder.In("backtests", "new"));
        await Assertions.Expect(page.GetByTestId("backtest-changes").Locator("tbody tr")).ToHaveCountAsync(3);
        await page.GotoAsync("/models?backtest=backtests/gone");
        await Assertions.Expect(page.GetByTestId("backtest").Locator(".empty")).ToBeVisibleAsync();
        await File.WriteAllTextAsync(_folder.In("backtests", "new", "backtest.json"), "{ half");
        await page.GotoAsync("/models");
        await Assertions.Expect(page.GetByTestId("backtest").Locator(".banner.bad")).ToBeVisibleAsync();
        Assert.That(Faults, Is.Empty);
    }
}
