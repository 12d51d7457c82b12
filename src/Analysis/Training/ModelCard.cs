// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Analysis.Reporting;
using Detector.Detection;

namespace Detector.Analysis.Training;

/// <summary>What a user of a model must know of it, in Markdown: data and licences, use and limits, figures, how to make it again.</summary>
internal sealed class ModelCard(DetectorModel model, IReadOnlyList<RecordingSet> sets, InspectedLoads inspected, bool simulationOnly, TrainingRunOptions options)
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "card.md";

    private const string FiguresHead = "## Figures";

    /// <summary>A card with the figures of an evaluation in place of those it had; unchanged where it has no such section.</summary>
    public static string WithFigures(string card, EvaluationReport report)
    {
        var from = card.IndexOf(FiguresHead, StringComparison.Ordinal);
        var to = from < 0 ? -1 : card.IndexOf("\n## ", from + FiguresHead.Length, StringComparison.Ordinal);
        if (to < 0)
        {
            return card;
        }

        var figures = new StringBuilder();
        Figures(figures, report);
        return string.Concat(card.AsSpan(0, from), figures.ToString().AsSpan().TrimStart('\n'), card.AsSpan(to));
    }

    /// <summary>The card, its figures still to be made.</summary>
    public string Write()
    {
        var card = new StringBuilder();
        card.Append(CultureInfo.InvariantCulture, $"# Model {model.Id}\n\n");
        card.Append("Two ensembles of boosted trees (ML.NET FastTree) over features of an hourly load: one tells pure hash-rate mining from honest load, ");
        card.Append("one tells mining under an honest load from honest load. The first is calibrated on sites held out, the second on kinds of honest load held out.\n");
        if (simulationOnly)
        {
            card.Append("\n**Trained on simulated sites only: no recording took part. Its thresholds say nothing about real honest sites.**\n");
        }

        Use(card);
        Data(card);
        Windows(card);
        Limits(card);
        Figures(card, null);
        Remake(card);
        return card.ToString();
    }

    private static void Use(StringBuilder card) => card.Append(
        """

        ## Intended use

        Screening of metered sites for hash-rate mining. It proposes whom to look at; it never decides. A verdict `case` proposes an
        inspection, and every step beyond that needs people. Not intended: billing, households, sites under 2 kW, any use in which nobody
        reads the reasons.

        """);

    private static void Limits(StringBuilder card) => card.Append(
        """

        ## Limits

        - Real recordings of mining sites do not exist in public. Mining is simulated from machine physics, alone and added onto recordings;
          a way of mining that the simulation does not know may be missed.
        - By cadence: up to an hour the load is judged by its hours, readings finer than that averaged first; above an hour, up to a day, by its days, which
          tell much less. The figures below say how much.
        - By share: mining from the first day under an honest load is mostly not identifiable at an hour, at any share up to a half. With
          its onset in view it is mostly noticed at a half of the load and seldom at 30 %, more often as a watch than as a case. At 20 %
          and below it is hardly found. The figures below say how much of each.
        - Windows of 28 to 90 days are judged with less to go on than 91.
        - A flat, permanent, honest addition at one hour looks as mining does, most of all a hall, a colocation or a telecom site that is connected:
          the figures below say how often each is a case. Only other knowledge clears it.
        - Honest references are mostly university buildings, offices and a few data centers of Europe and North America. Declared uses of
          which there are no recordings (telecom, cold storage, water, lighting) rest on simulation: expect more false cases there, and
          read the verdict with the declared use in mind.

        """);

    private void Data(StringBuilder card)
    {
        card.Append("\n## Data\n\n| set | what | licence | credit |\n|---|---|---|---|\n");
        foreach (var set in sets)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {set.Folder} | {set.Title} | {set.Licence} | {set.Credit} |\n");
        }

        if (inspected.Summary is { } summary)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {InspectedLoads.Source} | {summary}; what was recorded before each inspection | not published | the operator |\n");
        }

        card.Append("| simulation | honest sites of the classes with few recordings, and all mining | Apache-2.0 | this project |\n");
        card.Append("\n`reference.json` keeps a dozen feature vectors of each kind of these loads, no readings, to name what a load resembles. What is usual in a\n");
        card.Append("declared use is counted on simulated sites drawn anew and on the recordings of that use; a finding says how many were recorded.\n");
        card.Append("`weeks.json` keeps bands of the typical day and week of each declared use, counted over at least 20 sites, with their sources.\n");
    }

    private void Windows(StringBuilder card)
    {
        card.Append("\n| source | windows are | windows | sites |\n|---|---|---|---|\n");
        foreach (var count in model.TrainedOn)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {count.Source} | {Name(count.Class)} | {count.Windows} | {count.Sites} |\n");
        }

        card.Append(CultureInfo.InvariantCulture, $"\nStyles of mining: {string.Join(", ", MiningLoads.Trained)}. ");
        card.Append(simulationOnly ? string.Empty : "Simulated honest sites are dealt to the recorded sources and counted there; they weigh 0.3 of a recorded one. ");
        card.Append("Mixtures hold 20 to 70 % mining, half of them from the first day. What is added is rounded as the recording's meter rounds.\n");
        card.Append("Additions are judged by what they look like beside mining, other recorded load and simulated honest load of every class added to recordings.\n");
        card.Append("Prior of the stated probability: ").Append(Percent(options.Training.PurePrior)).Append(" pure, ")
            .Append(Percent(options.Training.MixedPrior)).Append(" mixed.\n");
    }

    private static void Figures(StringBuilder card, EvaluationReport? report)
    {
        card.Append(CultureInfo.InvariantCulture, $"\n{FiguresHead}\n\n");
        if (report is null)
        {
            card.Append("Not judged yet: run `detector evaluate --recordings DIR --out` with this folder.\n");
            return;
        }

        card.Append(CultureInfo.InvariantCulture, $"Made by `{report.Command}` (seed {report.Seed}): for each source a model of the same make was trained on the ");
        card.Append("others and judged on it, so these are figures of the recipe, not of this very file. Brackets: 90 % bootstrap over sites. ");
        card.Append("`evaluation.html` beside this card has the curves, `evaluation.json` every figure.\n");
        foreach (var table in report.Tables)
        {
            Table(card, table);
        }
    }

    private static void Table(StringBuilder card, ReportTable table)
    {
        card.Append(CultureInfo.InvariantCulture, $"\n**{table.Title}**\n\n");
        card.Append("| ").AppendJoin(" | ", table.Columns).Append(" |\n|").AppendJoin('|', table.Columns.Select(_ => "---")).Append("|\n");
        foreach (var row in table.Rows)
        {
            card.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        card.Append(table.Note is null ? string.Empty : $"\n{table.Note}\n");
    }

    private void Remake(StringBuilder card)
    {
        card.Append("\n## How to make it again\n\n```\n");
        card.Append("detector train ").Append(options.RecordingsFolder is null ? string.Empty : "--recordings DIR ");
        card.Append(inspected.Summary is null ? string.Empty : "--labels FILE --readings PATH ");
        card.Append(CultureInfo.InvariantCulture, $"--name {model.Name} --model-version {model.Version} --seed {options.Seed}{(options.Quick ? " --quick" : string.Empty)}\n");
        card.Append("detector evaluate --recordings DIR --out models/NAME/VERSION\n```\n\n");
        card.Append("The same recordings, options and seed give the same `model.json`, byte for byte.\n");
    }

    private static string Name(SampleClass kind) => kind switch
    {
        SampleClass.Honest => "honest",
        SampleClass.PureMining => "pure mining",
        _ => "mixtures",
    };

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
