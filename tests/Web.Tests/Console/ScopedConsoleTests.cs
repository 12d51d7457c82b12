// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The console of a person whose work is limited to a region.</summary>
[TestFixture]
internal sealed class ScopedConsoleTests : BrowserFixture
{
    [TestCase("en", "light")]
    [TestCase("zh-Hans", "dark")]
    public async Task A_person_limited_to_a_region_sees_and_works_only_there_and_news_of_elsewhere_do_not_reach_them(string language, string theme)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "yun");
        await LiveAsync(page);
        await Assertions.Expect(page.GetByTestId("scope")).ToContainTextAsync("Yunnan");
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(2);
        await LookAsync(page, $"scoped-fleet-{language}");

        // A verdict elsewhere and one here: when the one here has come, the one elsewhere would have.
        var (there, here) = ("s-4", "s-7");
        await Host.Desk.ConsiderAsync(Sample.Finding("m-17", there, Verdict.Case, 0.99, 93), CancellationToken.None);
        await Host.Desk.ConsiderAsync(Sample.Finding("m-20", here, Verdict.Case, 0.96, 94), CancellationToken.None);
        await Assertions.Expect(page.Locator($"tr[data-site='{here}'] [data-verdict='case']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(2);

        await page.ClickAsync("header nav a[href='/cases']");
        var own = (await Host.Desk.ListAsync(new CaseFilter { Site = here }, CancellationToken.None)).Single().Id;
        await Assertions.Expect(page.GetByTestId("cases").Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("cases").Locator($"a[href='/cases/{own}']")).ToHaveCountAsync(1);

        await page.GotoAsync($"/cases/{own}");
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("[data-verb]").First).ToBeVisibleAsync();
        foreach (var elsewhere in new[] { "/cases/c-1", "/sites/s-4", "/regions/Qinghai" })
        {
            await page.GotoAsync(elsewhere);
            await Assertions.Expect(page.Locator(".empty").First).ToBeVisibleAsync();
            Assert.That(await page.Locator("main").InnerTextAsync(), Does.Not.Contain("Tianshui"), elsewhere);
        }

        await page.GotoAsync("/operations");
        await Assertions.Expect(page.GetByTestId("letters-elsewhere")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("replay")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("quarantine")).ToHaveCountAsync(0);
        await LookAsync(page, $"scoped-operations-{language}");
        Assert.That(Faults, Is.Empty);
    }
}
