// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Profiles.Tests;

internal sealed class QuantilesTests
{
    [Test]
    public void A_quantile_is_that_of_the_sorted_values() => Gen.Select(Gen.Float[-1e6f, 1e6f].Array[1, 200], Gen.Double[0, 1]).Sample((values, share) =>
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        var expected = sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
        return Math.Abs(Quantiles.At([.. values], share) - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected));
    });

    [Test]
    public void The_median_of_nothing_is_unknown() => Assert.That(Quantiles.Median([]), Is.NaN);

    [Test]
    public void The_mad_is_the_median_distance_from_the_median() => Assert.That(Quantiles.Mad([1, 2, 3, 4, 100]), Is.EqualTo(1));
}
