// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Measures on the page of a case: proposed by one person with their terms, approved by another, and how the exit is kept.</summary>
[TestFixture]
internal sealed class MeasureProposalTests : BrowserFixture
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    [TestCase("en", "m-41", "s-41", "light", "In force")]
    [TestCase("zh-Hans", "m-42", "s-42", "dark", "已生效")]
    public async Task An_exit_plan_is_typed_with_each_fault_at_its_field_and_a_supervisor_approves_it(string language, string meter, string site, string theme, string inForce)
    {
        var id = await ConfirmedAsync(meter, site);
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, "olga", $"/cases/{id}");
        await LiveAsync(page);
        await page.GetByTestId("propose-measure").ClickAsync();
        await page.GetByTestId("send-proposal").ClickAsync();
        await Assertions.Expect(page.Locator("#kind-fault")).ToBeVisibleAsync();

        await page.CheckAsync("[data-kind='exit_plan'] input");
        await page.GetByTestId("exit-add").ClickAsync();
        await FillAsync(page, "#exit-from-0", Day(-20));
        await FillAsync(page, "#exit-kilowatts-0", "340");
        await FillAsync(page, "#exit-kilowatts-1", "<b>");
        await page.GetByTestId("send-proposal").ClickAsync();
        await Assertions.Expect(page.Locator("#exit-from-1")).ToHaveAttributeAsync("aria-describedby", "exit-fault-From-1");
        await Assertions.Expect(page.Locator("#exit-fault-Kilowatts-1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-invalid='true']")).ToHaveCountAsync(2);
        await LookAsync(page, $"measure-faults-{language}");

        await FillAsync(page, "#exit-from-1", Day(20));
        await FillAsync(page, "#exit-kilowatts-1", "350");
        await Assertions.Expect(page.Locator("[aria-invalid='true']")).ToHaveCountAsync(1);
        await FillAsync(page, "#exit-kilowatts-1", "50");
        await Assertions.Expect(page.GetByTestId("preview").GetByTestId("exit-chart")).ToHaveAttributeAsync("data-status", "Breached");
        await page.GetByTestId("proposal-note").FillAsync(Sample.Injection);
        await LookAsync(page, $"measure-proposal-{language}");
        await page.GetByTestId("send-proposal").ClickAsync();
        await Assertions.Expect(page.GetByTestId("measure-answer")).ToBeVisibleAsync();
        var row = page.Locator($"[data-measure='{id}/1']");
        await Assertions.Expect(row.Locator("[data-step]")).ToHaveCountAsync(1); // who proposed it may take it back, and no more
        await page.GetByTestId("propose-measure").ClickAsync();
        await Assertions.Expect(page.Locator("[data-kind='exit_plan'] input")).ToBeDisabledAsync();

        var other = await OpenAsync(language: language, theme: theme);
        await SignInAsync(other, "sun", $"/cases/{id}");
        await LiveAsync(other);
        row = other.Locator($"[data-measure='{id}/1']");
        await row.Locator("[data-step='approve']").ClickAsync();
        await row.GetByTestId("take").ClickAsync();
        await Assertions.Expect(row.Locator("[data-state='in_force']")).ToHaveTextAsync(inForce);
        await Assertions.Expect(row.GetByTestId("exit-chart").Locator("rect.over")).Not.ToHaveCountAsync(0);
        await row.Locator("summary").ClickAsync();
        await LookAsync(other, $"measure-exit-{language}");
        Assert.That(await other.EvaluateAsync<bool>("() => window.owned === undefined"), "text that was typed in ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task The_differential_price_shows_its_basis_rate_and_the_surcharge_to_now_before_it_is_proposed()
    {
        var id = await ConfirmedAsync("m-43", "s-43");
        var page = await OpenAsync();
        await SignInAsync(page, "olga", $"/cases/{id}");
        await LiveAsync(page);
        await page.GetByTestId("propose-measure").ClickAsync();
        await page.CheckAsync("[data-kind='differential_price'] input");
        await Assertions.Expect(page.GetByTestId("surcharge")).ToHaveAttributeAsync("data-ready", "true");
        var answer = await page.APIRequest.GetAsync($"/api/v1/cases/{id}/surcharge");
        var likely = (await answer.JsonAsync())!.Value.GetProperty("yuan").GetProperty("likely").GetDecimal();
        Assert.That(likely, Is.GreaterThan(0));
        await Assertions.Expect(page.GetByTestId("preview")).ToContainTextAsync(likely.ToString("N2", System.Globalization.CultureInfo.GetCultureInfo("en")));
        await Assertions.Expect(page.GetByTestId("preview")).ToContainTextAsync("¥ 0.5 per kWh");
        await LookAsync(page, "measure-surcharge");

        // The evidence changes while the form is open: it says so, and the desk refuses what was decided on the old.
        await Host.Desk.ConsiderAsync(Sample.Finding("m-43", "s-43", Verdict.Case, 0.99, 92), CancellationToken.None);
        await Assertions.Expect(page.GetByTestId("proposal-form").Locator(".banner.bad")).ToBeVisibleAsync();
        await page.GetByTestId("send-proposal").ClickAsync();
        await Assertions.Expect(page.GetByTestId("proposal-answer")).ToBeVisibleAsync();
        await page.GetByTestId("proposal-form").Locator(".banner button").ClickAsync();
        await page.GetByTestId("send-proposal").ClickAsync();
        await Assertions.Expect(page.Locator($"[data-measure='{id}/1'] [data-state='proposed']")).ToHaveCountAsync(1);
        await page.GetByTestId("count-surcharge").ClickAsync();
        await Assertions.Expect(page.GetByTestId("surcharge")).ToHaveAttributeAsync("data-ready", "true");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task Who_may_not_propose_is_offered_nothing_and_an_open_case_takes_no_measure()
    {
        var id = await ConfirmedAsync("m-44", "s-44");
        foreach (var person in new[] { "aud", "ana" })
        {
            var page = await OpenAsync();
            await SignInAsync(page, person, $"/cases/{id}");
            await LiveAsync(page);
            await Assertions.Expect(page.GetByTestId("case-measures")).ToContainTextAsync("Operators and supervisors propose them.");
            await Assertions.Expect(page.GetByTestId("propose-measure")).ToHaveCountAsync(0);
        }

        var open = await OpenAsync();
        await SignInAsync(open, "olga", "/cases/c-1");
        await LiveAsync(open);
        await Assertions.Expect(open.GetByTestId("case-measures")).ToHaveCountAsync(0);
        Assert.That(Faults, Is.Empty);
    }

    /// <summary>A case of a site of its own with a month of load, confirmed by two people.</summary>
    private async Task<string> ConfirmedAsync(string meter, string site)
    {
        var begins = new DateTimeOffset(Today.UtcDateTime.Date, TimeSpan.Zero).AddDays(-40);
        Host.Timeline.Add(Enumerable.Range(0, 39 * 24).Select(h => new Reading(MeterId.Of(meter), begins.AddHours(h))
        {
            Kind = ReadingKind.IntervalMean,
            Interval = TimeSpan.FromHours(1),
            PowerKilowatts = 330 + (80 * Math.Sin(h / 24.0 / 6)) + (h % 24),
        }));
        var finding = Sample.Finding(meter, site, Verdict.Case, 0.95) with { Onset = new OnsetInterval(begins.AddDays(3), begins.AddDays(4), begins.AddDays(5)) };
        await Host.Desk.ConsiderAsync(finding, CancellationToken.None);
        var id = (await Host.Desk.ListAsync(new CaseFilter { Site = site }, CancellationToken.None)).Single().Id;
        foreach (var (verb, who) in new[] { ("triage", "olga"), ("start-inspection", "olga"), ("confirm", "olga"), ("confirm", "omar") })
        {
            Assert.That((await Host.Desk.MoveAsync(id, verb, 1, new Actor(who, Role.Operator), null, CancellationToken.None)).Succeeded, Is.True, verb);
        }

        return id;
    }

    private static string Day(int from) => Today.AddDays(from).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Types and leaves the field, which is when it is read.</summary>
    private static async Task FillAsync(IPage page, string field, string text)
    {
        await page.FillAsync(field, text);
        await page.Locator(field).BlurAsync();
    }
}
