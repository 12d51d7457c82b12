// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Backtests;

/// <summary>The tables of a backtest, in words.</summary>
internal static class BacktestTables
{
    /// <summary>What was raised, how verdicts move, which meters change and why.</summary>
    public static IReadOnlyList<ReportTable> Of(BacktestSide inUse, BacktestSide candidate, IReadOnlyList<VerdictPair> moves, IReadOnlyList<ChangedMeter> changed)
    {
        BacktestSide[] sides = [inUse, candidate];
        string Role(BacktestSide side) => ReferenceEquals(side, inUse) ? "in use" : "candidate";
        var raised = new ReportTable(
            "What each would have raised",
            ["model", "", "looks", "insufficient, % of looks", "cases opened", "cases a week", "watched at the end"],
            [.. sides.Select(s => (IReadOnlyList<string>)[s.Model, Role(s), Whole(s.Looks), Cells.Percent(s.InsufficientShare), Whole(s.Cases), Cells.Number(s.CasesPerWeek, "0.##"), Whole(s.Watched)])],
            string.Join(' ', sides.Select(s => $"{s.Model}, {Role(s)}: {s.FalseDiscovery}")));
        var labelled = sides.Where(s => s.Labelled is not null).ToArray();
        ReportTable[] right = labelled.Length == 0 ? [] : [Right([.. labelled.Select(s => Row(s.Model, Role(s), s.Labelled!))])];
        return [raised, .. right, Moves(moves), Changes(changed)];
    }

    private static ReportTable Right(IReadOnlyList<IReadOnlyList<string>> rows) => new(
        "Held against the labels",
        ["model", "", "mining / labelled meters", "right", "wrong", "precision, %", "recall, %", "F1", "wrong per 1,000 honest site-years", "first 10 / 25 / 50, %", "median days to a case"],
        rows,
        "Brackets are 90 % bootstrap intervals over sites. Meters that a model was trained on flatter it.");

    private static IReadOnlyList<string> Row(string model, string role, LabelledFigures of) =>
    [
        model, role, $"{Whole(of.Mining)} / {Whole(of.Meters)}", Whole(of.Right), Whole(of.Wrong), Cells.Percent(of.Precision), Cells.Percent(of.Recall), Cells.Number(of.F1, "0.00"),
        $"{Cells.Number(of.FalsePerThousandSiteYears, "0.0")} in {Cells.Number(of.HonestSiteYears, "0.#")}",
        string.Join(" / ", of.PrecisionAmongFirst.Select(f => Cells.Percent(f.Precision.Value))), Cells.Number(of.MedianDaysToCase, "0.#"),
    ];

    private static ReportTable Moves(IReadOnlyList<VerdictPair> moves) => new(
        "Verdicts at the last look",
        ["model in use", "candidate", "meters"],
        [.. moves.Select(m => (IReadOnlyList<string>)[m.InUse, m.Candidate, Whole(m.Meters)])],
        null);

    private static ReportTable Changes(IReadOnlyList<ChangedMeter> changed) => new(
        "Meters on which the two differ",
        ["meter", "site", "last differing look", "model in use", "candidate", "differing looks", "mines", "weights that changed (in use, candidate)", "the candidate's reason"],
        [.. changed.Select(c => (IReadOnlyList<string>)[
            c.Meter, c.Site, c.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), c.InUse, c.Candidate, $"{Whole(c.Differing)} of {Whole(c.Looks)}",
            c.Mines switch { true => "yes", false => "no", null => Cells.Nothing },
            string.Join(", ", c.Groups.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Group} ({g.InUse:+0.0;-0.0;0.0}, {g.Candidate:+0.0;-0.0;0.0})"))), c.Text])],
        changed.Count == 0 ? "They say the same at every look." : "Weights are log-odds; positive speaks for mining.");

    private static string Whole(int count) => count.ToString(CultureInfo.InvariantCulture);
}
