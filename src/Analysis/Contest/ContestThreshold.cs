// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Daily;

namespace Detector.Analysis.Contest;

/// <summary>The threshold of best F1 at the contest's composition, on training windows scored by trees that saw nothing of their site.</summary>
internal static class ContestThreshold
{
    private const int LeastDays = 175; // the contest's windows are of a year; half years are near enough to count with them

    /// <summary>The threshold; the highest number there is where nothing is to be found.</summary>
    /// <param name="training">Training windows.</param>
    /// <param name="scores">Their scores, site or source held out; NaN where there is none.</param>
    public static double Best(IReadOnlyList<DailyWindow> training, IReadOnlyList<double> scores)
    {
        var used = Enumerable.Range(0, training.Count).Where(i => training[i].Recipe.Days >= LeastDays && !double.IsNaN(scores[i]) && !IsSum(training[i])).ToArray();
        var count = used.CountBy(i => ContestPlan.KindOf(training[i].Recipe)).ToDictionary();
        var descending = used.OrderByDescending(i => scores[i]).ToArray();
        var mining = ContestPlan.Kinds.Where(k => k.Mines && count.ContainsKey(k)).Sum(k => k.Customers);
        double found = 0, wrong = 0, best = 0, at = double.NegativeInfinity;
        for (var k = 0; k < descending.Length; k++)
        {
            var kind = ContestPlan.KindOf(training[descending[k]].Recipe);
            var customers = kind.Customers / count[kind];
            (found, wrong) = kind.Mines ? (found + customers, wrong) : (found, wrong + customers);
            var f1 = 2 * found / (found + wrong + mining);
            if (f1 > best && (k + 1 == descending.Length || scores[descending[k + 1]] < scores[descending[k]]))
            {
                (best, at) = (f1, scores[descending[k]]);
            }
        }

        return at;
    }

    private static bool IsSum(DailyWindow window) => window.Recipe.Name.StartsWith("sum at ", StringComparison.Ordinal);
}
