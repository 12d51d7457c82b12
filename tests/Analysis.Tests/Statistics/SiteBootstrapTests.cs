// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Statistics;

internal sealed class SiteBootstrapTests
{
    [Test]
    public void The_value_is_that_of_all_sites_once()
    {
        var estimate = new SiteBootstrap(4, 50, 1).Ratio([1, 0, 1, 0], [1, 1, 1, 1]);
        Assert.That(estimate.Value, Is.EqualTo(0.5));
    }

    [Test]
    public void Where_all_sites_agree_the_interval_is_a_point()
    {
        var estimate = new SiteBootstrap(5, 200, 1).Ratio([2, 2, 2, 2, 2], [4, 4, 4, 4, 4]);
        Assert.That(estimate, Is.EqualTo(new Estimate(0.5, 0.5, 0.5)));
    }

    [Test]
    public void One_site_with_all_the_hits_makes_a_wide_interval_many_do_not()
    {
        // 100 hits in 1000 windows: by one site of a hundred, or by one window of each site.
        var clustered = new SiteBootstrap(100, 500, 1).Ratio([.. Enumerable.Range(0, 100).Select(s => s < 10 ? 10.0 : 0)], [.. Enumerable.Repeat(10.0, 100)]);
        var spread = new SiteBootstrap(100, 500, 1).Ratio([.. Enumerable.Repeat(1.0, 100)], [.. Enumerable.Repeat(10.0, 100)]);
        Assert.That(clustered.High - clustered.Low, Is.GreaterThan(0.05).And.GreaterThan(spread.High - spread.Low));
    }

    [Test]
    public void The_interval_of_a_known_share_has_about_the_width_of_theory()
    {
        // Share 0.3 of 400 sites: deviation sqrt(0.3*0.7/400) = 0.0229, so 90 % lies within 2 * 1.645 * 0.0229 = 0.075.
        var estimate = new SiteBootstrap(400, 1000, 7).Ratio([.. Enumerable.Range(0, 400).Select(s => s < 120 ? 1.0 : 0)], [.. Enumerable.Repeat(1.0, 400)]);
        Assert.That(estimate.High - estimate.Low, Is.EqualTo(0.075).Within(0.012));
    }

    [Test]
    public void The_same_seed_gives_the_same_interval() => Assert.That(
        new SiteBootstrap(20, 100, 3).Ratio([.. Enumerable.Range(0, 20).Select(i => i % 3 * 1.0)], [.. Enumerable.Repeat(3.0, 20)]),
        Is.EqualTo(new SiteBootstrap(20, 100, 3).Ratio([.. Enumerable.Range(0, 20).Select(i => i % 3 * 1.0)], [.. Enumerable.Repeat(3.0, 20)])));

    [Test]
    public void Without_sites_there_is_no_figure() => Assert.That(new SiteBootstrap(0, 10, 1).Ratio([], []).Value, Is.NaN);
}
