// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text;
using Detector.Codecs;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary><c>doctor</c>: checks the configuration and every connection, and says what to mend.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var sample = new Option<string[]>("--sample") { Description = "A topic and a payload: shows what the mappings make of them.", HelpName = "TOPIC PAYLOAD", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var command = new Command("doctor", """
            Checks the configuration as a whole and each connection it names.

            Examples:
              detector doctor --config detector.json
              detector doctor --sample meters/m-1 '{"ts":"2026-01-01T00:00:00Z","kw":12.3}'
            """) { format, sample };
        common.AddTo(command, listens: true);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            return parsed.GetValue(sample) is [var topic, var payload]
                ? ShowSample(settings, topic, payload)
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

    private static int ShowSample(Settings settings, string topic, string payload)
    {
        var buffer = new ReadingBuffer();
        var result = Parts.MakeDecoder(settings).Decode(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), TimeProvider.System.GetUtcNow(), buffer);
        if (!result.IsDecoded)
        {
            Console.Error.WriteLine($"It would go to the dead letters: {result.Reason} ({result.Kind}, at byte {result.AtByte})");
            return ExitCode.Failed;
        }

        var listing = new Listing("meter", "time", "kind", "interval_s", "kw", "kwh_register", "kvar", "pf", "v", "a", "quality");
        foreach (var r in buffer.Span)
        {
            listing.Add(
                r.Meter.Value, r.Time, r.Kind, r.Interval.TotalSeconds, Given(r.PowerKilowatts), Given(r.RegisterKilowattHours), Given(r.ReactiveKilovars), Given(r.PowerFactor), Given(r.Volts), Given(r.Amperes), QualityFlagNames.Text(r.Quality));
        }

        listing.Write(Console.IsOutputRedirected ? OutputFormat.Json : OutputFormat.Table, Console.Out);
        return ExitCode.Done;
    }

    private static double? Given(double value) => double.IsNaN(value) ? null : value;
}
