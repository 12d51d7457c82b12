// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation.Tests.Honest;

public sealed class HonestLoadTests
{
    // Medians over eleven seeds of hourly load over 91 days. Ranges: recordings and public figures, see docs/simulation.md.
    [TestCase("colocation", 0.02, 0.08, 1.03, 1.15)]
    [TestCase("enterprise_data_center", 0.025, 0.10, 1.03, 1.20)]
    [TestCase("ai_training", 0.05, 0.20, 1.01, 1.10)]
    [TestCase("ai_inference", 0.10, 0.35, 1.2, 2.6)]
    [TestCase("hpc", 0.09, 0.16, 1.01, 1.08)]
    [TestCase("telecom", 0.03, 0.12, 1.03, 1.25)]
    [TestCase("cold_storage", 0.12, 0.40, 1.2, 2.2)]
    [TestCase("office", 0.15, 0.60, 1.3, 4.0)]
    [TestCase("retail", 0.20, 0.60, 1.4, 4.0)]
    [TestCase("laboratory", 0.03, 0.12, 1.02, 1.25)]
    [TestCase("industry_shift", 0.5, 1.4, 1.3, 25)]
    [TestCase("industry_batch", 0.10, 0.50, 1.05, 1.5)]
    [TestCase("process_industry", 0.04, 0.16, 1.01, 1.08)]
    [TestCase("water_pumping", 0.15, 0.60, 1.3, 3.0)]
    [TestCase("street_lighting", 0.25, 1.1, 1.5, 120)]
    [TestCase("standby", 0.03, 0.15, 1.02, 1.4)]
    [TestCase("server_hall", 0.005, 0.06, 1.0, 1.05)]
    [TestCase("batch_cluster", 0.06, 0.4, 1.01, 1.25)]
    [TestCase("continuous_process", 0.03, 0.25, 1.0, 1.2)]
    [TestCase("transfer_pumping", 0.4, 2, 1.05, 3)]
    [TestCase("vehicle_charging", 0.5, 2, 3, 150)]
    [TestCase("sewage_works", 0.03, 0.25, 1.04, 1.6)]
    public void A_class_is_as_uneven_as_its_kind(string loadClass, double cvLow, double cvHigh, double peakLow, double peakHigh)
    {
        float[][] loads = [.. Enumerable.Range(0, 11).Select(seed => Measures.Honest(loadClass, seed))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Measures.Median(loads.Select(Measures.Cv)), Is.InRange(cvLow, cvHigh), "coefficient of variation");
            Assert.That(Measures.Median(loads.Select(Measures.WeekdayPeakToTrough)), Is.InRange(peakLow, peakHigh), "weekday peak over trough");
        }
    }

    [Test]
    public void Every_class_is_in_the_table_above()
    {
        var tabled = typeof(HonestLoadTests).GetMethod(nameof(A_class_is_as_uneven_as_its_kind))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>().Select(c => (string)c.Arguments[0]!);
        Assert.That(tabled, Is.EquivalentTo(HonestLoad.Classes));
    }

    [Test]
    public void Some_data_centers_are_flatter_than_some_mines()
    {
        var flattest = Enumerable.Range(0, 15).Min(seed => Measures.Cv(Measures.Honest("colocation", seed)));
        var mines = Measures.Median(Enumerable.Range(0, 15).Select(seed => Measures.Cv(Measures.Mining("steady", seed))));
        Assert.That(flattest, Is.LessThan(mines), "a fleet in which flatness alone convicts would flatter the detector");
    }

    [Test]
    public void Data_centers_have_a_high_load_factor() =>
        Assert.That(Measures.Median(Enumerable.Range(0, 11).Select(s => Measures.LoadFactor(Measures.Honest("colocation", s)))), Is.GreaterThan(0.85));

    [Test]
    public void Training_dips_several_times_a_day()
    {
        var plan = new HonestPlan("ai_training", 1000, Region.All[0]);
        var perDay = Enumerable.Range(0, 11).Select(s => DipsADay(HonestLoad.Generate(plan, Measures.Start, TimeSpan.FromMinutes(5), 288 * 30, s)));
        Assert.That(Measures.Median(perDay), Is.InRange(2, 40));
    }

    [Test]
    public void Lighting_burns_at_night_and_longer_in_winter()
    {
        var plan = new HonestPlan("street_lighting", 40, Region.All[0]);
        var year = HonestLoad.Generate(plan, new DateTimeOffset(2025, 12, 31, 16, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1), 24 * 365, 4);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(year.Where((_, i) => i % 24 == 1).Average(), Is.GreaterThan(1.2 * year.Where((_, i) => i % 24 == 12).Average()));
            Assert.That(year[..(24 * 30)].Average(), Is.GreaterThan(1.1 * year[(24 * 160)..(24 * 190)].Average()));
        }
    }

    [Test]
    public void Cooling_follows_the_weather()
    {
        var plan = new HonestPlan("cold_storage", 300, Region.All[0]);
        var year = HonestLoad.Generate(plan, Measures.Start, TimeSpan.FromHours(1), 24 * 365, 4);
        Assert.That(year[(24 * 120)..(24 * 160)].Average(), Is.GreaterThan(1.15 * year[(24 * 300)..(24 * 340)].Average()));
    }

    [Test]
    public void Offices_rest_at_the_weekend_and_on_holidays()
    {
        var hourly = Measures.Honest("office", 3);
        Assert.That(NoonOf(hourly, 7) / NoonOf(hourly, 3), Is.LessThan(0.95), "Sunday 8 March against Wednesday 4 March, both at noon");
    }

    [Test]
    public void Mean_is_the_plan_s([Values(0.5, 700.0)] double kilowatts)
    {
        var load = HonestLoad.Generate(new HonestPlan("hpc", kilowatts, Region.All[0]), Measures.Start, TimeSpan.FromHours(1), 1000, 2);
        Assert.That(Measures.Mean(load), Is.EqualTo(kilowatts).Within(0.01).Percent);
    }

    [Test]
    public void An_unknown_class_is_refused_with_the_known_ones() =>
        Assert.That(() => HonestLoad.DeclaredUseOf("bakery"), Throws.ArgumentException.With.Message.Contains("colocation, enterprise_data_center"));

    [Test]
    public void No_class_declares_mining() =>
        Assert.That(HonestLoad.Classes.Select(HonestLoad.DeclaredUseOf), Has.None.EqualTo(DeclaredUse.MiningDeclared));

    private static double NoonOf(float[] hourly, int day) => hourly[(24 * day) + 4];

    private static double DipsADay(float[] load)
    {
        var dips = Enumerable.Range(3, load.Length - 3).Count(i => load[i] < 0.94 * load[i - 1] && load[i] < 0.94 * load[i - 2]);
        return dips / (load.Length / 288.0);
    }
}
