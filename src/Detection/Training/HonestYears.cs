// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Ladder;

namespace Detector.Detection.Training;

/// <summary>Years of honest windows whose site was held out, and the thresholds that the means of their scores set.</summary>
/// <remarks>
/// Every window that has two or three before it within a year ends one, as every look of the judge would. A case: as many as the budget allows over the honest site-years of all sources together.
/// A watch of a mixture: in the strictest source as many site-years as its rate allows, where that is one at least. A watch of pure mining stays where it is for one window: means of windows vary less among the
/// buildings that are recorded, and honest loads of kinds that are not lie just above them (docs/decisions/0029).
/// </remarks>
/// <param name="samples">The samples.</param>
/// <param name="windows">Indices of honest windows of the full length that set thresholds.</param>
/// <param name="score">Held-out score of a sample by a head.</param>
internal sealed class HonestYears(IReadOnlyList<TrainingSample> samples, IEnumerable<int> windows, Func<Head, int, double> score)
{
    private const double DaysOfWindow = 91;
    private const double Reach = ((FormerWindows.OfYear - 1) * DaysOfWindow) + 0.5; // days from the first window's start to the last one's

    private readonly (string Source, int[] Windows)[] _years = [.. Years(samples, windows)];

    /// <summary>The thresholds of a year; null where no site has a year of windows.</summary>
    /// <param name="options">Budget and rates.</param>
    /// <param name="window">The thresholds of one full window.</param>
    /// <param name="likely">Pure score below which nothing is a case.</param>
    public ScoreThresholds? Thresholds(TrainingOptions options, ScoreThresholds window, double likely)
    {
        if (_years.Length == 0)
        {
            return null;
        }

        double Case(Head head) => Reached(head, _years, CaseBudget.Allowed(SiteYears(_years.Length), options));
        var (pure, mixed) = (Math.Round(Math.Max(Case(Head.Pure), likely), 6), Case(Head.Mixed));
        var watch = _years.GroupBy(y => y.Source, StringComparer.Ordinal).Select(source => (Years: source, May: (int)(SiteYears(source.Count()) * options.WatchRateOfYear)))
            .Where(source => source.May >= 1).Select(source => Reached(Head.Mixed, source.Years, source.May)).DefaultIfEmpty(mixed).Max();
        return new ScoreThresholds(pure, Math.Min(window.PureWatch, pure), mixed, Math.Min(watch, mixed));
    }

    private static double SiteYears(int years) => years * DaysOfWindow / CaseBudget.DaysOfYear;

    /// <summary>The lowest mean that at most so many site-years reach.</summary>
    private double Reached(Head head, IEnumerable<(string Source, int[] Windows)> years, int allowed) => Math.Round(
        CaseBudget.Threshold(years.Select(y => new HonestScore(samples[y.Windows[^1]].Site, samples[y.Windows[^1]].Profile.Window.From, y.Windows.Average(i => score(head, i)))), allowed), 6);

    private static IEnumerable<(string Source, int[] Windows)> Years(IReadOnlyList<TrainingSample> samples, IEnumerable<int> windows)
    {
        foreach (var meter in windows.GroupBy(i => (samples[i].Source, samples[i].Site, samples[i].Profile.Meter)))
        {
            int[] inOrder = [.. meter.OrderBy(i => samples[i].Profile.Window.From)];
            for (var last = FormerWindows.Least - 1; last < inOrder.Length; last++)
            {
                var end = samples[inOrder[last]].Profile.Window.From;
                int[] year = [.. inOrder.Take(last + 1).Where(i => (end - samples[i].Profile.Window.From).TotalDays <= Reach)];
                if (year.Length >= FormerWindows.Least)
                {
                    yield return (meter.Key.Source, year);
                }
            }
        }
    }
}
