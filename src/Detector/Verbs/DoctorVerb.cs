// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>doctor</c>: checks the configuration and every connection, and says what to mend.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var sample = new Option<string[]>("--sample") { Description = "A topic and a payload (@FILE for a file's bytes): shows which mapping takes it and why, and the readings or the rejection with its place.", HelpName = "TOPIC PAYLOAD", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var command = new Command("doctor", """
            Checks the configuration as a whole and each connection it names.

            Examples:
              detector doctor --config detector.json
              detector doctor --sample meters/m-1 '{"ts":"2026-01-01T00:00:00Z","kw":12.3}'
              detector doctor --config detector.json --sample spBv1.0/plant/NBIRTH/gateway @birth.bin --format json
            """) { format, sample };
        common.AddTo(command, listens: true);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            return parsed.GetValue(sample) is [var topic, var payload]
                ? SampleReport.Write(settings, topic, payload, FormatOption.Of(parsed, format))
                : await CheckAsync(settings, FormatOption.Of(parsed, format), cancel);
        });
        return command;
    }

    private static async Task<int> CheckAsync(Settings settings, OutputFormat format, CancellationToken cancel)
    {
        var listing = new Listing("part", "ok", "detail");
        listing.Add("configuration", true, $"state under {Path.GetFullPath(settings.Data.Folder)}");
        var code = ExitCode.Done;
        foreach (var (part, check) in Checks.Of(settings))
        {
            var result = await check(cancel);
            listing.Add(part, result.Ok, result.Detail);
            code = Math.Max(code, result.Ok ? ExitCode.Done : result.ExitCode);
        }

        listing.Write(format, Console.Out);
        return code;
    }
}
