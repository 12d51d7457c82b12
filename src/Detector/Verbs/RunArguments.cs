// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Analysis;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary>Options that every run of the analyst has.</summary>
internal sealed class RunArguments
{
    private readonly Option<string?> _recordings = new("--recordings") { Description = "Folder of recordings, with honest/ under it; DETECTOR_RECORDINGS by default.", HelpName = "DIR" };
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed gives the same result.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _quick = new("--quick") { Description = "A fraction of the windows: wide intervals, in about half the time." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads to use.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public void AddTo(Command command)
    {
        command.Add(_recordings);
        command.Add(_seed);
        command.Add(_quick);
        command.Add(_threads);
    }

    public string? Recordings(ParseResult parsed) =>
        parsed.GetValue(_recordings) ?? (Environment.GetEnvironmentVariable(RunOptions.RecordingsVariable) is { Length: > 0 } folder ? folder : null);

    public void Fill(RunOptions options, ParseResult parsed)
    {
        options.RecordingsFolder = Recordings(parsed);
        options.Seed = parsed.GetValue(_seed);
        options.Quick = parsed.GetValue(_quick);
        options.Threads = parsed.GetValue(_threads);
    }
}

/// <summary>Shows the steps of a run as they come.</summary>
internal sealed class AnalysisSteps(ProgressLine line) : IProgress<AnalysisProgress>
{
    public void Report(AnalysisProgress value) => line.Show(value.ToString(), always: value.Done == value.Total);
}
