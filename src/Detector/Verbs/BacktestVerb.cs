// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Analysis.Backtests;
using Detector.Detection;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Host.Verbs;

/// <summary><c>backtest</c>: what a candidate would have said of history, beside the model in use.</summary>
internal static class BacktestVerb
{
    public static Command Build()
    {
        var readings = new Option<string>("--readings") { Description = "History: a readings file, or a folder searched recursively (CSV, CSV.GZ, Parquet).", Required = true, HelpName = "PATH" };
        var candidate = new Option<string>("--candidate") { Description = "The model to compare: NAME/VERSION under --models, or its folder.", Required = true, HelpName = "MODEL" };
        var model = new Option<string?>("--model") { Description = "The model to compare it with; the one in use by default.", HelpName = "MODEL" };
        var root = ModelsVerb.Root();
        var sites = new Option<string?>("--sites") { Description = "Sites file: what the meters' sites declared, their capacity and time zone.", HelpName = "FILE" };
        var labels = new Option<string?>("--labels") { Description = "What is known to be true: meter,mines and optionally site,share,onset,class,style.", HelpName = "FILE" };
        var from = new Option<string?>("--from") { Description = $"First look ({Moments.Help}); each meter's beginning by default.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = $"Last look ({Moments.Help}); each meter's end by default.", HelpName = "TIME" };
        var every = new Option<string>("--every") { Description = "Time between looks.", DefaultValueFactory = _ => "7d" };
        var output = new Option<string>("--out") { Description = "Folder for backtest.html and backtest.json.", DefaultValueFactory = _ => "backtest" };
        var format = FormatOption.Make();
        var command = new Command("backtest", """
            Judges history again by a candidate and by the model in use, look by look, each look seeing only the readings before it:
            the cases each would have opened, the meters on which they differ and why, and, with labels, what was right.

            Examples:
              detector backtest --readings history/ --candidate hashrate/2
              detector backtest --readings history/ --sites sites.csv --labels labels.csv --candidate models/hashrate/2 --out report
              detector backtest --readings history/ --candidate hashrate/2 --from 2026-01-01T00:00:00Z --every 1d --format json
            """) { readings, candidate, model, root, sites, labels, from, to, every, output, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var models = parsed.GetValue(root);
            var options = new BacktestOptions
            {
                Candidate = Load(models, parsed.GetValue(candidate)),
                InUse = Load(models, parsed.GetValue(model)),
                Registry = parsed.GetValue(sites) is { } file ? new SiteRegistry(SitesFile.Read(file)) : SiteRegistry.Empty,
                Labels = parsed.GetValue(labels) is { } known ? LabelsFile.Read(known) : [],
                From = Moments.Parse("--from", parsed.GetValue(from)),
                To = Moments.Parse("--to", parsed.GetValue(to)),
                Every = Durations.Parse("--every", parsed.GetValue(every)!),
            };
            var report = Run(parsed.GetValue(readings)!, options, cancel);
            var folder = parsed.GetValue(output)!;
            await report.WriteAsync(folder, cancel);
            ReportOutput.Write(report.Tables, FormatOption.Of(parsed, format), Path.Combine(folder, "backtest.json"));
            await Console.Error.WriteLineAsync($"Report: {Path.Combine(folder, "backtest.html")}".AsMemory(), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static BacktestReport Run(string path, BacktestOptions options, CancellationToken cancel)
    {
        var source = ReadingsArgument.Open(path);
        using var progress = new ProgressLine();
        return BacktestRun.Of(source.Recordings(), options, new AnalysisSteps(progress), cancel);
    }

    private static DetectorModel Load(string? root, string? model) => DetectorModel.Load(
        model is null ? ModelsVerb.InUse(root)
        : File.Exists(Path.Combine(model, "model.json")) ? model
        : ModelsVerb.Existing(ModelsVerb.Folder(root), model));
}
