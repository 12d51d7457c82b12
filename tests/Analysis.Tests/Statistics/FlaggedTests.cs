// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Statistics;

internal sealed class FlaggedTests
{
    [Test]
    public void Precision_follows_from_the_rates_and_the_prevalence() =>
        Assert.That(Flagged.Precision(recall: 0.9, falseRate: 0.01, prevalence: 0.02), Is.EqualTo(0.018 / (0.018 + 0.0098)).Within(1e-12));

    [Test]
    public void Nothing_flagged_has_no_precision_and_no_merit() => Assert.Multiple(() =>
    {
        Assert.That(Flagged.Precision(0, 0, 0.02), Is.NaN);
        Assert.That(Flagged.F1(double.NaN, 0), Is.EqualTo(0));
    });

    [Test]
    public void The_contests_best_result_has_its_f1() => Assert.That(Flagged.F1(0.778, 0.757), Is.EqualTo(0.767).Within(0.0005));

    [Test]
    public void Three_of_2315_windows_of_91_days_are_about_five_false_cases_per_thousand_site_years() =>
        Assert.That(Flagged.PerThousandSiteYears(3, 2315, 91), Is.EqualTo(5.2).Within(0.05));

    [Test]
    public void A_calibrated_probability_has_no_error_and_a_boastful_one_its_excess()
    {
        Ranked[] fair = [new(0.25, true, 1, 0), new(0.25, false, 3, 1)];
        Ranked[] boastful = [new(0.95, true, 1, 0), new(0.95, false, 1, 1)];
        Assert.Multiple(() =>
        {
            Assert.That(CalibrationError.Of(fair), Is.EqualTo(0).Within(1e-12));
            Assert.That(CalibrationError.Of(boastful), Is.EqualTo(0.45).Within(1e-12));
        });
    }

    [Test]
    public void Quantiles_lie_between_order_statistics() => Assert.Multiple(() =>
    {
        Assert.That(Quantile.Of([4.0, 1, 3, 2], 0.5), Is.EqualTo(2.5));
        Assert.That(Quantile.Of([1.0, 2, 3], 1), Is.EqualTo(3));
        Assert.That(Quantile.Of([], 0.5), Is.NaN);
    });
}
