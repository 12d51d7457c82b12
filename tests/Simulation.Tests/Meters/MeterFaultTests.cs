// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation.Tests.Meters;

public sealed class MeterFaultTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Test]
    public void Stuck_repeats_its_value_for_weeks() => Assert.That(LongestRun(Values("stuck")), Is.GreaterThan(96 * 14));

    [Test]
    public void Exact_constant_has_one_value() => Assert.That(Values("exact_constant").Distinct().Count(), Is.EqualTo(1));

    [Test]
    public void Dead_band_repeats_values_but_moves()
    {
        var values = Values("dead_band");
        Assert.That(values.Zip(values.Skip(1)).Count(p => p.First == p.Second), Is.InRange(values.Length * 0.3, values.Length * 0.99));
    }

    [Test]
    public void Long_gaps_lose_more_than_half()
    {
        var readings = Readings("long_gaps");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(readings.Count, Is.InRange(1, Clean().Count / 2));
            Assert.That(readings.Zip(readings.Skip(1)).Max(p => p.Second.Time - p.First.Time), Is.GreaterThan(TimeSpan.FromDays(1)));
        }
    }

    [Test]
    public void Scale_jump_changes_the_level_by_a_power_of_ten()
    {
        var values = Values("scale_jump");
        var ratio = values[^500..].Average() / values[..500].Average();
        Assert.That(Math.Abs(Math.Log10(ratio)), Is.GreaterThan(0.8));
    }

    [Test]
    public void Register_never_falls() => Assert.That(Values("register_as_power"), Is.Ordered);

    [Test]
    public void Half_missing_halves_single_values()
    {
        var proper = Clean();
        var halves = Values("half_missing").Where((v, i) => v != proper[i].PowerKilowatts).Count();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(halves, Is.InRange(1, proper.Count / 50));
            Assert.That(Values("half_missing").Where((v, i) => v != proper[i].PowerKilowatts && v * 2 != proper[i].PowerKilowatts), Is.Empty);
        }
    }

    [Test]
    public void Clock_drift_moves_the_times_and_not_the_values()
    {
        var proper = Clean();
        var drifted = Readings("clock_drift");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(drifted.Select(r => r.PowerKilowatts), Is.EqualTo(proper.Select(r => r.PowerKilowatts)));
            Assert.That(drifted.Where((r, i) => r.Time != proper[i].Time).Count(), Is.GreaterThan(proper.Count / 2));
        }
    }

    [Test]
    public void Duplicate_and_late_brings_every_reading_some_twice_some_out_of_order()
    {
        var proper = Clean();
        var sent = Readings("duplicate_and_late");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.DistinctBy(r => r.Time).Count(), Is.EqualTo(proper.Count));
            Assert.That(sent.Count, Is.GreaterThan(proper.Count));
            Assert.That(sent.Zip(sent.Skip(1)).Any(p => p.Second.Time < p.First.Time));
        }
    }

    [Test]
    public void Judgement_is_impossible_with_four_of_them() =>
        Assert.That(MeterFaults.Names.Where(MeterFaults.PreventsJudgement), Is.EquivalentTo(["stuck", "exact_constant", "long_gaps", "register_as_power"]));

    [Test]
    public void A_meter_without_fault_can_be_judged() => Assert.That(MeterFaults.PreventsJudgement(null), Is.False);

    [Test]
    public void Every_fault_is_tested_by_name([ValueSource(typeof(MeterFaults), nameof(MeterFaults.Names))] string fault)
    {
        var proper = Clean();
        Assert.That(Readings(fault).Select(r => (r.Time, r.PowerKilowatts)), Is.Not.EqualTo(proper.Select(r => (r.Time, r.PowerKilowatts))));
    }

    private static double[] Values(string fault) => [.. Readings(fault).Select(r => r.PowerKilowatts)];

    private static ReadingList Clean() => Make(null);

    private static ReadingList Readings(string fault) => Make(fault);

    private static ReadingList Make(string? fault)
    {
        var load = HonestLoad.Generate(new HonestPlan("colocation", 300, Region.All[0]), Measures.Start, Quarter, 96 * 60, 1);
        var series = new LoadSeries(MeterId.Of("m-1"), Measures.Start, Quarter, load, new QualityFlags[load.Length]);
        return MeterChoice.Readings(series, new MeterRounding(0.1, 0), fault, new Prng(2));
    }

    private static int LongestRun(double[] values)
    {
        var longest = 1;
        for (int i = 1, run = 1; i < values.Length; i++)
        {
            run = values[i] == values[i - 1] ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
