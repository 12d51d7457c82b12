// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Detector.Bench.EndToEnd;

/// <summary>What is timed in the page itself, by its own clock, so that the way to the browser's process is in no figure.</summary>
internal static class ConsoleLooks
{
    // Remembers when the page became live, and waits frame by frame for what an action is to show.
    private const string Clock = """
        window.benchLive = new Promise(resolve => {
          const look = () => document.querySelector("[data-live]") && document.querySelector("#search:enabled ~ *, [data-testid=chart]") ? resolve(performance.now()) : requestAnimationFrame(look);
          look();
        });
        window.benchUntil = async (act, holds) => {
          const began = performance.now();
          act();
          do {
            await new Promise(requestAnimationFrame);
            if (performance.now() - began > 60000) { throw new Error("Nothing came of it within a minute: " + act); }
          } while (!holds());
          return performance.now() - began;
        };
        """;

    /// <summary>A person with a browser of their own, whose pages have the clock.</summary>
    public static async Task<IBrowserContext> ContextAsync(IBrowser browser, string address)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address, ViewportSize = new ViewportSize { Width = 1360, Height = 900 } });
        context.SetDefaultTimeout(120_000);
        await context.AddInitScriptAsync(Clock);
        return context;
    }

    /// <summary>Milliseconds from the start of the navigation until the page answers to keys and clicks.</summary>
    public static async Task<double> LoadAsync(IPage page, string path)
    {
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        return await page.EvaluateAsync<double>("() => window.benchLive");
    }

    /// <summary>Bytes on the wire until nothing more comes; the browser's cache must be empty, but it is used: pictures of the page before it is live are those after.</summary>
    public static async Task<long> WireBytesAsync(IPage page, string path)
    {
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        var total = 0L;
        wire.Event("Network.loadingFinished").OnEvent += (_, data) => Interlocked.Add(ref total, data!.Value.GetProperty("encodedDataLength").GetInt64());
        await LoadAsync(page, path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await wire.DetachAsync();
        return Interlocked.Read(ref total);
    }

    /// <summary>Points of the chart, and milliseconds from the arrival of the points to the chart's drawing, as the page notes it.</summary>
    public static async Task<(int Points, double Drawn)> ChartAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator("[data-testid=chart][data-ready=true]").WaitForAsync();
        var points = await page.EvaluateAsync<int>("() => Number(document.querySelector('[data-testid=chart]').dataset.points)");
        return (points, await page.EvaluateAsync<double>("() => performance.getEntriesByName('chart-draw').at(-1).duration"));
    }

    /// <summary>Milliseconds of each zoom, in and out by keys, until the next frame is drawn.</summary>
    public static Task<double[]> ZoomsAsync(IPage page, int times) => page.EvaluateAsync<double[]>(
        """
        async times => {
          const chart = document.querySelector("[data-testid=chart]");
          const took = [];
          for (let i = 0; i < times; i++) {
            await new Promise(requestAnimationFrame);
            await new Promise(next => setTimeout(next, 300));
            const began = performance.now();
            chart.dispatchEvent(new KeyboardEvent("keydown", { key: i % 8 < 4 ? "+" : "-", bubbles: true }));
            await new Promise(requestAnimationFrame);
            await new Promise(next => setTimeout(next));
            took.push(performance.now() - began);
          }
          return took;
        }
        """,
        times);

    /// <summary>Scrolls the list so often, near and far in turn; milliseconds of each until lines fill the pane at the new place, with the pictures of their load where that is asked for.</summary>
    public static Task<double[]> ScrollAsync(IPage page, int jumps, bool pictures) => page.EvaluateAsync<double[]>(
        """
        async ([jumps, pictures]) => {
          const pane = document.querySelector(".pane");
          pane.scrollIntoView();
          const filled = () => {
            const box = pane.getBoundingClientRect();
            const [top, bottom] = [Math.max(box.top, 0) + 60, Math.min(box.bottom, innerHeight) - 30];
            return [top, (top + bottom) / 2, bottom].every(y => document.elementFromPoint(box.left + 80, y)?.closest("tr[data-site]")?.querySelector(pictures ? ".spark [d^=M]" : "*"));
          };
          const took = [];
          for (let i = 0; i < jumps; i++) {
            const way = [500, 2500, 25000, 250000][i % 4];
            const room = pane.scrollHeight - pane.clientHeight - pane.scrollTop;
            took.push(await window.benchUntil(() => { pane.scrollTop += way < room ? way : -way; }, filled));
            await new Promise(next => setTimeout(next, 100)); // as a hand does
          }
          return took;
        }
        """,
        new object[] { jumps, pictures });

    /// <summary>Milliseconds from an action until the page says another number of sites, or another first site.</summary>
    public static Task<double> ChangedAsync(IPage page, string act) => page.EvaluateAsync<double>($$"""
        () => {
          const shown = () => document.querySelector(".bar [role=status]").textContent + document.querySelector("tr[data-site]")?.dataset.site;
          const before = shown();
          return window.benchUntil(() => { {{act}} }, () => shown() !== before);
        }
        """);

    /// <summary>What every request of a page took, from asking to the last byte, by path; the waiting for a free connection is the browser's.</summary>
    public static ConcurrentBag<(string Path, double Milliseconds, int Status)> WatchRequests(IPage page)
    {
        var seen = new ConcurrentBag<(string, double, int)>();
        page.RequestFinished += async (_, request) =>
        {
            try
            {
                var status = await request.ResponseAsync() is { } answer ? answer.Status : 0;
                var timing = request.Timing;
                seen.Add((new Uri(request.Url).AbsolutePath, timing.ResponseEnd - Math.Max(0, timing.RequestStart), status));
            }
            catch (PlaywrightException)
            {
                // The page was closed meanwhile.
            }
        };
        return seen;
    }
}
