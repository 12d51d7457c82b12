// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Profiles;

namespace Detector.Detection.Tests;

internal sealed class ChangeTests
{
    private static readonly ChangeFinder Finder = new(SmallModel.Model, SmallModel.Profiles);

    [Test]
    public void Finds_when_a_load_was_added_and_how_much()
    {
        var series = Loads.Mixture(91, 31, 0.6, (45 * 24) + 7);
        var added = Loads.Mixture(91, 31, 0.6).PowerKilowatts[100] - Loads.Honest(91, 31).PowerKilowatts[100];
        var change = Finder.Find(series.Meter, HourlyLoad.From(series, "Etc/UTC"))!;
        var truth = Loads.Monday.AddHours((45 * 24) + 7);
        Assert.Multiple(() =>
        {
            Assert.That(change.Onset.Likely, Is.EqualTo(truth).Within(TimeSpan.FromHours(2)));
            Assert.That(truth, Is.InRange(change.Onset.Earliest, change.Onset.Latest));
            Assert.That(change.AddedKilowatts, Is.EqualTo(added).Within(0.1 * added));
            Assert.That(change.Share.Likely, Is.InRange(change.Share.Low, change.Share.High));
        });
    }

    [Test]
    public void A_load_that_falls_has_nothing_added()
    {
        var series = Loads.Series(91, hour => (hour < 45 * 24 ? 200 : 100) + (hour % 24));
        Assert.That(Finder.Find(series.Meter, HourlyLoad.From(series, "Etc/UTC")), Is.Null);
    }

    [Test]
    public void A_rise_of_the_last_days_is_too_young()
    {
        var series = Loads.Series(91, hour => (hour < 87 * 24 ? 100 : 200) + (hour % 24));
        Assert.That(Finder.Find(series.Meter, HourlyLoad.From(series, "Etc/UTC")), Is.Null);
    }
}
