// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Detection.Calibration;
using Detector.Testing;

namespace Detector.Detection.Tests;

internal sealed class CalibrationTests
{
    [Test]
    public void Never_falls_as_the_score_rises() => Gen.Select(Gen.Double[-50, 50].Array[10, 60], Gen.Int[0, 999]).Sample((scores, seed) =>
    {
        var chance = new Random(seed);
        var fitted = LogisticCalibrator.Fit(scores, [.. scores.Select(_ => chance.Next(2) == 0)], [.. scores.Select(_ => 1.0)], 10);
        return fitted.Slope > 0 && fitted.LogOdds(2) > fitted.LogOdds(1);
    });

    [Test]
    public void Gives_back_the_likelihood_ratio_of_two_normal_classes()
    {
        // Scores N(-1, 1) and N(1, 1): the log likelihood ratio of a score s is 2 s.
        var chance = new Random(8);
        var mining = Enumerable.Range(0, 8000).Select(i => i % 4 == 0).ToArray();
        var scores = mining.Select(m => (m ? 1 : -1) + chance.Normal()).ToArray();
        var fitted = LogisticCalibrator.Fit(scores, mining, [.. mining.Select(_ => 1.0)], 100);
        Assert.Multiple(() =>
        {
            Assert.That(fitted.Slope, Is.EqualTo(2).Within(0.15));
            Assert.That(fitted.Intercept, Is.EqualTo(0).Within(0.15));
        });
    }

    [Test]
    public void Claims_no_more_than_the_number_of_honest_sites_supports()
    {
        var certain = new LogisticCalibrator(1, 0, Math.Log(100));
        Assert.That((certain.LikelihoodRatio(1000), certain.LikelihoodRatio(-1000)), Is.EqualTo((100.0, 0.01)).Using<double>((a, b) => Math.Abs(a - b) < 1e-9));
    }

    [Test]
    public void The_p_value_counts_references_at_least_as_suspicious()
    {
        var reference = new ConformalReference(new Dictionary<string, double[]> { ["town"] = [1, 2, 3], ["campus"] = [2, 4, 6, 8, 10, 12] });
        Assert.Multiple(() =>
        {
            Assert.That(reference.PValue(3), Is.EqualTo(0.7)); // 6 of 9 are at least 3
            Assert.That(reference.PValue(100), Is.EqualTo(0.1));
            Assert.That(reference.PValue(-100), Is.EqualTo(1));
        });
    }

    [Test]
    public void The_strictest_large_source_sets_the_p_value()
    {
        var strict = Enumerable.Range(0, 500).Select(i => i < 450 ? 0.0 : 9.0).ToArray();
        var mild = Enumerable.Range(0, 5000).Select(_ => 0.0).ToArray();
        var reference = new ConformalReference(new Dictionary<string, double[]> { ["mild"] = mild, ["strict"] = strict });
        Assert.That(reference.PValue(5), Is.EqualTo(51.0 / 501).Within(1e-6));
    }
}
