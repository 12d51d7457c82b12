// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;
using Detector.Cases;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Who works a case, putting it off, notes: what can be taken back offers to be, what cannot is asked for twice.</summary>
[TestFixture]
internal sealed class DutiesTests : BrowserFixture
{
    [TestCase("en", "m-51", "s-51", "light", "Nobody")]
    [TestCase("zh-Hans", "m-52", "s-52", "dark", "无人")]
    public async Task A_case_is_taken_given_back_put_off_and_noted(string language, string meter, string site, string theme, string nobody)
    {
        await Host.Desk.ConsiderAsync(Sample.Finding(meter, site, Verdict.Case), CancellationToken.None);
        var id = (await Host.Desk.ListAsync(new CaseFilter { Site = site }, CancellationToken.None)).Single().Id;
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/cases/{id}");
        await LiveAsync(page);
        await page.ClickAsync("[data-duty='take']");
        await Assertions.Expect(page.GetByTestId("assignee")).ToHaveTextAsync("olga");
        await page.GetByTestId("duty-undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("assignee")).ToHaveTextAsync(nobody);
        await Assertions.Expect(page.GetByTestId("duty-undo")).ToHaveCountAsync(0);

        await page.ClickAsync("[data-duty='give']");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.Locator("#duty-fault")).ToBeVisibleAsync();
        await page.FillAsync("#duty-person", "aud");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("duty-answer")).ToContainTextAsync("aud");
        await Assertions.Expect(page.GetByTestId("assignee")).ToHaveTextAsync(nobody);
        await page.FillAsync("#duty-person", "omar");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("assignee")).ToHaveTextAsync("omar");

        // Somebody else gave it on meanwhile: there is nothing of ours left to take back.
        await Host.Desk.AssignAsync(id, "sun", new Access.Actor("sun", Access.Role.Supervisor), null, CancellationToken.None);
        await Assertions.Expect(page.GetByTestId("assignee")).ToHaveTextAsync("sun");
        await Assertions.Expect(page.GetByTestId("duty-undo")).ToHaveCountAsync(0);

        await page.ClickAsync("[data-duty='snooze']");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("duties").Locator("[aria-invalid='true']")).ToHaveCountAsync(2);
        await LookAsync(page, $"case-snooze-{language}");
        await page.FillAsync("#duty-until", TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.FillAsync("#duty-note", "waits");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("snoozed")).ToBeVisibleAsync();
        await page.GetByTestId("duty-undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("snoozed")).ToHaveCountAsync(0);
        await Host.Desk.SnoozeAsync(id, TimeProvider.System.GetUtcNow().AddDays(5), new Access.Actor("sun", Access.Role.Supervisor), "waits longer", CancellationToken.None);
        await Assertions.Expect(page.GetByTestId("snoozed")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("duty-undo")).ToHaveCountAsync(0);

        // Putting off anew and waking are taken back to when it was put off until before.
        var before = await page.GetByTestId("snoozed").InnerTextAsync();
        await page.ClickAsync("[data-duty='snooze']");
        await page.FillAsync("#duty-until", TimeProvider.System.GetUtcNow().AddDays(8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.FillAsync("#duty-note", "waits longer still");
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("snoozed")).Not.ToHaveTextAsync(before);
        await page.GetByTestId("duty-undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("snoozed")).ToHaveTextAsync(before);
        await Assertions.Expect(page.GetByTestId("duty-undo")).ToHaveCountAsync(0);
        await page.ClickAsync("[data-duty='wake']");
        await Assertions.Expect(page.GetByTestId("snoozed")).ToHaveCountAsync(0);
        await page.GetByTestId("duty-undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("snoozed")).ToHaveTextAsync(before);
        await page.ClickAsync("[data-duty='wake']");
        await Assertions.Expect(page.GetByTestId("snoozed")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("duty-answer")).ToBeVisibleAsync();

        await page.ClickAsync("[data-duty='note']");
        await page.FillAsync("#duty-note", Sample.Injection);
        await page.GetByTestId("duty-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("story").Locator(".note").First).ToHaveTextAsync(Sample.Injection);
        await LookAsync(page, $"case-duties-{language}");
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);

        var auditor = await OpenAsync(language: language);
        await SignInAsync(auditor, "aud", $"/cases/{id}");
        await LiveAsync(auditor);
        await Assertions.Expect(auditor.GetByTestId("assignee")).ToHaveTextAsync("sun");
        await Assertions.Expect(auditor.Locator("[data-duty]")).ToHaveCountAsync(0);
    }

    [TestCase("en", "light")]
    [TestCase("zh-Hans", "dark")]
    public async Task A_mapping_is_tried_on_a_dead_letter_before_anybody_changes_the_configuration(string language, string theme)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", "/operations");
        await LiveAsync(page);
        var before = Host.Pipeline.Letters.Count;
        await page.GetByTestId("try").First.ClickAsync();
        await page.GetByTestId("trial-present").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-answer")).ToHaveClassAsync(new Regex("bad"));
        await page.GetByTestId("trial-mapping").FillAsync("{}");
        await page.GetByTestId("trial-try").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-answer")).ToContainTextAsync("Codec is missing <b>");
        await page.GetByTestId("trial-mapping").FillAsync("""{ "Topic": "a/b", "Codec": "json" }""");
        await page.GetByTestId("trial-try").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-readings")).ToContainTextAsync("m-9");
        await LookAsync(page, $"operations-trial-{language}");
        Assert.That((Host.Pipeline.Tried[^1], Host.Pipeline.Replays.Count, Host.Pipeline.Letters.Count), Is.EqualTo(("""{ "Topic": "a/b", "Codec": "json" }""", 0, before)));
        await page.GetByTestId("trial-close").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial")).ToHaveCountAsync(0);
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task To_replay_every_dead_letter_is_asked_for_twice()
    {
        var page = await OpenAsync();
        await SignInAsync(page, "olga", "/operations");
        await LiveAsync(page);
        await page.GetByTestId("replay").ClickAsync();
        await LookAsync(page, "operations-sure");
        Assert.That(Host.Pipeline.Replays, Is.Empty, "nothing is done at the first click");
        await page.GetByTestId("replay-sure").ClickAsync();
        await Assertions.Expect(page.GetByTestId("replayed")).ToBeVisibleAsync();
        Assert.That(Host.Pipeline.Replays, Is.EqualTo(new IReadOnlyCollection<long>?[] { null }));
        Assert.That(Faults, Is.Empty);
    }
}
