// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Two sites compared in a real browser.</summary>
[TestFixture]
internal sealed class ComparePageTests : BrowserFixture
{
    [TestCase("en", "light", "Harbour Offices")]
    [TestCase("zh-Hans", "dark", "Harbour Offices")]
    public async Task From_a_site_to_a_comparison_that_can_be_sent(string language, string theme, string other)
    {
        await Host.Desk.ConsiderAsync(
            Sample.Finding("m-18", "s-5", Verdict.Watch, 0.6, 92) with
            {
                Reasons = [.. Sample.Finding("m-18", "s-5", Verdict.Watch).Reasons, new Reason("neighbours", true, 0.4, "Falls and returns together with m-17.", "与m-17同起同落。")],
            },
            CancellationToken.None);
        var page = await OpenAsync(language: language, theme: theme);
        await page.GotoAsync("/sites/s-4");
        await LiveAsync(page);
        await page.GetByTestId("compare").ClickAsync();
        await Assertions.Expect(page.Locator("#search")).ToBeEnabledAsync();
        await Assertions.Expect(page.GetByTestId("choices").Locator("li")).ToHaveCountAsync(5);
        await LookAsync(page, $"compare-choose-{language}");
        await page.FillAsync("#search", "harbour");
        await Assertions.Expect(page.GetByTestId("choices").Locator("li")).ToHaveCountAsync(1);
        await page.GetByTestId("choices").Locator("a").PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("side-b").Locator("h2")).ToHaveTextAsync(other);
        Assert.That(page.Url, Does.EndWith("/compare?a=s-4&b=s-5"));

        await Assertions.Expect(page.GetByTestId("weeks").Locator("path.line")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByTestId("weeks")).ToHaveAttributeAsync("data-top", "800");
        await Assertions.Expect(page.GetByTestId("figures").Locator("tbody tr")).ToHaveCountAsync(7);
        await Assertions.Expect(page.Locator("[data-figure=Hours] td").First).Not.ToHaveTextAsync("0");
        await Assertions.Expect(page.GetByTestId("evidence").Locator("tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByTestId("together")).ToContainTextAsync("m-17");
        await Assertions.Expect(page.GetByTestId("correlation")).ToBeVisibleAsync();
        await page.GetByTestId("relative").ClickAsync();
        await Assertions.Expect(page.GetByTestId("relative")).ToHaveAttributeAsync("aria-pressed", "true");
        await LookAsync(page, $"compare-{language}-{theme}");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Names_stay_text_and_a_site_that_is_not_there_is_said()
    {
        var page = await OpenAsync(width: 768);
        await page.GotoAsync("/compare?a=s-8&b=s-4");
        await Assertions.Expect(page.GetByTestId("side-a").Locator("h2")).ToHaveTextAsync(Sample.Injection);
        Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await LookAsync(page, "compare-tablet");
        await page.GotoAsync("/compare?a=s-4&b=none");
        await Assertions.Expect(page.Locator(".banner.bad")).ToBeVisibleAsync();
        await page.GotoAsync("/compare?a=none");
        await Assertions.Expect(page.Locator(".empty")).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"));
        Assert.That(Faults, Is.Empty);
    }
}
