// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

internal sealed class SeriesRuleTests
{
    private const int Weeks8 = 24 * 56;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Test]
    public void Ordinary_office_is_not_flagged()
    {
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, Make.Office(1)));
        Assert.That(assessment.Quality, Is.Empty);
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
    }

    [Test]
    public void Flat_miner_that_repeats_coarse_digits_is_not_stuck()
    {
        var random = new Random(5);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => Math.Round(20 * (1 + (0.004 * Math.Sin(i / 40.0)) + (0.001 * (random.NextDouble() - 0.5))), 1)));
        Assert.That(assessment.Flagged(QualityFlags.Stuck), Is.Zero);
    }

    [Test]
    public void Fine_digits_that_repeat_for_three_days_are_stuck_and_taken_out()
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => i is >= 500 and < 572 ? 123.4 : office(i)));
        Assert.That(assessment.Flagged(QualityFlags.Stuck), Is.EqualTo(72));
        Assert.That(assessment.Series.PowerKilowatts[500..572], Is.All.NaN);
        Assert.That(assessment.Quality, Is.EqualTo(new[] { new QualityCount("stuck", 72) }));
    }

    [TestCase(1e-5, true)]
    [TestCase(1e-4, true)]
    [TestCase(5e-4, false)]
    public void Frozen_value_with_noise_in_its_last_digits_is_stuck_and_the_flattest_mine_is_not(double noise, bool isFrozen)
    {
        var (office, random) = (Make.Office(1), new Random(3));
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => i < 500 ? office(i) : Math.Round(123.4 * (1 + (noise * Normal(random))), 4)));
        Assert.That(assessment.Flagged(QualityFlags.Stuck), isFrozen ? Is.EqualTo(Weeks8 - 500).Within(24) : Is.Zero);
    }

    [Test]
    public void Flat_mine_whose_digits_are_as_wide_as_its_noise_is_not_stuck()
    {
        var random = new Random(3);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, _ => Math.Round(1500 * (1 + (3e-4 * Normal(random))))));
        Assert.That(assessment.Flagged(QualityFlags.Stuck), Is.Zero);
    }

    [Test]
    public void Load_at_rest_may_be_as_constant_as_its_controls_are()
    {
        var office = Make.Office(1);
        Assert.That(Make.Assess(Make.Readings(Hour, Weeks8, i => i is >= 500 and < 900 ? 3.127 : office(i))).Flagged(QualityFlags.Stuck), Is.Zero);
    }

    [Test]
    public void Whole_window_of_one_value_is_stuck_but_not_of_zero()
    {
        Assert.That(Make.Assess(Make.Readings(Hour, 100, _ => 5)).Flagged(QualityFlags.Stuck), Is.EqualTo(100));
        Assert.That(Make.Assess(Make.Readings(Hour, 100, _ => 0)).Flagged(QualityFlags.Stuck), Is.Zero);
    }

    [Test]
    public void Single_huge_value_is_a_spike_and_an_outage_is_not()
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => i == 300 ? 6000 : i is 400 or 401 ? 0 : office(i)));
        Assert.That(assessment.Quality, Is.EqualTo(new[] { new QualityCount("spike", 1) }));
        Assert.That(assessment.Series.PowerKilowatts[300], Is.NaN);
        Assert.That(assessment.Series.PowerKilowatts[400], Is.Zero);
    }

    [TestCase(10, 36, false)]
    [TestCase(100, 36, true)]
    [TestCase(1000, 36, true)]
    [TestCase(1000, 20, true)]
    public void Scale_jump_marks_the_other_scale_and_takes_out_what_is_off_by_a_hundred(int factor, int days, bool isOut)
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => office(i) * (i < 24 * days ? 1 : factor)));
        Assert.That(assessment.Flagged(QualityFlags.ScaleJump), Is.EqualTo(24 * 20));
        Assert.That(assessment.Series.PowerKilowatts.Count(float.IsNaN), Is.EqualTo(isOut ? 24 * 20 : 0));
    }

    [Test]
    public void Scale_that_has_lasted_for_a_month_is_right_however_long_another_was_before()
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, 24 * 300, i => office(i) * (i < 24 * 270 ? 1000 : 1)));
        Assert.That(assessment.Series.PowerKilowatts[..(24 * 270)], Is.All.NaN);
        Assert.That(assessment.Series.Quality[(24 * 270)..], Is.All.EqualTo(QualityFlags.None));
    }

    [Test]
    public void Outage_at_the_change_does_not_hide_a_scale_jump()
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => i is >= 862 and < 864 ? 0 : office(i) * (i < 24 * 36 ? 1 : 1000)));
        Assert.That(assessment.Flagged(QualityFlags.ScaleJump), Is.EqualTo(24 * 20));
    }

    [Test]
    public void Unit_that_changes_by_the_week_is_marked_until_its_last_change()
    {
        var office = Make.Office(1);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => office(i) * (i / 168 % 2 == 0 ? 1 : 1000)));
        Assert.That(assessment.Flagged(QualityFlags.ScaleJump), Is.EqualTo(Weeks8 - 168));
    }

    [TestCase(0.05)]
    [TestCase(0.3)]
    public void Readings_in_another_unit_now_and_then_are_no_load_that_can_be_judged(double share)
    {
        var (office, random) = (Make.Office(1), new Random(8));
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => office(i) * (random.NextDouble() < share ? 1000 : 1)));
        Assert.That(assessment.Flagged(QualityFlags.ScaleJump), Is.GreaterThan(0.9 * Weeks8));
    }

    [Test]
    public void Pump_that_runs_for_a_quarter_of_an_hour_is_a_load()
    {
        var random = new Random(8);
        var assessment = Make.Assess(Make.Readings(TimeSpan.FromMinutes(15), 4 * Weeks8, i => Math.Round(i % 8 == 0 ? 50 + (5 * random.NextDouble()) : 0.5 + (0.1 * random.NextDouble()), 2)));
        Assert.That(assessment.Flagged(QualityFlags.ScaleJump), Is.Zero);
    }

    [Test]
    public void Site_that_grows_eightfold_is_no_scale_jump()
    {
        var office = Make.Office(1);
        Assert.That(Make.Assess(Make.Readings(Hour, Weeks8, i => office(i) * (i < 24 * 36 ? 1 : 8))).Quality, Is.Empty);
    }

    [Test]
    public void Load_that_idles_and_works_at_ten_times_the_power_is_no_scale_jump()
    {
        var random = new Random(6);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => Math.Round((i / 24 % 5 < 2 ? 300 : 30) * (1 + (0.01 * random.NextDouble())), 2)));
        Assert.That(assessment.Quality, Is.Empty);
    }

    [Test]
    public void Register_sent_as_power_is_taken_out_whole()
    {
        var (office, register) = (Make.Office(1), 50_000.0);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => register += office(i)));
        Assert.That(assessment.Flagged(QualityFlags.RegisterAsPower), Is.EqualTo(Weeks8));
        Assert.That(assessment.Series.Coverage, Is.Zero);
    }

    [Test]
    public void Steps_over_one_percent_of_the_level_are_coarse_and_stay()
    {
        var random = new Random(2);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, _ => Math.Round(3 + random.NextDouble(), 1)));
        Assert.That(assessment.Quality, Is.EqualTo(new[] { new QualityCount("coarse", Weeks8) }));
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
    }

    [Test]
    public void Load_that_runs_by_night_alone_is_not_coarse_by_its_pauses()
    {
        var random = new Random(6);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, i => Math.Round(i % 24 < 9 ? 40 + random.NextDouble() : 0.5 + (random.NextDouble() / 4), 1)));
        Assert.That(assessment.Flagged(QualityFlags.Coarse), Is.Zero);
    }

    [Test]
    public void Value_held_until_the_load_moved_is_a_dead_band_marked_as_coarse()
    {
        var (random, load, sent) = (new Random(4), 100.0, 100.0);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks8, _ =>
        {
            load += (random.NextDouble() - 0.5) * 1.5 - ((load - 100) * 0.02);
            return sent = Math.Abs(load - sent) > 3 ? Math.Round(load, 2) : sent;
        }));
        Assert.That(assessment.Flagged(QualityFlags.Coarse), Is.EqualTo(assessment.Series.PowerKilowatts.Count(v => !float.IsNaN(v))));
    }

    /// <summary>Nearly normal, with a deviation of one.</summary>
    private static double Normal(Random random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;

    [Test]
    public void Assessment_is_a_function_of_the_readings()
    {
        var readings = Make.Readings(Hour, Weeks8, Make.Office(9));
        var (first, second) = (Make.Assess(readings), Make.Assess(readings));
        Assert.That(second.Series.PowerKilowatts, Is.EqualTo(first.Series.PowerKilowatts));
        Assert.That(second.Series.Quality, Is.EqualTo(first.Series.Quality));
    }
}
