// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Metering;
using Detector.Profiles.Daily;

namespace Detector.Profiles.Tests.Daily;

internal sealed class DailyFeatureTests
{
    private static readonly DailyCatalog Catalog = DailyCatalog.Default();

    [Test]
    public void Do_not_see_the_size_of_the_load()
    {
        var small = Of(Days(182, 7));
        var large = Of(Days(182, 7, scale: 1024));
        Assert.That(large, Is.EqualTo(small).Within(0.01));
    }

    [Test]
    public void Are_the_same_from_hours_as_from_their_daily_means()
    {
        var hourly = Loads.Building(120, 5);
        var daily = Loads.Series(TimeSpan.FromDays(1), 120, d => hourly.PowerKilowatts.Skip(d * 24).Take(24).Average(v => (double)v));
        Assert.That(Of(hourly), Is.EqualTo(Of(daily)).Within(0.002));
    }

    [TestCase(6)]
    [TestCase(12)]
    public void Are_the_same_from_a_few_readings_a_day(int hours)
    {
        var daily = Days(120, 3);
        var parts = Loads.Series(TimeSpan.FromHours(hours), 120 * 24 / hours, i => daily.PowerKilowatts[i * hours / 24] * (i % 2 == 0 ? 1.25 : 0.75));
        Assert.That(Of(parts), Is.EqualTo(Of(daily)).Within(0.002));
    }

    [Test]
    public void A_day_belongs_to_the_local_date_that_holds_its_middle()
    {
        var shanghai = Loads.Series(TimeSpan.FromDays(1), 30, i => i, new DateTimeOffset(2026, 1, 4, 16, 0, 0, TimeSpan.Zero)); // local midnight
        var days = DailyLoad.From(shanghai, "Asia/Shanghai");
        Assert.Multiple(() =>
        {
            Assert.That(days.FirstDay, Is.EqualTo((int)(new DateTime(2026, 1, 5).Ticks / TimeSpan.TicksPerDay)));
            Assert.That(days.DayOfWeek(0), Is.Zero); // a Monday
            Assert.That(days.Count, Is.EqualTo(30));
        });
    }

    [Test]
    public void A_day_with_less_than_three_quarters_known_is_missing()
    {
        var hourly = Loads.Building(30, 1);
        Array.Fill(hourly.PowerKilowatts, float.NaN, 10 * 24, 7);
        Array.Fill(hourly.PowerKilowatts, float.NaN, 20 * 24, 5);
        var days = DailyLoad.From(hourly, "Etc/UTC");
        Assert.That((float.IsNaN(days.Kilowatts[10]), float.IsNaN(days.Kilowatts[20])), Is.EqualTo((true, false)));
    }

    [Test]
    public void Hardly_move_when_one_day_in_twenty_is_missing()
    {
        var whole = Days(365, 11);
        var holes = Days(365, 11);
        for (var i = 3; i < holes.Count; i += 20)
        {
            holes.PowerKilowatts[i] = float.NaN;
        }

        var (a, b) = (Of(whole), Of(holes));
        foreach (var name in new[] { "day_cv", "day_weekend", "day_spread", "day_change_7", "day_residual_spread", "day_rise", "day_drift_range" })
        {
            Assert.That(b[Catalog.IndexOf(name)], Is.EqualTo(a[Catalog.IndexOf(name)]).Within(0.2), name);
        }
    }

    [Test]
    public void Are_within_their_range_or_unknown_whatever_the_gaps() => Gen.Select(Gen.Int[1, 400], Gen.Int[0, 95], Gen.Int[0, 10_000]).Sample(
        (days, percentMissing, seed) =>
        {
            var series = Days(days, seed);
            var chance = new Random(seed);
            for (var i = 0; i < series.Count; i++)
            {
                series.PowerKilowatts[i] = chance.Next(100) < percentMissing ? float.NaN : series.PowerKilowatts[i];
            }

            return Catalog.Features.Zip(Of(series)).All(p => float.IsNaN(p.Second) || (p.Second >= (float)p.First.Low && p.Second <= (float)p.First.High));
        },
        iter: 100);

    [TestCase(0.0)]
    [TestCase(12.5)]
    public void Are_finite_or_unknown_on_a_load_that_stands_still(double kilowatts) =>
        Assert.That(Of(Loads.Series(TimeSpan.FromDays(1), 200, _ => kilowatts)).Where(float.IsInfinity), Is.Empty);

    [Test]
    public void See_the_working_week()
    {
        var values = Of(Loads.Series(TimeSpan.FromDays(1), 91, i => i % 7 < 5 ? 100 : 40));
        Assert.Multiple(() =>
        {
            Assert.That(values[Catalog.IndexOf("day_weekend")], Is.EqualTo(0.4).Within(0.001));
            Assert.That(values[Catalog.IndexOf("day_rise")], Is.Zero);
        });
    }

    [Test]
    public void See_a_lasting_rise_and_its_day()
    {
        var noise = new Random(1);
        var series = Loads.Series(TimeSpan.FromDays(1), 200, i => (i % 7 < 5 ? 100 : 70) + (i >= 120 ? 60 : 0) + (4 * (noise.NextDouble() - 0.5)));
        var rise = LastingRise.Find(new DailyInput(DailyLoad.From(series, "Etc/UTC")).Weekless);
        Assert.Multiple(() =>
        {
            Assert.That(rise!.Value.Day, Is.EqualTo(120).Within(1));
            Assert.That(rise.Value.Added, Is.EqualTo(60).Within(8));
            Assert.That(Of(series)[Catalog.IndexOf("day_rise")], Is.EqualTo(60 / 155.0).Within(0.08));
        });
    }

    [Test]
    public void Are_described_in_both_languages_under_groups_of_days() => Assert.Multiple(() =>
    {
        Assert.That(Catalog.Features, Has.Count.GreaterThan(60));
        Assert.That(Catalog.Features.Where(f => f.Meaning.Length <= 5 || !f.MeaningZh.Any(c => c > 0x4E00) || f.Low >= f.High), Is.Empty);
        Assert.That(Catalog.Features.Where(f => !f.Name.StartsWith("day_", StringComparison.Ordinal) || !f.Group.StartsWith("day_", StringComparison.Ordinal)), Is.Empty);
        Assert.That(() => Catalog.Add(new DayRuns()), Throws.ArgumentException);
    });

    private static float[] Of(LoadSeries series) => Catalog.Build(series, "Etc/UTC").Values;

    private static LoadSeries Days(int days, int seed, double scale = 1)
    {
        var noise = new Random(seed);
        return Loads.Series(TimeSpan.FromDays(1), days, d => scale * ((d % 7 < 5 ? 100.0 : 55) * (1 + (0.1 * Math.Sin(d / 58.0))) + (6 * (noise.NextDouble() - 0.5))));
    }
}
