// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Playwright;

namespace Detector.Web.Tests.Console;

/// <summary>What a page costs to load, how it bears a big fleet, and what it does when the server goes away.</summary>
[TestFixture]
internal sealed class ResilienceTests : BrowserFixture
{
    [TestCase("/", 250_000)]
    [TestCase("/sites/s-4", 400_000)] // with 8,500 readings, their patterns and the library that draws them
    public async Task The_first_load_stays_small_on_the_wire(string path, int mostBytes)
    {
        var page = await OpenAsync();
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        var total = 0L;
        wire.Event("Network.loadingFinished").OnEvent += (_, data) => Interlocked.Add(ref total, data!.Value.GetProperty("encodedDataLength").GetInt64());
        await page.GotoAsync(path);
        await LiveAsync(page);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await TestContext.Out.WriteLineAsync($"{path}: {Interlocked.Read(ref total)} bytes on the wire");
        Assert.That(Interlocked.Read(ref total), Is.InRange(50_000, mostBytes));
    }

    [Test]
    public async Task A_hundred_thousand_sites_scroll_with_few_lines_alive()
    {
        var before = Host.Registry.Current;
        Host.Registry.Replace(new SiteRegistry(before.Meters.Concat(Enumerable.Range(0, 100_000).Select(i => Sample.Registration($"n-{i}", $"t-{i:00000}", $"Transformer {i:00000}")))));
        try
        {
            var page = await OpenAsync();
            await LiveAsync(page);
            await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync("100,006");
            await page.Locator(".pane").EvaluateAsync("pane => pane.scrollTo(0, pane.scrollHeight)");
            await Assertions.Expect(page.Locator("tr[data-site='t-99999']")).ToBeVisibleAsync();
            Assert.That(await page.Locator("tr[data-site]").CountAsync(), Is.LessThan(120));
            await page.FillAsync("#search", "transformer 04242");
            await Assertions.Expect(page.Locator("tr[data-site]")).ToHaveCountAsync(1);
            Assert.That(Faults, Is.Empty);
        }
        finally
        {
            Host.Registry.Replace(before);
        }
    }

    [Test]
    public async Task When_the_server_goes_the_page_says_so_and_when_it_is_back_nothing_typed_is_lost()
    {
        var page = await OpenAsync();
        await SignInAsync(page, "olga", "/cases/c-2");
        await page.ClickAsync("[data-verb='triage']");
        await page.FillAsync("[data-testid='note']", "Half a sentence that took");
        await Host.RestartAsync(async () => await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync());

        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 60_000 });
        await Assertions.Expect(page.GetByTestId("who")).ToContainTextAsync("olga");
        await LiveAsync(page);
        await page.ClickAsync("[data-verb='triage']");
        await Assertions.Expect(page.GetByTestId("note")).ToHaveValueAsync("Half a sentence that took");
        await page.ClickAsync("[data-testid='send']");
        await Assertions.Expect(page.GetByTestId("story").Locator(".note").First).ToHaveTextAsync("Half a sentence that took");
    }
}
