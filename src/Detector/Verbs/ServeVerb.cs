// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Hosting;
using Serilog.Events;

namespace Detector.Host.Verbs;

/// <summary><c>serve</c>: the service, by configuration.</summary>
internal static class ServeVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var level = new Option<LogEventLevel>("--log") { Description = "Least level that is logged to standard error.", DefaultValueFactory = _ => LogEventLevel.Information };
        var command = new Command("serve", """
            Runs the service: intake, journal, timeline, judgement, cases, API and console. Ctrl+C or SIGTERM ends it cleanly.

            Examples:
              detector serve --data /var/lib/detector
              detector serve --config detector.json --mqtt-url mqtt://broker:1883
              DETECTOR__Timeline__Kind=influx DETECTOR__Timeline__Influx__Url=http://127.0.0.1:8086 detector serve
            """) { level };
        common.AddTo(command, listens: true);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            await using var app = await ServiceHost.BuildAsync(settings, parsed.GetValue(level), cancel);
            await StartUp.RunAsync(app, settings, cancel);
            await Console.Error.WriteLineAsync($"Console and API on {string.Join(' ', app.Urls)}; meters publish to {app.Services.GetRequiredService<IntakeService>().Url}; state under {Path.GetFullPath(settings.Data.Folder)}");
            await app.WaitForShutdownAsync(cancel);
            return Environment.ExitCode;
        });
        return command;
    }
}
