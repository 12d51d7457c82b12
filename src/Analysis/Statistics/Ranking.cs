// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Statistics;

/// <summary>One judged window in a ranking.</summary>
/// <param name="Score">Higher is more suspicious.</param>
/// <param name="Positive">Whether it truly mines.</param>
/// <param name="Weight">How many windows of the stated fleet it stands for.</param>
/// <param name="Site">Index of its site among the sites that are resampled.</param>
internal readonly record struct Ranked(double Score, bool Positive, double Weight, int Site);

/// <summary>Windows in order of decreasing suspicion, and the figures of that order; ties count as one step.</summary>
internal sealed class Ranking
{
    private readonly Ranked[] _sorted;

    /// <summary>Sorts the windows once; figures are then linear in their number.</summary>
    public Ranking(IEnumerable<Ranked> windows) => _sorted = [.. windows.OrderByDescending(w => w.Score)];

    /// <summary>
    /// Average precision: the sum over steps of (recall gained) times (precision at the step), no interpolation
    /// (Manning, Raghavan and Schuetze, Introduction to Information Retrieval, 2008, section 8.4).
    /// </summary>
    public double AveragePrecision(IReadOnlyList<int>? times = null)
    {
        var total = _sorted.Where(w => w.Positive).Sum(w => Weight(w, times));
        if (total <= 0)
        {
            return double.NaN;
        }

        double area = 0;
        Walk(times, (found, false_, gained) => area += gained > 0 ? gained / total * (found / (found + false_)) : 0);
        return area;
    }

    /// <summary>Share of positives among the first <paramref name="first"/> windows of the stated fleet, ties shared out.</summary>
    public double PrecisionAmongFirst(double first, IReadOnlyList<int>? times = null)
    {
        double precision = double.NaN;
        double before = 0;
        double foundBefore = 0;
        var done = false;
        Walk(times, (found, false_, _) =>
        {
            if (done)
            {
                return;
            }

            var size = found + false_;
            if (size >= first)
            {
                var part = size > before ? (first - before) / (size - before) : 1;
                precision = (foundBefore + (part * (found - foundBefore))) / first;
                done = true;
            }

            (before, foundBefore) = (size, found);
        });
        return precision;
    }

    /// <summary>Probability that a positive outranks a negative, ties half: the area under the ROC curve.</summary>
    public double Auc(IReadOnlyList<int>? times = null)
    {
        double area = 0;
        double negatives = 0;
        double foundBefore = 0;
        double total = 0;
        Walk(times, (found, false_, _) =>
        {
            var step = false_ - negatives;
            area += step * (foundBefore + ((found - foundBefore) / 2));
            (negatives, foundBefore, total) = (false_, found, found);
        });
        return negatives > 0 && total > 0 ? area / (negatives * total) : double.NaN;
    }

    /// <summary>Share of the positives above the score that so large a share of the negatives passes; the strictest such score where several do.</summary>
    public double FoundAt(double falseShare, IReadOnlyList<int>? times = null)
    {
        var positives = _sorted.Where(w => w.Positive).Sum(w => Weight(w, times));
        var negatives = _sorted.Where(w => !w.Positive).Sum(w => Weight(w, times));
        if (positives <= 0 || negatives <= 0)
        {
            return double.NaN;
        }

        double best = 0;
        Walk(times, (found, false_, _) => best = false_ <= falseShare * negatives ? found / positives : best);
        return best;
    }

    private static double Weight(Ranked window, IReadOnlyList<int>? times) => times is null ? window.Weight : window.Weight * times[window.Site];

    private void Walk(IReadOnlyList<int>? times, Action<double, double, double> step)
    {
        double found = 0;
        double wrong = 0;
        for (var i = 0; i < _sorted.Length;)
        {
            var score = _sorted[i].Score;
            double gained = 0;
            for (; i < _sorted.Length && _sorted[i].Score.Equals(score); i++)
            {
                var weight = Weight(_sorted[i], times);
                gained += _sorted[i].Positive ? weight : 0;
                wrong += _sorted[i].Positive ? 0 : weight;
            }

            found += gained;
            if (found + wrong > 0)
            {
                step(found, wrong, gained);
            }
        }
    }
}
