// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Reporting;
using Detector.Analysis.Training;

namespace Detector.Analysis.Evaluation;

/// <summary>What an evaluation found: figures for machines, tables for people, and both as files.</summary>
public sealed record EvaluationReport
{
    /// <summary>Command that remakes it, without paths.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether it was a quick run, whose intervals are wide.</summary>
    public required bool Quick { get; init; }

    /// <summary>Share of sites assumed to mine for precision, F1 and the first k.</summary>
    public required double Prevalence { get; init; }

    /// <summary>Sites of the fleet in which the first k are looked at.</summary>
    public required int FleetSites { get; init; }

    /// <summary>What was said to be false or hard: the honest windows that rank highest.</summary>
    public required IReadOnlyList<HardWindow> Hardest { get; init; }

    /// <summary>Every figure.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>The figures in words.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>Bins of the reliability diagram: stated probability, observed share, weight.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Styles of mining that are judged and that no model was trained on.</summary>
    public required IReadOnlyList<string> StylesJudgedOnly { get; init; }

    /// <summary>The same with the figures and tables of a further part.</summary>
    internal EvaluationReport With(ReportSection part) => this with { Figures = [.. Figures, .. part.Figures], Tables = [.. Tables, .. part.Tables] };

    /// <summary>Writes <c>evaluation.json</c> and <c>evaluation.html</c> into a folder, made where needed; the same report gives the same bytes.</summary>
    /// <remarks>Where the folder is a model's own, the figures on its card are renewed with them, so that the two never differ.</remarks>
    public async Task WriteAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "evaluation.json"), ReportJson.Write(this), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "evaluation.html"), ReportHtml.Write(this), cancel);
        var card = Path.Combine(folder, ModelCard.FileName);
        if (File.Exists(card))
        {
            await File.WriteAllTextAsync(card, ModelCard.WithFigures(await File.ReadAllTextAsync(card, cancel), this), cancel);
        }
    }
}

/// <summary>An honest window that ranks high.</summary>
/// <param name="Source">The source held out.</param>
/// <param name="Name">Meter and first day.</param>
/// <param name="Verdict">What the product said.</param>
/// <param name="Probability">Stated probability of mining, 0 to 1.</param>
/// <param name="PValue">Stated p-value.</param>
public sealed record HardWindow(string Source, string Name, string Verdict, double Probability, double PValue);

/// <summary>One bin of the reliability diagram.</summary>
/// <param name="Stated">Mean stated probability.</param>
/// <param name="Observed">Share that truly mines, at the prevalence the model assumes.</param>
/// <param name="Weight">Share of windows in the bin.</param>
public sealed record ReliabilityBin(double Stated, double Observed, double Weight);
