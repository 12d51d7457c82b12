// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Statistics;

internal sealed class RankingTests
{
    // By hand: + - + - ; precision at the positives 1/1 and 2/3, average 5/6.
    private static readonly Ranking Worked = new([
        new(4, true, 1, 0), new(3, false, 1, 1), new(2, true, 1, 2), new(1, false, 1, 3),
    ]);

    [Test]
    public void Average_precision_of_the_worked_example_is_five_sixths() => Assert.That(Worked.AveragePrecision(), Is.EqualTo(5.0 / 6).Within(1e-12));

    [Test]
    public void Precision_among_the_first_k_counts_positives() => Assert.Multiple(() =>
    {
        Assert.That(Worked.PrecisionAmongFirst(1), Is.EqualTo(1));
        Assert.That(Worked.PrecisionAmongFirst(2), Is.EqualTo(0.5));
        Assert.That(Worked.PrecisionAmongFirst(3), Is.EqualTo(2.0 / 3).Within(1e-12));
    });

    [Test]
    public void Area_under_the_curve_counts_pairs_in_order() => Assert.That(Worked.Auc(), Is.EqualTo(0.75)); // 3 of 4 pairs

    [Test]
    public void Ties_count_half_and_are_shared_out_among_the_first_k()
    {
        var tied = new Ranking([new(1, true, 1, 0), new(1, false, 1, 1)]);
        Assert.Multiple(() =>
        {
            Assert.That(tied.Auc(), Is.EqualTo(0.5));
            Assert.That(tied.AveragePrecision(), Is.EqualTo(0.5));
            Assert.That(tied.PrecisionAmongFirst(1), Is.EqualTo(0.5));
        });
    }

    [Test]
    public void A_window_that_stands_for_many_counts_as_many()
    {
        var fleet = new Ranking([new(2, true, 10, 0), new(1, false, 90, 1)]);
        Assert.That(fleet.PrecisionAmongFirst(20), Is.EqualTo(0.5));
    }

    [Test]
    public void A_resample_that_leaves_a_site_out_leaves_its_windows_out() =>
        Assert.That(Worked.AveragePrecision([1, 0, 1, 1]), Is.EqualTo(1)); // the negative above the second positive is gone

    [Test]
    public void Without_positives_there_is_no_average_precision() =>
        Assert.That(new Ranking([new(1, false, 1, 0)]).AveragePrecision(), Is.NaN);
}
