// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>What inspections say of stated probabilities, in a real browser.</summary>
[TestFixture]
internal sealed class CalibrationTests : BrowserFixture
{
    [Test]
    public async Task An_inspection_that_found_machines_stands_beside_the_probability_stated_before_it()
    {
        var before = await OpenAsync(language: "zh-Hans", theme: "dark");
        await before.GotoAsync("/models");
        await Assertions.Expect(before.GetByTestId("calibration").Locator(".empty")).ToBeVisibleAsync();

        var (olga, omar) = (new Actor("olga", Role.Operator), new Actor("omar", Role.Operator));
        foreach (var (verb, actor) in new[] { ("triage", olga), ("start-inspection", olga) })
        {
            Assert.That((await Host.Desk.MoveAsync("c-2", verb, 1, actor, null, CancellationToken.None)).Succeeded, Is.True);
        }

        using (var client = Host.Client("olga"))
        using (var answer = await client.PostAsJsonAsync("/api/v1/cases/c-2/inspections", new
        {
            reference = "visit-1",
            inspected = "2026-05-04T02:00:00Z",
            inspector = "Li",
            location = "Hall",
            meters = new[] { "m-19" },
            outcome = "machines_found",
            machines = new[] { new { model = "rig", count = 12 } },
        }))
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        }

        foreach (var actor in new[] { olga, omar })
        {
            Assert.That((await Host.Desk.MoveAsync("c-2", "confirm", 1, actor, null, CancellationToken.None)).Succeeded, Is.True);
        }

        foreach (var (language, theme) in new[] { ("en", "light"), ("zh-Hans", "dark") })
        {
            var page = await OpenAsync(language: language, theme: theme);
            await page.GotoAsync("/models");
            await Assertions.Expect(page.GetByTestId("calibration-band").Locator("tbody tr")).ToHaveCountAsync(1);
            await Assertions.Expect(page.GetByTestId("calibration-band").Locator("tbody td").Nth(1)).ToHaveTextAsync("91 %");
            await Assertions.Expect(page.GetByTestId("calibration-quarter").Locator("tbody th")).ToHaveTextAsync("2026 Q2");
            await LookAsync(page, $"calibration-{language}-{theme}");
        }

        Assert.That(Faults, Is.Empty);
    }
}
