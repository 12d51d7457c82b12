// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;

namespace Detector.Analysis.Tests.Corpora;

internal sealed class WindowCutterTests
{
    [Test]
    public void Windows_are_whole_weeks_from_a_monday_and_never_overlap()
    {
        var load = Recorded(Loads.Hours("m", 400 * 24, i => 10 + (i % 7), Loads.Monday.AddDays(2).AddHours(5)));
        var windows = WindowCutter.Cut(load, 91);
        Assert.Multiple(() =>
        {
            Assert.That(windows, Has.Count.EqualTo(4));
            Assert.That(windows.Select(w => w.Series.Start.DayOfWeek), Is.All.EqualTo(DayOfWeek.Monday));
            Assert.That(windows.Zip(windows.Skip(1)).All(p => p.First.Series.Range.To <= p.Second.Series.Start), Is.True);
            Assert.That(windows.Select(w => w.Series.Count), Is.All.EqualTo(91 * 24));
        });
    }

    [Test]
    public void A_gap_is_stepped_over_not_filled()
    {
        var load = Recorded(Loads.Hours("m", 300 * 24, i => i / 24 is >= 60 and < 120 ? double.NaN : 10));
        var windows = WindowCutter.Cut(load, 91);
        Assert.Multiple(() =>
        {
            Assert.That(windows, Is.Not.Empty);
            Assert.That(windows.Select(w => w.Series.Coverage), Is.All.GreaterThanOrEqualTo(0.9));
            Assert.That(windows.Any(w => w.Series.Start >= Loads.Monday.AddDays(112)), Is.True);
        });
    }

    [Test]
    public void Fewer_windows_are_spread_over_all_the_years()
    {
        var windows = WindowCutter.Cut(Recorded(Loads.Hours("m", 20 * 28 * 24, i => 5)), 28);
        var chosen = WindowCutter.Spread(windows, 4);
        Assert.That(chosen.Select(w => windows.ToList().IndexOf(w)), Is.EqualTo(new[] { 2, 7, 12, 17 }));
    }

    [Test]
    public void Near_copies_become_one_site_and_others_do_not()
    {
        var one = Loads.Building("a", 1, 150).Load;
        var copy = new LoadSeries(MeterId.Of("c"), one.Start, one.Cadence, Array.ConvertAll(one.PowerKilowatts, v => v * 0.5f), one.Quality);
        var other = Loads.Building("b", 2, 150).Load;
        Assert.That(NearCopies.Groups([one, other, copy]), Is.EqualTo(new[] { 0, 1, 0 }));
    }

    [Test]
    public void A_set_known_twice_is_refused()
    {
        var sets = RecordingSets.Default();
        Assert.That(() => sets.Add(sets.All.First()), Throws.ArgumentException);
    }

    private static RecordedLoad Recorded(LoadSeries series) => new(
        "here", series.Meter.Value, "test", series, MeterRegistration.Unregistered(series.Meter), RecordingRounding.None, Real: true);
}
