// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Codecs;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Pipeline.Weather;
using Detector.Recordings;

namespace Detector.Host.Demo;

/// <summary>One run of the demo on a service that is built but not started.</summary>
internal sealed class DemoRun(WebApplication app, Settings settings, int simulated, long seed, double speed, string? recordings)
{
    private const int MostRecorded = 40;

    private readonly TimeProvider _time = TimeProvider.System;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var end = now.AddTicks(-(now.Ticks % TimeSpan.FromMinutes(15).Ticks));
        var liveFrom = DemoFleet.LiveFrom(end);
        try
        {
            var sites = MakeFleet(end, cancel);
            await StartUp.RunAsync(app, settings, cancel);
            await PresentAsync(sites, liveFrom, cancel);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Done; // --for has passed, or Ctrl+C: both are the way it ends
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private List<DemoSite> MakeFleet(DateTimeOffset end, CancellationToken cancel)
    {
        using var progress = new ProgressLine();
        var sites = new List<DemoSite>();
        foreach (var site in DemoFleet.Simulated(simulated, seed, end))
        {
            cancel.ThrowIfCancellationRequested();
            sites.Add(site);
            progress.Show($"{sites.Count} of {simulated} sites simulated");
        }

        if (recordings is not null)
        {
            sites.AddRange(DemoFleet.Recorded(recordings, MostRecorded, end));
        }

        app.Services.GetRequiredService<WeatherBook>().Put(DemoFleet.Temperatures(seed, end));
        SitesFile.Write(Path.Combine(settings.Data.Folder, Parts.SitesFileName), sites.Select(s => s.Registration));
        app.Services.GetRequiredService<RegistryHolder>().Replace(new SiteRegistry(sites.Select(s => s.Registration)));
        return sites;
    }

    private async Task PresentAsync(List<DemoSite> sites, DateTimeOffset liveFrom, CancellationToken cancel)
    {
        var console = app.Urls.First();
        var output = Console.Out;
        await output.WriteLineAsync($"Console  {console}");
        await output.WriteLineAsync($"Broker   {app.Services.GetRequiredService<IntakeService>().Url}");
        await output.WriteLineAsync($"State    {Path.GetFullPath(settings.Data.Folder)}");
        await PrintTokensAsync(cancel);

        var bySite = sites.ToDictionary(s => s.Registration.Site, StringComparer.Ordinal);
        var desk = app.Services.GetRequiredService<CaseDesk>();
        var reporter = new DemoReporter(desk, console, bySite, output);
        var publisher = new DemoPublisher(app.Services.GetRequiredService<IntakeService>(), app.Services.GetRequiredService<MessageDecoder>(), _time);
        var progress = new ProgressLine();
        var publishing = publisher.PublishHistoryAsync(sites, liveFrom, progress, cancel);
        await ReportUntilJudgedAsync(reporter, publishing, progress, cancel);
        await publishing;
        progress.Dispose();

        await reporter.PrintFleetAsync(cancel);
        await output.WriteLineAsync($"{app.Services.GetRequiredService<ILedger>().Snapshot()}");
        await output.WriteLineAsync($"Going on live at {speed:0} times real time. Ctrl+C ends the demo.");
        var live = publisher.PublishLiveAsync(sites, liveFrom, speed, cancel);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await reporter.PrintNewCasesAsync(cancel);
            if (live.IsFaulted)
            {
                await live;
            }
        }
    }

    private async Task ReportUntilJudgedAsync(DemoReporter reporter, Task publishing, ProgressLine progress, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), _time);
        while (!publishing.IsFaulted && !(publishing.IsCompleted && IsSettled()) && await timer.WaitForNextTickAsync(cancel))
        {
            await reporter.PrintNewCasesAsync(cancel);
            if (publishing.IsCompleted)
            {
                progress.Show($"{app.Services.GetRequiredService<Watch>().Judged} judgements given");
            }
        }

        await reporter.PrintNewCasesAsync(cancel);
    }

    private bool IsSettled() =>
        app.Services.GetRequiredService<ILedger>().Snapshot().Pending == 0
        && app.Services.GetRequiredService<MeterStates>().AllJudged(settings.Watch, _time.GetUtcNow());

    private async Task PrintTokensAsync(CancellationToken cancel)
    {
        var access = app.Services.GetRequiredService<AccessStore>();
        foreach (var role in RoleNames.All)
        {
            var name = "demo-" + role.Name();
            await access.AddUserAsync(name, role, cancel); // taken already where the state was kept: a new token is enough
            var token = await access.CreateTokenAsync(name, expiresIn: TimeSpan.FromDays(7), cancel);
            await Console.Out.WriteLineAsync($"{name,-16} {token.Value}");
        }
    }
}
