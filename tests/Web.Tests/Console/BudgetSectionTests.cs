// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The analyst's alert budgets on history, in a real browser and by keyboard.</summary>
[TestFixture]
internal sealed class BudgetSectionTests : BrowserFixture
{
    protected override Task PrepareAsync(WebOptions options)
    {
        (options.AlertBudget, options.FleetMeters) = (5, 20_000);
        return Task.CompletedTask;
    }

    /// <summary>Eleven sites, each with a larger p-value than the one before it, that passed one a week.</summary>
    [OneTimeSetUp]
    public async Task Judge()
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 11; i++)
        {
            var window = new TimeRange(now.AddDays((-7 * i) - 94), now.AddDays((-7 * i) - 3));
            await Host.Desk.ConsiderAsync(Sample.Finding($"m-{i + 50}", $"s-{i + 50}", Verdict.Case, 0.9) with { PValue = 0.0005 + (i * 0.0001), Window = window }, CancellationToken.None);
        }
    }

    [TestCase("en", "light", "5 a week", "no budget", "Configured now: 5 a week.")]
    [TestCase("zh-Hans", "dark", "每周 5 起", "不设预算", "当前配置：每周 5 起。")]
    public async Task A_slider_moved_by_keys_says_what_each_budget_would_raise_and_changes_nothing(string language, string theme, string five, string none, string configured)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "ana", "/models");
        await LiveAsync(page);
        var slider = page.GetByTestId("budget-range");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", five);
        await Assertions.Expect(page.GetByTestId("budget")).ToContainTextAsync(configured);
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("13");
        await Assertions.Expect(page.GetByTestId("budget-beyond")).ToHaveCountAsync(0);

        // Down to two false cases a week: p-values up to 0.00065, which two sites of the past weeks and one of before have.
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("6");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("3");
        await Assertions.Expect(page.GetByTestId("budget-margin").Locator("[data-raised=yes]")).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByTestId("budget-margin").Locator("[data-raised=no]")).ToHaveCountAsync(5);
        await Assertions.Expect(page.GetByTestId("budget-weeks").Locator("rect[height='0']")).ToHaveCountAsync(11);
        await Assertions.Expect(page.GetByTestId("budget")).ToContainTextAsync("DETECTOR__Detection__AlertBudget=2");
        await page.WaitForURLAsync("**/models?budget=2");
        await LookAsync(page, $"budget-{language}-{theme}");

        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("0");
        await Assertions.Expect(page.GetByTestId("budget-beyond")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", none);
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("13");
        await page.WaitForURLAsync("**/models?budget=none");
        await page.GotoAsync("/models?budget=2");
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToHaveTextAsync("3");
        Assert.That(Host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WebOptions>>().Value.AlertBudget, Is.EqualTo(5));
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task It_fits_a_narrow_screen()
    {
        var page = await OpenAsync(width: 768);
        await page.GotoAsync("/models");
        await Assertions.Expect(page.GetByTestId("budget-raised")).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.That(Faults, Is.Empty);
    }
}
