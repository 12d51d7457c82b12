// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Contest;

/// <summary>Lays the contest's figures out as tables.</summary>
internal static class ContestTables
{
    /// <summary>The methods side by side, and what of each kind is found.</summary>
    public static IEnumerable<ReportTable> Of(string scope, ContestFigures figures, Figure[][] methods, Figure[][] found)
    {
        var (windows, sites) = figures.Count(ContestPlan.Recorded);
        var (simulatedWindows, simulatedSites) = figures.Count(ContestPlan.Simulated);
        string[] published = ["published result of 2022, its own data", "0.778", "0.757", "0.767", Cells.Nothing, Cells.Nothing, Cells.Nothing, Cells.Nothing];
        yield return new ReportTable(
            $"A year of daily energy of 15,000 customers of whom 36 mine: {scope}",
            ["method", "precision", "recall", "F1", "average precision", "first 10", "first 25", "first 50"],
            [.. methods.Select(m => (IReadOnlyList<string>)[m[0].Method, .. m.Select(f => Cells.Number(f.Value, "0.00"))]), published],
            string.Create(CultureInfo.InvariantCulture, $"14,964 honest customers: {(1 - ContestPlan.SimulatedShare) * 100:0} % stand on {windows} windows of {sites} recorded sites, four weeks apart and so not independent, ")
                + string.Create(CultureInfo.InvariantCulture, $"{ContestPlan.SimulatedShare * 100:0} % on {simulatedWindows} windows of {simulatedSites} simulated sites. Households are not among them. ")
                + "36 mine: 9 all year and nothing else, 9 so from a day within the year, 12 beside an honest load from a day within the year, 6 all year; of every style. "
                + "Thresholds are those of best F1 on training windows whose site was left out. Folds are ranked together by the distance from their threshold. "
                + "The first 50 hold 36 that mine at most: 0.72 is the best there.");
        yield return new ReportTable(
            $"Of each kind of customer flagged, %: {scope}",
            ["method", .. found[0].Select(f => f.Population)],
            [.. found.Select(m => (IReadOnlyList<string>)[m[0].Method, .. m.Select(f => Cells.Percent(f.Value))])],
            null);
    }
}
