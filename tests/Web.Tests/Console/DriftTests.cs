// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Pipeline.Drift;
using Detector.Profiles;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Drift on the analyst's desk, in a real browser.</summary>
[TestFixture]
internal sealed class DriftTests : BrowserFixture
{
    [Test]
    public async Task A_fleet_unlike_the_training_data_is_told_feature_by_feature()
    {
        var before = await OpenAsync();
        await before.GotoAsync("/models");
        await Assertions.Expect(before.GetByTestId("drift").Locator(".empty")).ToBeVisibleAsync();

        var (book, profiles) = (Host.Services.GetRequiredService<DriftBook>(), new ProfileBuilder(FeatureCatalog.Default()));
        var end = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 24; i++)
        {
            // As flat as nothing honest is.
            var row = MeterRegistration.Unregistered(MeterId.Of($"flat-{i}"));
            var values = Enumerable.Range(0, 28 * 24).Select(h => 500 + ((h + i) * 7919L % 13 / 100f)).ToArray();
            book.Count(profiles.Build(new LoadSeries(row.Meter, end.AddDays(-28), TimeSpan.FromHours(1), values, new QualityFlags[values.Length]), row), judgedBefore: null);
        }

        foreach (var (language, theme, departs) in new[] { ("en", "light", "departs"), ("zh-Hans", "dark", "偏离") })
        {
            var page = await OpenAsync(language: language, theme: theme);
            await page.GotoAsync("/models");
            await LiveAsync(page);
            var drift = page.GetByTestId("drift");
            await Assertions.Expect(drift.GetByTestId("drift-sum")).ToContainTextAsync($"{book.Report().Features.Count(f => f.Departs)}");
            await Assertions.Expect(drift.Locator("tbody tr").First.Locator("strong")).ToHaveTextAsync(departs);
            await LookAsync(page, $"drift-{language}-{theme}");
        }

        Assert.That(Faults, Is.Empty);
    }
}
