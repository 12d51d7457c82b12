// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Analysis.Evaluation;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>evaluate</c>: judges detection on sources it was not trained on, beside the simple baselines.</summary>
internal static class EvaluateVerb
{
    public static Command Build()
    {
        var run = new RunArguments();
        var output = new Option<string>("--out") { Description = "Folder for evaluation.html and evaluation.json.", DefaultValueFactory = _ => "evaluation" };
        var prevalence = new Option<double>("--prevalence") { Description = "Share of sites assumed to mine, for precision and F1.", DefaultValueFactory = _ => 0.02 };
        var ablation = new Option<bool>("--ablation") { Description = "Also what is lost without each group of features: some minutes more." };
        var format = FormatOption.Make();
        var command = new Command("evaluate", """
            Leaves whole sources out, trains on the rest and judges what was left out: precision, recall, F1, precision among the first k,
            false cases per 1,000 honest site-years, detection by style and share, calibration error; each with a 90 % interval over
            sites, beside simple baselines at the same false rate.

            Examples:
              detector evaluate --recordings recordings --out report
              detector evaluate --recordings recordings --quick --format json
              detector evaluate --recordings recordings --ablation
            """) { output, prevalence, ablation, format };
        run.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new EvaluationRunOptions { Prevalence = parsed.GetValue(prevalence), Ablation = parsed.GetValue(ablation) };
            run.Fill(options, parsed);
            EvaluationReport report;
            using (var progress = new ProgressLine())
            {
                report = await EvaluationRun.RunAsync(options, new AnalysisSteps(progress), cancel);
            }

            var folder = parsed.GetValue(output)!;
            await report.WriteAsync(folder, cancel);
            ReportOutput.Write(report.Tables, FormatOption.Of(parsed, format), Path.Combine(folder, "evaluation.json"));
            await Console.Error.WriteLineAsync($"Report: {Path.Combine(folder, "evaluation.html")}".AsMemory(), cancel);
        });
        return command;
    }
}
