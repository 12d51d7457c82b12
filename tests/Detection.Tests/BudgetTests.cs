// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Calibration;
using Detector.Metering;

namespace Detector.Detection.Tests;

internal sealed class BudgetTests
{
    private static readonly double[] Scores = [.. Enumerable.Range(0, 999).Select(i => -Math.Log((i + 1) / 1000.0)).Order()]; // an exponential tail, exactly

    [TestCase(0.5)]
    [TestCase(0.1)]
    [TestCase(0.0101)]
    [TestCase(0.001)]
    public void Within_what_the_windows_resolve_the_threshold_is_where_the_p_value_passes(double rate)
    {
        var reference = Reference(Scores);
        var threshold = TailThreshold.Of(reference, rate);
        Assert.Multiple(() =>
        {
            Assert.That(threshold.IsExtrapolated, Is.False);
            Assert.That(reference.PValue(threshold.Score), Is.LessThanOrEqualTo(rate + 1e-6));
            Assert.That(reference.PValue(Math.BitDecrement(threshold.Score)), Is.GreaterThan(rate));
        });
    }

    [Test]
    public void Beyond_it_the_tail_goes_on_as_it_did_and_says_so()
    {
        var threshold = TailThreshold.Of(Reference(Scores), 0.00001);
        Assert.Multiple(() =>
        {
            Assert.That(threshold.IsExtrapolated, Is.True);
            Assert.That(threshold.Score, Is.EqualTo(-Math.Log(0.00001)).Within(0.6), "an exponential tail of mean one");
            Assert.That(threshold.Score, Is.GreaterThan(Scores[^1]));
        });
    }

    [Test]
    public void The_strictest_source_sets_it()
    {
        var higher = new ConformalReference(new SortedDictionary<string, double[]> { ["a"] = Scores, ["b"] = [.. Scores.Select(s => s + 2)] });
        Assert.That(TailThreshold.Of(higher, 0.01).Score, Is.EqualTo(TailThreshold.Of(Reference(Scores), 0.01).Score + 2).Within(1e-6));
    }

    [Test]
    public void A_smaller_budget_or_a_larger_fleet_asks_for_more()
    {
        double At(double cases, int meters) => BudgetThresholds.Of(new AlertBudget(cases, meters), SmallModel.Model).Whole.Score;
        Assert.Multiple(() =>
        {
            Assert.That(At(1, 1000), Is.GreaterThan(At(10, 1000)));
            Assert.That(At(1, 10_000), Is.EqualTo(At(0.1, 1000)));
            Assert.That(new AlertBudget(10, 20_000).FalseCasesPerYear, Is.EqualTo(10 * 365.25 / 7).Within(1e-9));
            Assert.That(new AlertBudget(10, 20_000).Rate, Is.EqualTo(10 * 13 / 20_000.0 / 2).Within(1e-12));
        });
    }

    [Test]
    public void A_generous_budget_makes_nothing_a_case()
    {
        Verdict By(LoadSeries load) => new Judge(SmallModel.Model, SmallModel.Profiles, new JudgeOptions { AlertBudget = 100_000, FleetMeters = 1 })
            .Assess(load, Loads.Unregistered, null).Verdict;
        Assert.That((By(Loads.Mining(91, 4242)), By(Loads.Honest(91, 3))), Is.EqualTo((Verdict.Case, Verdict.Clear)));
    }

    [Test]
    public void A_budget_for_a_fleet_of_unknown_size_is_refused() => Assert.That(
        () => new Judge(SmallModel.Model, SmallModel.Profiles, new JudgeOptions { AlertBudget = 10 }),
        Throws.InstanceOf<ValidationException>().With.Message.Contains("FleetMeters"));

    private static ConformalReference Reference(double[] scores) => new(new SortedDictionary<string, double[]> { ["town"] = scores });
}
