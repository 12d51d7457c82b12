// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Work on several cases from the list, in a real browser.</summary>
[TestFixture]
internal sealed class BulkPanelTests : BrowserFixture
{
    private static readonly Actor Olga = new("olga", Role.Operator);

    [TestCase("en", "light", "east", "version 2")]
    [TestCase("zh-Hans", "dark", "west", "第 2 版")]
    public async Task Every_picked_case_gets_its_own_answer_and_changed_evidence_is_refused(string language, string theme, string place, string stale)
    {
        var cases = await CasesAsync(place);
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/cases?q={place}");
        await LiveAsync(page);
        await Assertions.Expect(page.Locator("[data-testid=cases] tbody th a").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("tr.picked")).ToHaveCountAsync(1);
        await page.GetByTestId("pick-all").CheckAsync();
        await Assertions.Expect(page.Locator("tr.picked")).ToHaveCountAsync(4);
        await Host.Desk.ConsiderAsync(Sample.Finding($"m-{place}-2", $"{place}-2", Verdict.Case, 0.72, 92), CancellationToken.None);
        await Assertions.Expect(page.Locator($"[data-case='{cases[2]}'] .bad")).ToBeVisibleAsync();

        await page.SelectOptionAsync("[data-testid=bulk-verb]", "triage");
        await page.GetByTestId("bulk-note").FillAsync(Sample.Injection);
        await LookAsync(page, $"bulk-choose-{language}-{theme}");
        await page.GetByTestId("bulk-note").PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("bulk-plan").Locator("li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByTestId("bulk-plan").Locator("li").First).ToContainTextAsync("3");
        await Assertions.Expect(page.GetByTestId("bulk").Locator(".note")).ToHaveTextAsync(Sample.Injection);
        await LookAsync(page, $"bulk-confirm-{language}-{theme}");
        Assert.That((await Host.Desk.GetAsync(cases[0], CancellationToken.None))!.Summary.State, Is.EqualTo(CaseState.Screened), "nothing is done before it is confirmed");
        await page.GetByTestId("bulk-confirm").ClickAsync();
        await Assertions.Expect(page.Locator("[data-outcome=moved]")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator($"[data-answer='{cases[2]}'][data-outcome=refused]")).ToContainTextAsync(stale);
        await LookAsync(page, $"bulk-answers-{language}-{theme}");
        await Assertions.Expect(page.Locator("tr.picked")).ToHaveCountAsync(0);
        Assert.That(await StatesAsync(cases), Is.EqualTo(new[] { CaseState.Triaged, CaseState.Triaged, CaseState.Screened, CaseState.Triaged }));

        // Given to a colleague and put off, with what the person sees now.
        await page.GetByTestId("bulk-close").ClickAsync();
        await DoAsync(page, "assign", () => page.SelectOptionAsync("[data-testid=bulk-assignee]", "omar"));
        await Assertions.Expect(page.Locator("[data-outcome=recorded]")).ToHaveCountAsync(4);
        await page.GetByTestId("bulk-close").ClickAsync();
        await DoAsync(page, "snooze", () => page.GetByTestId("bulk-note").FillAsync("Waits for the lease."));
        await Assertions.Expect(page.Locator("[data-outcome=recorded]")).ToHaveCountAsync(4);
        var summaries = await Task.WhenAll(cases.Select(async id => (await Host.Desk.GetAsync(id, CancellationToken.None))!.Summary));
        Assert.That(summaries.Select(s => s.Assignee), Is.All.EqualTo("omar"));
        Assert.That(summaries.Select(s => s.SnoozedUntil), Is.All.Not.Null);
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task What_takes_two_is_proposed_by_one_and_approved_by_another()
    {
        var cases = await CasesAsync("south");
        foreach (var (id, verb) in cases.SelectMany(id => new[] { (id, "triage"), (id, "start-inspection") }))
        {
            await Host.Desk.MoveAsync(id, verb, 1, Olga, null, CancellationToken.None);
        }

        var page = await OpenAsync();
        await SignInAsync(page, "olga", "/cases?q=south");
        await LiveAsync(page);
        await DoAsync(page, "confirm", () => Task.CompletedTask);
        await Assertions.Expect(page.Locator("[data-outcome=proposed]")).ToHaveCountAsync(4);
        Assert.That(await StatesAsync(cases), Is.All.EqualTo(CaseState.Inspecting));
        await page.GetByTestId("bulk-close").ClickAsync();
        await page.GetByTestId("pick-all").CheckAsync();
        await Assertions.Expect(page.Locator("#bulk-verb option[value=refute]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#bulk-verb option[value=confirm]")).ToHaveCountAsync(0);

        var other = await OpenAsync(language: "zh-Hans");
        await SignInAsync(other, "omar", "/cases?view=approval&q=south");
        await LiveAsync(other);
        await DoAsync(other, "confirm", () => Task.CompletedTask);
        await Assertions.Expect(other.Locator("[data-outcome=moved]")).ToHaveCountAsync(4);
        Assert.That(await StatesAsync(cases), Is.All.EqualTo(CaseState.Confirmed));
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Who_works_no_cases_picks_none_and_a_session_that_ended_does_nothing()
    {
        var cases = await CasesAsync("north");
        var auditor = await OpenAsync();
        await SignInAsync(auditor, "aud", "/cases?q=north");
        await LiveAsync(auditor);
        await Assertions.Expect(auditor.GetByTestId("cases").Locator("tbody tr")).ToHaveCountAsync(4);
        await Assertions.Expect(auditor.Locator("main input[type=checkbox]")).ToHaveCountAsync(0);
        await Assertions.Expect(auditor.GetByTestId("bulk")).ToHaveCountAsync(0);

        await Host.Access.AddUserAsync("pia", Role.Operator, CancellationToken.None);
        var token = (await Host.Access.CreateTokenAsync("pia", null, CancellationToken.None)).Value!;
        var page = await OpenAsync();
        await page.GotoAsync("/sign-in?return=" + Uri.EscapeDataString("/cases?q=north"));
        await page.FillAsync("[name='Form.Name']", "pia");
        await page.FillAsync("[name='Form.Token']", token);
        await page.ClickAsync("main button[type=submit]");
        await LiveAsync(page);
        await page.GetByTestId("pick-all").CheckAsync();
        await page.SelectOptionAsync("[data-testid=bulk-verb]", "triage");
        await page.GetByTestId("bulk-ask").ClickAsync();
        var tokens = await Host.Access.TokensAsync(CancellationToken.None);
        await Host.Access.RevokeTokenAsync(tokens.Single(t => t.User == "pia").Id, CancellationToken.None);
        await page.GetByTestId("bulk-confirm").ClickAsync();
        await Assertions.Expect(page.Locator("[data-outcome=refused]")).ToHaveCountAsync(4);
        Assert.That(await StatesAsync(cases), Is.All.EqualTo(CaseState.Screened));
        Assert.That(Faults, Is.Empty);
    }

    /// <summary>Picks everything in view, does one thing to it and confirms.</summary>
    private static async Task DoAsync(IPage page, string verb, Func<Task> more)
    {
        await page.GetByTestId("pick-all").CheckAsync();
        await page.SelectOptionAsync("[data-testid=bulk-verb]", verb);
        await more();
        await page.GetByTestId("bulk-ask").ClickAsync();
        await page.GetByTestId("bulk-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("bulk-close")).ToBeVisibleAsync();
    }

    private async Task<CaseState[]> StatesAsync(IReadOnlyList<string> cases) =>
        await Task.WhenAll(cases.Select(async id => (await Host.Desk.GetAsync(id, CancellationToken.None))!.Summary.State));

    private async Task<IReadOnlyList<string>> CasesAsync(string place)
    {
        for (var i = 0; i < 4; i++)
        {
            await Host.Desk.ConsiderAsync(Sample.Finding($"m-{place}-{i}", $"{place}-{i}", Verdict.Case, 0.92), CancellationToken.None);
        }

        var open = await Host.Desk.ListAsync(new CaseFilter { Limit = 1000 }, CancellationToken.None);
        return [.. Enumerable.Range(0, 4).Select(i => open.Single(c => c.Site == $"{place}-{i}").Id)];
    }
}
