// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Detection.Bursts;

namespace Detector.Analysis.Bursts;

/// <summary>What a user of the evidence of bursts must know of it, in Markdown: data, limits, held-out figures.</summary>
internal static class BurstCard
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "burst.md";

    public static string Write(BurstTraining training, BurstOptions options, int seed)
    {
        var card = new StringBuilder();
        card.Append("# Evidence of bursts\n\nSmall ensembles of boosted trees, one a grid (1, 2, 5, 10 s), over features of a minute and more. ");
        card.Append("Calibrated on recordings held out; a machine or run is never on both sides of a split.\n");
        card.Append(CultureInfo.InvariantCulture, $"\nMade by `detector train --recordings DIR --bursts-only --seed {seed}`. Prior {options.Prior * 100:0.#} %. ");
        card.Append(CultureInfo.InvariantCulture, $"A watch is at most {options.WatchRate * 100:0.#} % of honest recordings of the strictest set. Log likelihood ratios of a watch and against: ");
        card.AppendJoin("; ", training.Model.Thresholds.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.CellSeconds} s {t.Watch:0.00} and {t.Against:0.00}")));
        card.Append(".\n\n");
        card.Append("| set | label | recordings | windows |\n|---|---|---|---|\n");
        foreach (var count in training.Model.TrainedOn)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {count.Set} | {(count.Hashing ? "hashing" : "honest")} | {count.Recordings} | {count.Windows} |\n");
        }

        card.Append("\nCredits: MLPerf inference and training results, MLCommons (Apache-2.0); gpu-traces, this project.\n");
        Table(card, "Judged, every recording held out", BurstFigures.Of(training));
        Table(card, "The same, honest sets left out whole", BurstFigures.Of(WithSetsOut(training)));
        return card.ToString();
    }

    private static BurstTraining WithSetsOut(BurstTraining training) =>
        training with { HeldOut = [.. training.HeldOut.Where(h => h.Sample.Hashing), .. training.SetHeldOut] };

    private static void Table(StringBuilder card, string title, IReadOnlyList<BurstFigure> figures)
    {
        card.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        card.Append("| judged | grid | hashing | against | positives | negatives | AUC | recall at zero false | recall at watch | false at watch |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var f in figures)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {f.Judged} | {f.CellSeconds} s | {f.Hashing} | {f.Honest} | {f.Positives} | {f.Negatives} | ");
            card.Append(CultureInfo.InvariantCulture, $"{f.Auc:0.000} | {f.RecallAtZeroFalse * 100:0} % | {f.RecallAtWatch * 100:0} % | {f.FalseAtWatch * 100:0.0} % |\n");
        }
    }
}
