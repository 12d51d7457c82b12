// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

internal sealed class GridTests
{
    [TestCase(0.1)]
    [TestCase(1)]
    [TestCase(30)]
    [TestCase(60)]
    [TestCase(900)]
    [TestCase(3600)]
    [TestCase(86_400)]
    public void Cadence_is_told_from_the_readings(double seconds)
    {
        var assessment = Make.Assess(Make.Readings(TimeSpan.FromSeconds(seconds), 200, i => 10 + (i % 7)));
        Assert.That(assessment.Series.Cadence, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(assessment.Series.Start, Is.EqualTo(Make.Start));
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
        Assert.That(assessment.Series.PowerKilowatts, Is.EqualTo(Enumerable.Range(0, 200).Select(i => 10f + (i % 7))));
    }

    [Test]
    public void Bursts_do_not_change_the_cadence_and_are_averaged_into_their_slot()
    {
        var readings = Make.Readings(TimeSpan.FromMinutes(15), 96 * 7, _ => 10);
        for (var day = 0; day < 7; day++)
        {
            readings.AddRange(Enumerable.Range(1, 300).Select(s => new Reading(Make.Meter, Make.Start.AddDays(day).AddSeconds(s)) { PowerKilowatts = 20 }));
        }

        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.Cadence, Is.EqualTo(TimeSpan.FromMinutes(15)));
        Assert.That(assessment.Series.Count, Is.EqualTo(96 * 7));
        Assert.That(assessment.Series.PowerKilowatts[0], Is.EqualTo((float)(((300 * 20) + 10) / 301.0)));
    }

