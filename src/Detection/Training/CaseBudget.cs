// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Training;

/// <summary>A score of an honest window by trees that did not see its site.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Start">When it begins.</param>
/// <param name="Score">The score; higher is more like mining.</param>
internal readonly record struct HonestScore(string Site, DateTimeOffset Start, double Score);

/// <summary>How many cases honest windows would open, and the threshold that keeps them within a budget.</summary>
/// <remarks>
/// Counted as people would meet them: a window that passes opens a case, and what follows at that site within a year joins it or
/// falls under its cool-down. Counted by windows instead, one flat building takes the whole budget of a corpus by itself.
/// </remarks>
internal static class CaseBudget
{
    /// <summary>Days within which a site's windows are one case.</summary>
    public const int OneCaseDays = 365;

    /// <summary>Days of a site-year.</summary>
    public const double DaysOfYear = 365.25;

    private const double JustAbove = 1e-6;

    /// <summary>Cases that so many honest site-years may open: the budget less what is kept for sources never seen.</summary>
    public static int Allowed(double siteYears, TrainingOptions options) =>
        (int)Math.Round(siteYears * options.CasesPerThousandSiteYears / 1000 * (1 - options.KeptForUnseen), MidpointRounding.AwayFromZero);

    /// <summary>Cases that these windows would open, all of them beyond the threshold.</summary>
    public static int Cases(IEnumerable<HonestScore> passing)
    {
        var cases = 0;
        foreach (var site in passing.GroupBy(w => w.Site, StringComparer.Ordinal))
        {
            DateTimeOffset? opened = null;
            foreach (var window in site.OrderBy(w => w.Start))
            {
                if (opened is null || window.Start - opened >= TimeSpan.FromDays(OneCaseDays))
                {
                    opened = window.Start;
                    cases++;
                }
            }
        }

        return cases;
    }

    /// <summary>The lowest score at which at most so many cases are opened: just above the window that would open one more.</summary>
    /// <returns>Above every score where none may be; <see cref="double.NegativeInfinity"/> where there are no windows.</returns>
    public static double Threshold(IEnumerable<HonestScore> windows, int allowed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(allowed);
        var passing = new List<HonestScore>();
        foreach (var window in windows.Where(w => !double.IsNaN(w.Score)).OrderByDescending(w => w.Score))
        {
            passing.Add(window);
            if (Cases(passing) > allowed)
            {
                return window.Score + JustAbove;
            }
        }

        return passing.Count == 0 ? double.NegativeInfinity : passing[^1].Score;
    }
}
