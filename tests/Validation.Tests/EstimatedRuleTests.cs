// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>Hours that a source made of the energy of longer intervals, and loads that only look like it.</summary>
internal sealed class EstimatedRuleTests
{
    private const int Weeks13 = 24 * 91;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [TestCase(24)]
    [TestCase(12)]
    [TestCase(8)]
    [TestCase(6)]
    [TestCase(4)]
    [TestCase(3)]
    [TestCase(2)]
    public void Energy_of_some_hours_spread_over_them_is_estimated(int length)
    {
        // Sixteen hours on: the days of Shanghai, by UTC.
        var means = Means(Make.Office(1), length, shift: 16);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks13, means));
        // Nights of two hours are at 800 steps of 0.05 kW, too coarse to tell.
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.GreaterThan((length == 2 ? 0.6 : 0.95) * Weeks13));
        Assert.That(assessment.Series.Coverage, Is.EqualTo(1));
    }

    [Test]
    public void Daily_energy_spread_over_quarter_hours_is_estimated()
    {
        var means = Means(Make.Office(1), 24, shift: 0);
        var assessment = Make.Assess(Make.Readings(TimeSpan.FromMinutes(15), 4 * Weeks13, i => means(i / 4)));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.EqualTo(4 * Weeks13));
    }

    [Test]
    public void Only_the_days_that_were_spread_are_estimated()
    {
        var (office, means) = (Make.Office(1), Means(Make.Office(1), 24, shift: 0));
        var assessment = Make.Assess(Make.Readings(Hour, Weeks13, i => i >= 24 * 60 ? means(i) : office(i)));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.EqualTo(24 * 31));
        Assert.That(assessment.Series.Quality[..(24 * 60)], Is.All.EqualTo(QualityFlags.None));
    }

    [Test]
    public void Hours_on_lines_between_the_means_of_days_are_estimated()
    {
        var means = Means(Make.Office(1), 24, shift: 0);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks13, i =>
        {
            var (from, within) = (i - (i % 24), i % 24 / 24.0);
            return Math.Round((means(from) * (1 - within)) + (means(from + 24) * within), 3);
        }));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.GreaterThan(0.8 * Weeks13));
    }

    [TestCase(1500, 0, 0.0003)]
    [TestCase(1500, 0, 0.001)]
    [TestCase(300, 1, 0.0002)]
    [TestCase(90, 0, 0.0005)]
    [TestCase(90, 3, 0.0005)]
    public void Flat_load_that_repeats_its_digits_from_any_hour_on_is_measured(double kilowatts, int decimals, double noise)
    {
        foreach (var cadence in new[] { TimeSpan.FromMinutes(15), Hour })
        {
            var random = new Random(7);
            var drift = 0.0;
            var assessment = Make.Assess(Make.Readings(cadence, (int)(TimeSpan.FromDays(91) / cadence), _ =>
            {
                drift = (0.9 * drift) + (0.44 * noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);
                return Math.Round(kilowatts * (1 + drift), decimals);
            }));
            Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.Zero, $"{cadence}");
        }
    }

    [Test]
    public void Load_switched_by_a_clock_between_two_exact_levels_is_measured()
    {
        var assessment = Make.Assess(Make.Readings(Hour, Weeks13, i => i % 24 < 12 ? 432.1 : 123.4));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.Zero);
    }

    [Test]
    public void Coarse_digits_tell_nothing_of_how_they_came_about()
    {
        var means = Means(Make.Office(1), 24, shift: 0);
        var assessment = Make.Assess(Make.Readings(Hour, Weeks13, i => Math.Round(means(i))));
        Assert.That(assessment.Flagged(QualityFlags.Estimated), Is.Zero);
    }

    /// <summary>The means of so many hours, given for each of them; in 0.01 kW.</summary>
    private static Func<int, double> Means(Func<int, double> load, int length, int shift)
    {
        var hours = Enumerable.Range(0, Weeks13 + 48).Select(load).ToArray();
        return i =>
        {
            var from = ((i + length - (shift % length)) / length * length) - length + (shift % length);
            return Math.Round(hours[Math.Max(0, from)..(Math.Max(0, from) + length)].Average(), 2);
        };
    }
}
