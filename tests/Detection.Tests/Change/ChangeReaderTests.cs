// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Tests.Change;

internal sealed class ChangeReaderTests
{
    [Test]
    public void Finds_what_was_added_for_good_and_when()
    {
        var series = Loads.Mixture(91, 31, 0.5, (45 * 24) + 7);
        var level = Loads.Mixture(91, 31, 0.5).PowerKilowatts[100] - Loads.Honest(91, 31).PowerKilowatts[100];
        var found = Candidates(series).MinBy(c => Math.Abs(c.Hour - (45 * 24) - 7))!;
        Assert.Multiple(() =>
        {
            Assert.That(found.Hour, Is.EqualTo((45 * 24) + 7).Within(12));
            Assert.That(found.LevelKilowatts, Is.EqualTo(level).Within(0.1 * level));
            Assert.That(found.HasHistory, Is.False);
        });
    }

    [Test]
    public void A_load_that_falls_has_nothing_added()
    {
        var series = Loads.Series(91, hour => (hour < 45 * 24 ? 200 : 100) + (hour % 24));
        Assert.That(Candidates(series), Is.Empty);
    }

    [Test]
    public void Nothing_younger_than_three_days_is_put_forward()
    {
        var series = Loads.Series(91, hour => (hour < 90 * 24 ? 100 : 200) + (hour % 24));
        Assert.That(Candidates(series).Select(c => c.Hour), Is.All.LessThanOrEqualTo(88 * 24));
    }

    [Test]
    public void Features_are_free_of_the_load_s_size()
    {
        var series = Loads.Mixture(91, 5, 0.4, 40 * 24);
        var larger = new LoadSeries(series.Meter, series.Start, series.Cadence, [.. series.PowerKilowatts.Select(v => v * 64)], series.Quality);
        var (one, other) = (Candidates(series), Candidates(larger));
        Assert.That(one.SelectMany(c => c.Values), Is.EqualTo(other.SelectMany(c => c.Values)).Within(1e-3));
    }

    [Test]
    public void Nothing_after_a_look_is_read()
    {
        var series = Loads.Mixture(91, 6, 0.4, 40 * 24);
        var load = HourlyLoad.From(series, "Etc/UTC");
        var whole = new ChangeReader(load).Candidates(0, 60 * 24);
        var cut = new ChangeReader(load.Slice(0, 60 * 24)).Candidates(0, 60 * 24);
        Assert.That(whole.SelectMany(c => c.Values), Is.EqualTo(cut.SelectMany(c => c.Values)));
    }

    [Test]
    public void History_is_known_with_thirteen_months_before()
    {
        var load = HourlyLoad.From(SmallChange.Long(3, SmallChange.Mining(60, 40 * 24)), "Etc/UTC");
        var candidates = new ChangeReader(load).Candidates(427 * 24, load.Count);
        Assert.That(candidates.Count(c => c.HasHistory), Is.EqualTo(candidates.Count).And.GreaterThan(0));
    }

    [Test]
    public void The_hour_that_the_clock_skips_or_repeats_moves_nothing()
    {
        var series = Loads.Series(91, hour => 100 + (hour >= 50 * 24 ? 50 : 0)); // from January over the last Sunday of March
        var load = HourlyLoad.From(series, "Europe/Berlin");
        var nearest = new ChangeReader(load).Candidates(0, load.Count).MinBy(c => Math.Abs(c.Hour - (50 * 24)))!;
        Assert.That(nearest.Hour, Is.EqualTo(50 * 24).Within(13)); // the grid of twelve local hours, an hour off in summer
        Assert.That(nearest.LevelKilowatts, Is.EqualTo(50));
    }

    private static IReadOnlyList<ChangeCandidate> Candidates(LoadSeries series)
    {
        var load = HourlyLoad.From(series, "Etc/UTC");
        return new ChangeReader(load).Candidates(0, load.Count);
    }
}
