// SPDX-License-Identifier: Apache-2.0
using Detector.Web.Tests.Security.OpenId;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>Signing in by an identity provider, in a real browser with its cookies and the content security policy.</summary>
[TestFixture]
internal sealed class ProviderSignInTests : BrowserFixture
{
    private TestProvider _provider = null!;

    protected override async Task PrepareAsync(WebOptions options)
    {
        _provider = await TestProvider.StartAsync();
        options.OpenId = Federation.Options(_provider.Authority);
        options.AnonymousLoopbackRead = false;
    }

    [OneTimeTearDown]
    public async Task StopProvider() => await _provider.DisposeAsync();

    [TestCase("en", "light", "Sign in with Grid Login", "Signed out", "No access")]
    [TestCase("zh-Hans", "dark", "通过 Grid Login 登录", "已退出", "无访问权限")]
    public async Task A_person_comes_by_the_provider_leaves_by_both_doors_and_one_without_a_role_is_told(string language, string theme, string enter, string left, string none)
    {
        var page = await OpenAsync(language: language, theme: theme);
        _provider.Person = Federation.Sun;
        await page.GotoAsync("/cases");
        await Assertions.Expect(page.GetByTestId("provider")).ToHaveTextAsync(enter);
        await LookAsync(page, $"provider-{language}");
        await page.GetByTestId("provider").ClickAsync();
        await page.WaitForURLAsync("**/cases");
        await Assertions.Expect(page.GetByTestId("who")).ToContainTextAsync("孙 监督");
        await LiveAsync(page);

        await page.ClickAsync("form[action='/sign-out'] button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(left);
        await LookAsync(page, $"signed-out-{language}");
        await page.GetByTestId("leave").ClickAsync();
        await page.WaitForURLAsync("**/sign-in?return=*");
        Assert.That(_provider.Person, Is.Null);

        _provider.Person = Federation.Nobody;
        await page.GetByTestId("provider").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(none);
        await LookAsync(page, $"no-access-{language}");
        Assert.That(Faults.Where(f => !f.Contains(_provider.Authority, StringComparison.Ordinal) && !f.Contains("403", StringComparison.Ordinal)), Is.Empty, "the provider is another host, and the last page is a 403");
    }
}
