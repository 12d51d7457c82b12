// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;
using Detector.Host.Demo;
using Detector.Host.Hosting;
using Detector.Intake.Clients;
using Serilog.Events;

namespace Detector.Host.Verbs;

/// <summary><c>demo</c>: the main job with everything embedded.</summary>
internal static class DemoVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var lasts = new Option<string?>("--for") { Description = "End by itself after so long, such as 60s.", HelpName = "DURATION" };
        var sites = new Option<int>("--sites") { Description = "Simulated sites.", DefaultValueFactory = _ => 64 };
        var seed = new Option<long>("--seed") { Description = "Another seed is another fleet; this one is judged right in full, others miss some: docs/evaluation.md.", DefaultValueFactory = _ => 85 };
        var speed = new Option<double>("--speed") { Description = "Live readings at so many times real time, until they reach the present.", DefaultValueFactory = _ => 900 };
        var recordings = new Option<string?>("--recordings") { Description = "Folder of readings files to show beside the simulated sites.", HelpName = "DIR" };
        var command = new Command("demo", """
            Shows the main job with everything embedded: a fleet of labelled sites with 91 days of quarter-hourly history is published
            over MQTT, kept, stored and judged; cases are printed as they are raised, then the fleet goes on live.

            Examples:
              detector demo
              detector demo --for 3m --data demo-state
              detector demo --recordings recordings/ --http 127.0.0.1:9000
            """) { lasts, sites, seed, speed, recordings };
        common.AddTo(command, listens: true);
        command.SetAction(async (parsed, cancel) =>
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (parsed.GetValue(lasts) is { } text)
            {
                ends.CancelAfter(Durations.Parse("--for", text));
            }

            await using var state = DemoState.Choose(parsed.GetValue(common.Data));
            var settings = common.Load(parsed, ("Data:Folder", state.Folder), ("Http:AnonymousLoopbackRead", "true"), ("Watch:QuietFor", "00:00:01"));
            RefuseSecured(settings);
            FreeAddresses.Choose(settings, httpGiven: parsed.GetResult(common.Http) is not null, mqttGiven: parsed.GetResult(common.Mqtt) is not null);
            await using var app = await ServiceHost.BuildAsync(settings, LogEventLevel.Error, cancel);
            var run = new DemoRun(app, settings, parsed.GetValue(sites), parsed.GetValue(seed), parsed.GetValue(speed), parsed.GetValue(recordings));
            return await run.RunAsync(ends.Token);
        });
        return command;
    }

    private static void RefuseSecured(Settings settings)
    {
        var clients = settings.Mqtt.Clients;
        if (settings.Mqtt.Url.Length == 0 && (settings.Mqtt.Tls.IsSet || clients.Anonymous == AnonymousAccess.Never || ClientsFile.Read(clients.File).Names.Count > 0))
        {
            throw new UsageException("The demo publishes its fleet to the embedded broker without TLS and credentials; leave Mqtt:Tls and Mqtt:Clients to 'serve', and give the demo a --data of its own.");
        }
    }
}
