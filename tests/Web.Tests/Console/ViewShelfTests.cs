// SPDX-License-Identifier: Apache-2.0
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Views of lists kept by a person, in a real browser.</summary>
[TestFixture]
internal sealed class ViewShelfTests : BrowserFixture
{
    [TestCase("en", "light", "olga", "/?region=Yunnan&verdict=watch")]
    [TestCase("zh-Hans", "dark", "sun", "/cases?view=all")]
    public async Task A_person_saves_renames_opens_and_deletes_a_view_that_nobody_else_sees(string language, string theme, string name, string path)
    {
        var page = await OpenAsync(language: language, theme: theme);
        await SignInAsync(page, name, path);
        await LiveAsync(page);
        await page.GetByTestId("view-save").ClickAsync();
        await page.GetByTestId("view-name").FillAsync(Sample.Injection[..40]);
        await page.GetByTestId("view-name").PressAsync("Enter");
        var view = page.GetByTestId("views").Locator("[data-view]");
        await Assertions.Expect(view).ToHaveTextAsync(Sample.Injection[..40]);
        await Assertions.Expect(view).ToHaveAttributeAsync("aria-current", "true");

        await page.GetByTestId("view-manage").ClickAsync();
        await page.GetByTestId("views").Locator(".rows input").FillAsync("云南 watch");
        await page.GetByTestId("views").Locator(".rows input").PressAsync("Enter");
        await Assertions.Expect(view).ToHaveTextAsync("云南 watch");
        await LookAsync(page, $"views-{language}-{theme}");
        await page.GotoAsync(path.Split('?')[0]);
        await Assertions.Expect(view).Not.ToHaveAttributeAsync("aria-current", "true");
        await view.ClickAsync();
        await Assertions.Expect(view).ToHaveAttributeAsync("aria-current", "true");
        Assert.That(page.Url, Does.EndWith(path));

        var other = await OpenAsync();
        await SignInAsync(other, "omar", path);
        await Assertions.Expect(other.GetByTestId("view-save")).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("[data-view]")).ToHaveCountAsync(0);

        await LiveAsync(page);
        await page.GetByTestId("view-manage").ClickAsync();
        await page.GetByTestId("view-delete").ClickAsync();
        await Assertions.Expect(view).ToHaveCountAsync(0);
        await page.GetByTestId("view-undo").ClickAsync();
        await Assertions.Expect(view).ToHaveTextAsync("云南 watch");
        Assert.That(await page.EvaluateAsync<bool>("() => window.owned === undefined"), "a view's name ran as a script");
        Assert.That(Faults, Is.Empty);
    }

    [Test]
    public async Task A_name_taken_is_said_and_who_is_not_signed_in_has_no_views()
    {
        await Host.Access.Views.SaveAsync("ana", "fleet", "Mine", "?region=Yunnan", CancellationToken.None);
        var page = await OpenAsync();
        await LiveAsync(page);
        await Assertions.Expect(page.GetByTestId("views")).ToHaveCountAsync(0);
        await SignInAsync(page, "ana");
        await LiveAsync(page);
        await page.GetByTestId("view-save").ClickAsync();
        await page.GetByTestId("view-name").FillAsync("Mine");
        await page.GetByTestId("view-keep").ClickAsync();
        await Assertions.Expect(page.GetByTestId("view-answer")).ToHaveClassAsync("bad small gap-above");
        await Assertions.Expect(page.GetByTestId("view-name")).ToHaveValueAsync("Mine");
        Assert.That(Faults, Is.Empty);
    }
}
