// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Measures;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>The supervisor's way, from sign-in to a measure in force and a list to hand on.</summary>
[TestFixture]
internal sealed class SupervisionTests : BrowserFixture
{
    [TestCase("en", "m-31", "s-31", "Approve", "light")]
    [TestCase("zh-Hans", "m-32", "s-32", "批准", "dark")]
    public async Task A_supervisor_approves_what_another_proposed_and_hands_a_list_on(string language, string meter, string site, string approve, string theme)
    {
        var id = await MeasureAsync(meter, site);
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "sun", "/supervision");
        await LiveAsync(page);
        var row = page.Locator($"[data-measure='{id}/1']");
        await Assertions.Expect(row.Locator("[data-step='approve']")).ToHaveTextAsync(approve);
        await LookAsync(page, $"supervision-{language}");
        await row.Locator("[data-step='approve']").ClickAsync();
        await row.GetByTestId("measure-note").FillAsync(Sample.Injection);
        await row.GetByTestId("take").ClickAsync();
        await Assertions.Expect(row.Locator("[data-state='in_force']")).ToHaveCountAsync(1);
        await page.GetByTestId("as-of").FillAsync("2026-01-31");
        await Assertions.Expect(page.GetByTestId("lists/projects-csv")).ToHaveAttributeAsync("href", "/api/v1/lists/projects?format=csv&as_of=2026-02-01T00:00:00Z");
        var answer = await page.APIRequest.GetAsync("/api/v1/lists/projects?format=csv");
        Assert.That(await answer.TextAsync(), Does.Contain(site));
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);

        // The operator who proposed it is offered nothing but what is theirs.
        var other = await OpenAsync(language: language);
        await SignInAsync(other, "olga", "/supervision");
        await Assertions.Expect(other.Locator($"[data-measure='{id}/1'] [data-step='approve']")).ToHaveCountAsync(0);
    }

    /// <summary>A case of a site of its own, confirmed by two people, with a measure that a third must approve.</summary>
    private async Task<string> MeasureAsync(string meter, string site)
    {
        await Host.Desk.ConsiderAsync(Sample.Finding(meter, site, Verdict.Case, 0.95), CancellationToken.None);
        var id = (await Host.Desk.ListAsync(new CaseFilter { Site = site }, CancellationToken.None)).Single().Id;
        var (olga, omar) = (new Actor("olga", Role.Operator), new Actor("omar", Role.Operator));
        foreach (var (verb, actor) in new[] { ("triage", olga), ("start-inspection", olga), ("confirm", olga), ("confirm", omar) })
        {
            Assert.That((await Host.Desk.MoveAsync(id, verb, 1, actor, null, CancellationToken.None)).Succeeded, Is.True, verb);
        }

        var proposed = await new MeasureDesk(Host.Desk).ProposeAsync(id, new MeasureProposal(MeasureKind.MarketExclusion, 1, null, null, null), olga, CancellationToken.None);
        Assert.That(proposed.Succeeded, Is.True, proposed.Text);
        return id;
    }
}
