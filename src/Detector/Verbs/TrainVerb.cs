// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Analysis.Bursts;
using Detector.Analysis.References;
using Detector.Analysis.Training;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Host.Verbs;

/// <summary><c>train</c>: fits a model on recordings and simulation.</summary>
internal static class TrainVerb
{
    public static Command Build()
    {
        var run = new RunArguments();
        var models = new Option<string>("--models") { Description = "Folder of models; the version lands in NAME/VERSION under it.", DefaultValueFactory = _ => "models" };
        var name = new Option<string>("--name") { Description = "Name of the model.", DefaultValueFactory = _ => "hashrate" };
        var version = new Option<string>("--model-version") { Description = "Version of the model.", DefaultValueFactory = _ => "1" };
        var overwrite = new Option<bool>("--overwrite") { Description = "Write over a version that exists." };
        var candidate = new Option<bool>("--candidate") { Description = "Leave the model in use as it is: the new one is a candidate." };
        var burstsOnly = new Option<bool>("--bursts-only") { Description = "Fit only the evidence of bursts, beside a version that exists; the rest of it stays as it is." };
        var weeksOnly = new Option<bool>("--weeks-only") { Description = "Count only the bands of honest days and weeks (weeks.json), beside a version that exists; the rest of it stays as it is." };
        var labels = new Option<string?>("--labels") { Description = "Labels with an inspection's provenance, as GET /api/v1/labels?format=csv writes them: also train on those sites.", HelpName = "FILE" };
        var readings = new Option<string?>("--readings") { Description = "Readings of the labelled meters (CSV, CSV.GZ, Parquet), as 'detector export' writes them.", HelpName = "PATH" };
        var sites = new Option<string?>("--sites") { Description = "Sites file: the labelled sites' time zones and declared uses.", HelpName = "FILE" };
        var command = new Command("train", """
            Fits a model on recordings (--recordings or DETECTOR_RECORDINGS) and simulation, calibrates it on sites left out, and
            writes it with its card. Without recordings it trains on simulation only, and the card says so.

            Examples:
              detector train --recordings recordings --model-version 2
              detector train --quick --models /tmp/models
              detector train --recordings recordings --model-version 2 --bursts-only
              detector train --recordings recordings --model-version 2 --weeks-only
              detector train --recordings recordings --labels labels.csv --readings history/ --sites sites.csv --model-version 2 --candidate
            """) { models, name, version, overwrite, candidate, burstsOnly, weeksOnly, labels, readings, sites };
        run.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new TrainingRunOptions
            {
                ModelsFolder = parsed.GetValue(models)!,
                Overwrite = parsed.GetValue(overwrite) || parsed.GetValue(burstsOnly) || parsed.GetValue(weeksOnly),
                MakeCurrent = !parsed.GetValue(candidate),
            };
            options.Training.Name = parsed.GetValue(name)!;
            options.Training.Version = parsed.GetValue(version)!;
            run.Fill(options, parsed);
            options.Inspected = Inspected(parsed.GetValue(labels), parsed.GetValue(readings), parsed.GetValue(sites));
            using var progress = new ProgressLine();
            if (parsed.GetValue(burstsOnly))
            {
                return await TrainBurstsAsync(options, progress, cancel);
            }

            if (parsed.GetValue(weeksOnly))
            {
                return await CountWeeksAsync(options, progress, cancel);
            }

            var outcome = await TrainingRun.RunAsync(options, new AnalysisSteps(progress), cancel);
            progress.Dispose();
            if (outcome.SimulationOnly)
            {
                await Console.Error.WriteLineAsync("Trained on simulation only: no recordings were given. Do not rely on it before it has seen real honest loads.");
            }

            if (outcome.Inspected is { } inspected)
            {
                await Console.Error.WriteLineAsync($"Trained on inspected sites too: {inspected}.");
            }

            Console.WriteLine(outcome.Folder);
            return ExitCode.Done;
        });
        return command;
    }

    private static InspectedSites? Inspected(string? labelsFile, string? readings, string? sitesFile)
    {
        if (labelsFile is null && readings is null)
        {
            return null;
        }

        if (labelsFile is null || readings is null)
        {
            throw new UsageException("--labels and --readings belong together: what inspections found, and the readings from before them.");
        }

        var labels = LabelsFile.Read(labelsFile);
        var left = labels.Count(l => !InspectedSites.Counts(l));
        if (left > 0)
        {
            Console.Error.WriteLine($"{left} of {labels.Count} labels name no inspection and its time, and train nothing.");
        }

        var registry = sitesFile is null ? SiteRegistry.Empty : new SiteRegistry(SitesFile.Read(sitesFile));
        return new InspectedSites(labels, ReadingsArgument.Open(readings).Recordings(), registry);
    }

    private static async Task<int> CountWeeksAsync(TrainingRunOptions options, ProgressLine progress, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(options.VersionFolder, "model.json")))
        {
            throw new UsageException($"There is no model in '{options.VersionFolder}' to count weeks for: give its --models, --name and --model-version.");
        }

        var book = await WeekRun.RunAsync(options, new AnalysisSteps(progress), cancel);
        progress.Dispose();
        foreach (var use in book.Uses)
        {
            await Console.Error.WriteLineAsync($"{use.Use.Name()}: {use.Sites} sites, {use.RecordedSites} of them recorded.");
        }

        Console.WriteLine(options.VersionFolder);
        return ExitCode.Done;
    }

    private static async Task<int> TrainBurstsAsync(TrainingRunOptions options, ProgressLine progress, CancellationToken cancel)
    {
        var training = await BurstTrainingRun.RunAsync(options, new AnalysisSteps(progress), cancel);
        progress.Dispose();
        if (training is null)
        {
            throw new UsageException("There are no recordings of seconds to train on: give --recordings DIR or set DETECTOR_RECORDINGS.");
        }

        Console.WriteLine(options.VersionFolder);
        return ExitCode.Done;
    }
}
