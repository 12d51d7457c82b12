// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;
using Detector.Detection.Bursts;

namespace Detector.Analysis.Bursts;

/// <summary>How one class of hashing stands against one honest set on one grid, every recording held out.</summary>
/// <param name="Judged">What is judged: <c>recordings</c> whole, or windows of so many seconds.</param>
/// <param name="CellSeconds">The grid.</param>
/// <param name="Hashing">Set of the positives.</param>
/// <param name="Honest">Set of the negatives.</param>
/// <param name="Positives">How many there are.</param>
/// <param name="Negatives">How many there are.</param>
/// <param name="Auc">Probability that a positive outranks a negative.</param>
/// <param name="RecallAtZeroFalse">Share of positives above every negative.</param>
/// <param name="RecallAtWatch">Share of positives at and beyond the threshold of a watch.</param>
/// <param name="FalseAtWatch">Share of negatives at and beyond it.</param>
public sealed record BurstFigure(
    string Judged, int CellSeconds, string Hashing, string Honest, int Positives, int Negatives,
    double Auc, double RecallAtZeroFalse, double RecallAtWatch, double FalseAtWatch);

/// <summary>Makes the figures from held-out scores.</summary>
internal static class BurstFigures
{
    /// <summary>Name that stands for all honest recordings together.</summary>
    public const string AllRecorded = "all recorded";

    /// <summary>Every figure, in a fixed order.</summary>
    public static IReadOnlyList<BurstFigure> Of(BurstTraining training)
    {
        var figures = new List<BurstFigure>();
        foreach (var cell in training.HeldOut.Select(h => h.Sample.Window.CellSeconds).Distinct().Order())
        {
            var watch = training.Model.Thresholds.First(t => t.CellSeconds == cell).Watch;
            var grid = training.HeldOut.Where(h => h.Sample.Window.CellSeconds == cell).ToArray();
            figures.AddRange(Compare("recordings", cell, [.. BurstRecordings.Of(grid).Select(r => (r.Set, r.Hashing, r.LogOdds))], watch));
            foreach (var length in BurstMaterial.Lengths)
            {
                var windows = grid.Where(h => BucketOf(h.Sample.Window.Range.Length.TotalSeconds) == length);
                figures.AddRange(Compare($"windows of {length} s", cell, [.. windows.Select(h => (h.Sample.Set, h.Sample.Hashing, h.LogOdds))], watch));
            }
        }

        return figures;
    }

    /// <summary>Windows are cut evenly and so somewhat shorter than their nominal length.</summary>
    private static int BucketOf(double seconds) => BurstMaterial.Lengths.First(length => seconds <= length + 1);

    private static IEnumerable<BurstFigure> Compare(string judged, int cell, (string Set, bool Hashing, double LogOdds)[] rows, double watch)
    {
        var positives = rows.Where(r => r.Hashing).GroupBy(r => r.Set, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        var negatives = rows.Where(r => !r.Hashing).GroupBy(r => r.Set, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Scores: g.Select(r => r.LogOdds).ToArray()))
            .Append((AllRecorded, [.. rows.Where(r => !r.Hashing && r.Set != SimulatedBursts.Honest).Select(r => r.LogOdds)]))
            .Where(n => n.Scores.Length > 0)
            .ToArray();
        foreach (var hashing in positives)
        {
            var found = hashing.Select(r => r.LogOdds).ToArray();
            foreach (var (honest, scores) in negatives)
            {
                var ranking = new Ranking([.. found.Select(s => new Ranked(s, true, 1, 0)), .. scores.Select(s => new Ranked(s, false, 1, 0))]);
                yield return new BurstFigure(
                    judged, cell, hashing.Key, honest, found.Length, scores.Length, ranking.Auc(),
                    Share(found, s => s > scores.Max()), Share(found, s => s >= watch), Share(scores, s => s >= watch));
            }
        }
    }

    private static double Share(double[] values, Func<double, bool> counts) => (double)values.Count(counts) / values.Length;
}
