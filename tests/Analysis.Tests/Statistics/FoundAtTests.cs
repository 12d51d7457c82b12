// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Statistics;

internal sealed class FoundAtTests
{
    private static readonly Ranking Four = new([
        new Ranked(9, true, 1, 0), new Ranked(8, false, 1, 1), new Ranked(7, true, 1, 2), new Ranked(6, false, 1, 3), new Ranked(5, true, 1, 4)]);

    [TestCase(0, 1 / 3.0)]
    [TestCase(0.49, 1 / 3.0)]
    [TestCase(0.5, 2 / 3.0)]
    [TestCase(1, 1)]
    public void What_is_found_rises_with_the_share_of_negatives_that_may_pass(double falseShare, double found) =>
        Assert.That(Four.FoundAt(falseShare), Is.EqualTo(found).Within(1e-12));

    [Test]
    public void Resampled_sites_count_as_often_as_they_are_drawn() =>
        Assert.That(Four.FoundAt(0.5, [0, 1, 1, 1, 0]), Is.EqualTo(1));

    [Test]
    public void Without_negatives_there_is_no_answer() =>
        Assert.That(new Ranking([new Ranked(1, true, 1, 0)]).FoundAt(0.5), Is.NaN);
}
