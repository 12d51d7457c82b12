// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The cases as a board, in a real browser: everything by keyboard, and moves by the one door.</summary>
[TestFixture]
internal sealed class CaseBoardTests : BrowserFixture
{
    private static readonly Actor Olga = new("olga", Role.Operator);

    [TestCase("en", "light", "east", "Case")]
    [TestCase("zh-Hans", "dark", "west", "案件")]
    public async Task A_card_is_found_moved_and_left_by_keys_alone(string language, string theme, string place, string title)
    {
        var cases = await CasesAsync(place, 15);
        await Host.Desk.MoveAsync(cases[0], "triage", 1, Olga, null, CancellationToken.None);
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/cases?layout=board&q={place}");
        await LiveAsync(page);
        await Assertions.Expect(Lane(page, "screened").Locator("[data-card]")).ToHaveCountAsync(12);
        await Assertions.Expect(Lane(page, "triaged").Locator("[data-card]")).ToHaveCountAsync(1);
        await LookAsync(page, $"board-{language}-{theme}");

        await page.Keyboard.PressAsync("j");
        await ExpectFocusAsync(page, cases[14]);
        await page.Keyboard.PressAsync("ArrowRight");
        await ExpectFocusAsync(page, cases[0]);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowDown");
        await ExpectFocusAsync(page, cases[13]);
        await page.Keyboard.PressAsync("m");
        var drawer = page.GetByTestId("drawer");
        await Assertions.Expect(drawer.Locator("h2").First).ToBeFocusedAsync();
        await Assertions.Expect(drawer.Locator("[data-verb]")).ToHaveCountAsync(1);
        await LookAsync(page, $"board-moves-{language}-{theme}");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByTestId("drawer-close")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await drawer.GetByTestId("note").FocusAsync();
        await page.Keyboard.TypeAsync(Sample.Injection);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Lane(page, "triaged").Locator("[data-card]")).ToHaveCountAsync(2);
        await drawer.Locator("h2").First.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(drawer).ToHaveCountAsync(0);
        await ExpectFocusAsync(page, cases[13]);
        var moved = (await Host.Desk.GetAsync(cases[13], CancellationToken.None))!;
        Assert.That((moved.Summary.State, moved.Events[^1].Actor, moved.Events[^1].Why), Is.EqualTo((CaseState.Triaged, "olga", Sample.Injection)));

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(title);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(cases[13]);
        await page.GoBackAsync();
        await Lane(page, "screened").Locator(".more a").ClickAsync();
        await Assertions.Expect(page.GetByTestId("cases").Locator("tbody tr")).ToHaveCountAsync(13);
        Assert.That(page.Url, Does.EndWith($"/cases?q={place}&state=screened"));
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Filters_go_with_a_person_from_the_list_to_the_board_and_back_and_who_moves_nothing_is_offered_nothing()
    {
        var cases = await CasesAsync("south", 3);
        await Host.Desk.AssignAsync(cases[1], "olga", Olga, null, CancellationToken.None);
        var page = await OpenAsync(width: 768);
        await SignInAsync(page, "olga", "/cases?q=south");
        await LiveAsync(page);
        await page.SelectOptionAsync("#choice-assignee", "@me");
        await Assertions.Expect(page.GetByTestId("cases").Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByTestId("to-board").ClickAsync();
        await Assertions.Expect(page.Locator("[data-card]")).ToHaveCountAsync(1);
        Assert.That(page.Url, Does.Contain("q=south").And.Contain("assignee=").And.Contain("layout=board"));
        Assert.That(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "the board scrolls, not the page");
        await page.GetByTestId("clear").ClickAsync();
        await Assertions.Expect(page.Locator("[data-lane=screened] [data-card]").Nth(3)).ToBeVisibleAsync();

        var auditor = await OpenAsync();
        await SignInAsync(auditor, "aud", "/cases?layout=board&q=south");
        await LiveAsync(auditor);
        await Assertions.Expect(auditor.Locator("[data-card]")).ToHaveCountAsync(3);
        await Assertions.Expect(auditor.Locator("[data-moves-card]")).ToHaveCountAsync(0);
        Assert.That(Faults, Is.Empty);
    }

    private static ILocator Lane(IPage page, string state) => page.Locator($"[data-lane={state}]");

    private static Task ExpectFocusAsync(IPage page, string id) => Assertions.Expect(page.Locator($"[data-card='{id}'] [data-opens-card]")).ToBeFocusedAsync();

    /// <summary>Cases of sites of one place, each more certain than the one before it.</summary>
    private async Task<IReadOnlyList<string>> CasesAsync(string place, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Host.Desk.ConsiderAsync(Sample.Finding($"m-{place}-{i}", $"{place}-{i}", Verdict.Case, 0.61 + (i / 100.0)), CancellationToken.None);
        }

        var open = await Host.Desk.ListAsync(new CaseFilter { Limit = 1000 }, CancellationToken.None);
        return [.. Enumerable.Range(0, count).Select(i => open.Single(c => c.Site == $"{place}-{i}").Id)];
    }
}
