// SPDX-License-Identifier: Apache-2.0
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Two cases that are one matter, on their pages.</summary>
[TestFixture]
internal sealed class CaseMergingTests : BrowserFixture
{
    [TestCase("en", "light")]
    [TestCase("zh-Hans", "dark")]
    public async Task An_operator_merges_a_case_into_another_and_splits_it_again(string language, string theme)
    {
        var leading = (await Host.Desk.OpenCaseOfAsync("s-4", CancellationToken.None))!;
        var merged = (await Host.Desk.OpenCaseOfAsync("s-6", CancellationToken.None))!;
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/cases/{merged}");
        await LiveAsync(page);
        await page.GetByTestId("merging").Locator("summary").ClickAsync();
        await page.GetByTestId("merge-into").FillAsync("c-99");
        await page.GetByTestId("merge-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("merge-answer")).ToHaveClassAsync("banner bad");
        await page.GetByTestId("merge-into").FillAsync(leading);
        await page.GetByTestId("merge-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("merge-shown")).ToContainTextAsync("Tianshui Hall 2");
        await page.GetByTestId("merge-note").FillAsync(Sample.Injection);
        await LookAsync(page, $"merge-{language}");
        await page.GetByTestId("merge-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("merged-into")).ToContainTextAsync(leading);
        await page.GotoAsync($"/cases/{leading}");
        await LiveAsync(page);
        await Assertions.Expect(page.GetByTestId("merged")).ToContainTextAsync(merged);
        await Assertions.Expect(page.GetByTestId("story")).ToContainTextAsync(Sample.Injection);

        await page.GotoAsync($"/cases/{merged}");
        await LiveAsync(page);
        await page.GetByTestId("merging").Locator("summary").ClickAsync();
        await page.GetByTestId("merge-send").ClickAsync();
        await page.GetByTestId("merge-note").FillAsync("two leases");
        await page.GetByTestId("merge-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("merge-answer")).ToHaveClassAsync("banner good");
        await Assertions.Expect(page.GetByTestId("merged-into")).ToHaveCountAsync(0);
        Assert.That(await Host.Desk.OpenCaseOfAsync("s-6", CancellationToken.None), Is.EqualTo(merged));
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Somebody_without_the_role_is_offered_neither()
    {
        var page = await OpenAsync();
        await SignInAsync(page, "aud", $"/cases/{await Host.Desk.OpenCaseOfAsync("s-4", CancellationToken.None)}");
        await LiveAsync(page);
        await Assertions.Expect(page.GetByTestId("merging")).ToHaveCountAsync(0);
    }
}
