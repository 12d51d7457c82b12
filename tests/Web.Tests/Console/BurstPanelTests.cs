// SPDX-License-Identifier: Apache-2.0
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>A burst asked for on the page of a site.</summary>
[TestFixture]
internal sealed class BurstPanelTests : BrowserFixture
{
    [TestCase("en", "light", "s-5", "m-18", "Waiting for readings")]
    [TestCase("zh-Hans", "dark", "s-6", "m-19", "等待读数")]
    public async Task An_operator_asks_and_sees_what_comes(string language, string theme, string site, string meter, string waiting)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/sites/{site}");
        await LiveAsync(page);
        await page.SelectOptionAsync("#burst-seconds", "300");
        await page.GetByTestId("burst-ask").ClickAsync();
        await Assertions.Expect(page.GetByTestId("burst-answer")).ToHaveClassAsync("banner good gap-above");
        await Assertions.Expect(page.GetByTestId("burst").Locator(".chip")).ToHaveTextAsync(waiting);
        await Assertions.Expect(page.GetByTestId("burst-ask")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#burst-refusal")).ToHaveAttributeAsync("data-refusal", "left_alone");
        Assert.That(Host.Commands.Asked.Where(a => a.Meter == meter), Is.EqualTo(new[] { (meter, 300.0, 1.0) }));
        await Assertions.Expect(page.GetByTestId("habits")).ToHaveAttributeAsync("data-ready", "true");
        await LookAsync(page, $"burst-{language}");
        Assert.That(Faults, Is.Empty);
    }

    [TestCase("sun", "role")]
    [TestCase(null, "sign-in")]
    public async Task Who_may_not_ask_is_told_why(string? name, string reason)
    {
        var page = await OpenAsync();
        if (name is not null)
        {
            await SignInAsync(page, name);
        }

        await page.GotoAsync("/sites/s-4");
        await LiveAsync(page);
        await Assertions.Expect(page.GetByTestId("burst-ask")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator("#burst-refusal")).ToHaveAttributeAsync("data-refusal", reason);
        Assert.That(Host.Commands.Asked.Where(a => a.Meter == "m-17"), Is.Empty);
    }

    [Test]
    public async Task What_the_broker_says_is_shown_as_text()
    {
        Host.Commands.Fault = Sample.Injection;
        try
        {
            var page = await OpenAsync();
            await SignInAsync(page, "omar", "/sites/s-9");
            await LiveAsync(page);
            await page.GetByTestId("burst-ask").ClickAsync();
            await Assertions.Expect(page.GetByTestId("burst-answer")).ToContainTextAsync(Sample.Injection);
            await Assertions.Expect(page.GetByTestId("burst")).ToHaveAttributeAsync("data-state", "failed");
            await Assertions.Expect(page.GetByTestId("burst-ask")).ToBeEnabledAsync();
            Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"));
        }
        finally
        {
            Host.Commands.Fault = null;
        }
    }
}