    [TestCase(60, 15, 45, 45, 60)]
    [TestCase(15, 60, 45, 45, 60)]
    [TestCase(15, 60, 85, 6, 60)]
    [TestCase(15, 60, 90, 1, 15)]
    [TestCase(30, 5, 20, 8, 30)]
    [TestCase(360, 15, 45, 45, 15)]
    public void A_meter_whose_interval_was_changed_has_the_coarser_one_up_to_an_hour(int firstMinutes, int thenMinutes, int firstDays, int thenDays, int expectedMinutes)
    {
        var readings = Make.Readings(TimeSpan.FromMinutes(firstMinutes), firstDays * 1440 / firstMinutes, i => 10 + (i % 7));
        var from = Make.Start.AddDays(firstDays);
        readings.AddRange(Enumerable.Range(0, thenDays * 1440 / thenMinutes).Select(i => new Reading(Make.Meter, from.AddMinutes(i * thenMinutes)) { PowerKilowatts = 10 + (i % 7) }));
        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.Cadence, Is.EqualTo(TimeSpan.FromMinutes(expectedMinutes)));
        Assert.That(assessment.Series.Coverage, expectedMinutes == Math.Max(firstMinutes, thenMinutes) ? Is.EqualTo(1).Within(0.001) : Is.LessThan(1));
        Assert.That(assessment.Series.PowerKilowatts.Where(v => !float.IsNaN(v)).Average(), Is.EqualTo(13).Within(0.1));
    }

    [Test]
    public void Single_readings_that_are_lost_are_no_change_of_the_interval()
    {
        var random = new Random(5);
        var readings = Make.Readings(TimeSpan.FromMinutes(15), 96 * 60, i => 10 + (i % 7)).Where(_ => random.NextDouble() < 0.8).ToList();
        Assert.That(Make.Assess(readings).Series.Cadence, Is.EqualTo(TimeSpan.FromMinutes(15)));
    }

    [Test]
    public void Jitter_about_the_full_minute_leaves_no_slot_empty()
    {
        var random = new Random(3);
        var readings = Make.Readings(TimeSpan.FromMinutes(1), 1000, i => i % 50).ConvertAll(r => r with { Time = r.Time.AddMilliseconds(random.Next(-2000, 2000)) });
        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
        Assert.That(assessment.Series.PowerKilowatts, Is.EqualTo(Enumerable.Range(0, 1000).Select(i => (float)(i % 50))));
    }

    [Test]
    public void Slow_drift_against_the_grid_is_closed_and_flagged_as_estimated()
    {
        var assessment = Make.Assess(Make.Readings(TimeSpan.FromSeconds(60.7), 1000, _ => 5));
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.InRange(8, 15));
    }

    [Test]
    public void Gaps_stay_missing()
    {
        var readings = Make.Readings(TimeSpan.FromHours(1), 100, i => 1000 + (i % 3));
        readings.RemoveRange(40, 10);
        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.Count, Is.EqualTo(100));
        Assert.That(assessment.Flagged(QualityFlags.Missing), Is.EqualTo(10));
        Assert.That(assessment.Series.PowerKilowatts[40..50], Is.All.NaN);
        Assert.That(assessment.Quality, Is.Empty);
    }

    [Test]
    public void Order_does_not_matter_and_of_repeats_the_first_counts()
    {
        var readings = Make.Readings(TimeSpan.FromHours(1), 50, i => 1000 + (i % 3));
        var shuffled = readings.OrderBy(r => r.Time.Ticks * 31 % 1009).ToList();
        shuffled.Add(readings[7]);
        shuffled.Add(readings[8] with { PowerKilowatts = 99 });
        var assessment = Make.Assess(shuffled);
        Assert.That(assessment.Repeats, Is.EqualTo(2));
        Assert.That(assessment.Conflicts, Is.EqualTo(1));
        Assert.That(assessment.Series.Quality[8], Is.EqualTo(QualityFlags.Conflict));
        Assert.That(assessment.Series.PowerKilowatts, Is.EqualTo(Make.Assess(readings).Series.PowerKilowatts));
    }

    [Test]
    public void Registers_become_mean_power_and_a_reset_is_a_flagged_hole()
    {
        var energy = 1000.0;
        var readings = Enumerable.Range(0, 100).Select(i =>
        {
            energy = i == 60 ? 0 : energy + (i % 2 == 0 ? 2.5 : 5);
            return new Reading(Make.Meter, Make.Start.AddMinutes(15 * i)) { Kind = ReadingKind.Register, RegisterKilowattHours = energy };
        }).ToList();
        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.PowerKilowatts[0], Is.EqualTo(20f));
        Assert.That(assessment.Series.PowerKilowatts[1], Is.EqualTo(10f));
        Assert.That(assessment.Series.PowerKilowatts[59], Is.NaN);
        Assert.That(assessment.Series.Quality[59] & QualityFlags.RegisterReset, Is.EqualTo(QualityFlags.RegisterReset));
        Assert.That(assessment.Series.Coverage, Is.EqualTo(0.98).Within(1e-9)); // the reset and the last reading, which begins no interval
    }

    [Test]
    public void Nothing_and_a_single_reading_make_a_series_of_unknown_cadence()
    {
        Assert.That(Make.Assess([]).Series.Count, Is.Zero);
        var one = Make.Assess(Make.Readings(TimeSpan.FromHours(1), 1, _ => 3));
        Assert.That(one.IsCadenceKnown, Is.False);
        Assert.That(one.Series.PowerKilowatts, Is.EqualTo(new[] { 3f }));
    }

    [Test]
    public void Grid_that_would_be_too_long_keeps_the_latest_part_and_counts_the_rest()
    {
        var readings = Make.Readings(TimeSpan.FromSeconds(0.1), 1000, i => i % 9);
        readings.InsertRange(0, Enumerable.Range(0, 10).Select(i => new Reading(Make.Meter, Make.Start.AddYears(-3).AddSeconds(i * 0.1)) { PowerKilowatts = 1 }));
        var assessment = Make.Assess(readings);
        Assert.That(assessment.BeyondGrid, Is.EqualTo(10));
        Assert.That(assessment.Series.Count, Is.EqualTo(1000));
    }
}
