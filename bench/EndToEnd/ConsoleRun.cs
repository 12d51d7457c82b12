// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using Detector.Testing;
using Microsoft.Playwright;
using static Detector.Bench.EndToEnd.Report;

namespace Detector.Bench.EndToEnd;

/// <summary>The running console before real Chromium: what its pages cost to load, draw and scroll, and what many open sessions cost the service.</summary>
/// <remarks>Browser, service and publisher share the machine, so that times are longer than those of a person at a machine of their own.</remarks>
internal static class ConsoleRun
{
    private const int Loads = 7;
    private const int Zooms = 40;
    private const int Jumps = 200;
    private const int MessagesASecond = 200;
    private const int SearchRounds = 5;
    private const int Milestone = 25; // sessions after which memory is looked at
    private static readonly TimeSpan LiveFor = TimeSpan.FromSeconds(60);

    /// <summary>Measures and prints; the code to end with: 1 where Chromium is not installed.</summary>
    /// <param name="sites">How many sites the fleet has.</param>
    /// <param name="sessions">Pages that are open at a time at the end.</param>
    /// <param name="judged">Whether all sites have readings and verdicts, and the fleet alone is looked at: else hardly a line has a picture.</param>
    public static async Task<int> RunAsync(int sites, int sessions, bool judged)
    {
        if (Requires.Find("chromium") is not { } chromium)
        {
            await Console.Error.WriteLineAsync("chromium is not installed: install the Debian package chromium.");
            return 1;
        }

        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        Print($"{sites:N0} sites, {sessions} sessions, {Environment.ProcessorCount} cores, load {load} before the run");
        await using var served = await ServedConsole.StartAsync(sites, judged);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = ["--renderer-process-limit=4"],
        });
        Print($"figure | limit | measured");
        Print($"---|---|---");
        await FirstLoadAsync(browser, served);
        if (judged)
        {
            await FleetAsync(browser, served, pictures: true);
            return 0;
        }

        await ChartAsync(browser, served);
        await FleetAsync(browser, served, pictures: false);
        await SessionsAsync(browser, served, sessions, sites);
        return 0;
    }

    private static async Task FirstLoadAsync(IBrowser browser, ServedConsole served)
    {
        var context = await ConsoleLooks.ContextAsync(browser, served.Address);
        var page = await context.NewPageAsync();
        var bytes = await ConsoleLooks.WireBytesAsync(page, "/");
        Print($"first load of the fleet, bytes on the wire, empty cache | < 250,000 | {bytes:N0}");
        var loads = new List<double>();
        for (var i = 0; i < Loads; i++)
        {
            loads.Add(await ConsoleLooks.LoadAsync(page, "/"));
        }

        Show("until the fleet answers to keys and clicks, warm", 1_500, loads);
        await context.CloseAsync();
    }

    private static async Task ChartAsync(IBrowser browser, ServedConsole served)
    {
        var context = await ConsoleLooks.ContextAsync(browser, served.Address);
        var page = await context.NewPageAsync();
        var drawn = new List<double>();
        var points = 0;
        for (var i = 0; i < Loads; i++)
        {
            (points, var took) = await ConsoleLooks.ChartAsync(page, "/sites/" + ServedConsole.ChartSite);
            drawn.Add(took);
        }

        Show(string.Create(CultureInfo.InvariantCulture, $"chart of {points:N0} points: from the last byte to drawn"), 150, drawn);
        Show("zoom of it by key: until the next frame", 50, await ConsoleLooks.ZoomsAsync(page, Zooms));
        await context.CloseAsync();
    }

    private static async Task FleetAsync(IBrowser browser, ServedConsole served, bool pictures)
    {
        var context = await ConsoleLooks.ContextAsync(browser, served.Address);
        var page = await context.NewPageAsync();
        await ConsoleLooks.LoadAsync(page, "/");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var requests = ConsoleLooks.WatchRequests(page);
        Show(string.Create(CultureInfo.InvariantCulture, $"{Jumps} jumps of the scroll, 500 to 250,000 pixels: until the new lines are there{(pictures ? " with their pictures" : string.Empty)}"), 200, await ConsoleLooks.ScrollAsync(page, Jumps, pictures));
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Show(string.Create(CultureInfo.InvariantCulture, $"HTTP requests of that scrolling, {requests.Count:N0} of them, {requests.Count(r => r.Status >= 400)} refused"), 200, [.. requests.Select(r => r.Milliseconds)]);
        foreach (var (name, act, undo) in Acts)
        {
            var took = new List<double>();
            for (var i = 0; i < SearchRounds; i++)
            {
                took.Add(await ConsoleLooks.ChangedAsync(page, act));
                await ConsoleLooks.ChangedAsync(page, undo);
                await Task.Delay(TimeSpan.FromMilliseconds(500)); // the address follows the typing
            }

            Show(name, 200, took);
        }

        await context.CloseAsync();
    }

    private static IEnumerable<(string Name, string Act, string Undo)> Acts
    {
        get
        {
            const string Search = "const box = document.querySelector('#search'); box.value = '{0}'; box.dispatchEvent(new Event('input', { bubbles: true }));";
            const string Choose = "const choice = document.querySelector('#choice-region'); choice.value = '{0}'; choice.dispatchEvent(new Event('change', { bubbles: true }));";
            const string Order = "document.querySelector(`thead a.sort[href{0}]`).click();";
            yield return ("search of the fleet: until its lines are there", Search.Replace("{0}", "former 0424", StringComparison.Ordinal), Search.Replace("{0}", string.Empty, StringComparison.Ordinal));
            yield return ("filter by region: until its lines are there", Choose.Replace("{0}", "Region 7", StringComparison.Ordinal), Choose.Replace("{0}", string.Empty, StringComparison.Ordinal));
            yield return ("order by name: until its lines are there", Order.Replace("{0}", "*=\"sort=name\"", StringComparison.Ordinal), "document.querySelector('thead a.sort.on').click();");
        }
    }

    private static async Task SessionsAsync(IBrowser browser, ServedConsole served, int sessions, int sites)
    {
        var (before, _) = served.MemoryMebibytes();
        using var stopping = new CancellationTokenSource();
        var traffic = served.PublishLiveAsync(MessagesASecond, stopping.Token);
        var context = await ConsoleLooks.ContextAsync(browser, served.Address);
        var watch = Stopwatch.StartNew();
        for (var session = 0; session < sessions; session++)
        {
            var page = await context.NewPageAsync();
            await ConsoleLooks.LoadAsync(page, session % 2 == 0 ? "/" : "/sites/" + ServedConsole.Site(session % sites));
            if ((session + 1) % Milestone == 0)
            {
                Print($"memory of the service with {session + 1} pages opened | | {served.MemoryMebibytes().Resident:N0} MiB");
            }
        }

        var opened = watch.Elapsed;
        await Task.Delay(LiveFor);
        var live = 0;
        foreach (var page in context.Pages)
        {
            live += await page.EvaluateAsync<bool>("() => document.querySelector('[data-live]') !== null && !document.querySelector('#components-reconnect-modal.components-reconnect-show')") ? 1 : 0;
        }

        var (resident, peak) = served.MemoryMebibytes();
        await stopping.CancelAsync();
        await traffic;
        await served.SettleAsync();
        Print($"memory of the service, {live} live Chromium pages (half fleet, half site), {MessagesASecond} messages/s, {LiveFor.TotalSeconds:N0} s after the last was opened | < 1,500 MiB | {resident:N0} MiB, peak {peak:N0} MiB; {before:N0} MiB before; opened in {opened.TotalSeconds:N0} s");
        await context.CloseAsync();
    }

    private static void Show(string figure, int limitMilliseconds, IReadOnlyList<double> took)
    {
        var sorted = took.Order().ToArray();
        Print(sorted.Length == 0
            ? $"{figure} | < {limitMilliseconds:N0} ms | none"
            : (FormattableString)$"{figure} | < {limitMilliseconds:N0} ms | median {sorted[sorted.Length / 2]:N0} ms, p95 {sorted[sorted.Length * 95 / 100]:N0} ms, longest {sorted[^1]:N0} ms");
    }
}
