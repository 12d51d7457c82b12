// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Training;

namespace Detector.Detection.Tests;

public class CaseBudgetTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Windows_of_a_site_within_a_year_are_one_case()
    {
        HonestScore[] passing = [At("a", 0, 1), At("a", 91, 1), At("a", 364, 1), At("b", 10, 1)];

        Assert.That(CaseBudget.Cases(passing), Is.EqualTo(2));
    }

    [Test]
    public void A_year_after_it_was_opened_a_case_no_longer_holds_what_follows()
    {
        Assert.That(CaseBudget.Cases([At("a", 400, 1), At("a", 0, 1), At("a", 300, 1), At("a", 600, 1)]), Is.EqualTo(2));
    }

    [TestCase(0, 9)]
    [TestCase(1, 5)]
    [TestCase(2, 1)]
    public void The_threshold_lies_just_above_the_window_that_would_open_one_case_too_many(int allowed, double justBelow)
    {
        // The flat building "a" has the three highest windows and is one case; "b" is the next, "c" the last.
        HonestScore[] windows = [At("c", 0, 1), At("a", 0, 9), At("a", 91, 8), At("b", 30, 5), At("a", 182, 7)];

        var threshold = CaseBudget.Threshold(windows, allowed);

        Assert.That(threshold, Is.GreaterThan(justBelow).And.EqualTo(justBelow).Within(1e-5));
        Assert.That(CaseBudget.Cases(windows.Where(w => w.Score >= threshold)), Is.EqualTo(allowed));
    }

    [Test]
    public void A_budget_that_all_windows_keep_to_lets_all_of_them_pass()
    {
        Assert.That(CaseBudget.Threshold([At("a", 0, 3), At("b", 0, 2)], 5), Is.EqualTo(2));
    }

    [Test]
    public void Windows_that_no_trees_could_score_say_nothing()
    {
        Assert.That(CaseBudget.Threshold([At("a", 0, double.NaN), At("b", 0, 2)], 0), Is.EqualTo(2).Within(1e-5).And.GreaterThan(2));
        Assert.That(CaseBudget.Threshold([], 0), Is.EqualTo(double.NegativeInfinity));
    }

    private static HonestScore At(string site, int day, double score) => new(site, Start.AddDays(day), score);
}
