// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests.Mining;

public sealed class MiningLoadTests
{
    [Test]
    public void Steady_mining_stays_within_three_percent_of_its_level_for_most_hours()
    {
        var shares = Enumerable.Range(0, 11).Select(seed => ShareNearDailyMedian(Measures.Mining("steady", seed)));
        Assert.That(Measures.Median(shares), Is.InRange(0.85, 0.999));
    }

    [Test]
    public void Steady_mining_has_neither_day_nor_weekend() =>
        Assert.That(Measures.Median(Enumerable.Range(0, 11).Select(s => Measures.WeekdayPeakToTrough(Measures.Mining("steady", s)))), Is.LessThan(1.06));

    [Test]
    public void Outages_stop_the_machines_a_few_times_a_month()
    {
        var hours = Enumerable.Range(0, 21).Select(seed => Measures.Mining("steady", seed)).Select(load => Drops(load) / 3.0);
        Assert.That(Measures.Median(hours), Is.InRange(0.5, 10));
    }

    [Test]
    public void Night_miners_run_by_night()
    {
        var ratios = Enumerable.Range(0, 11).Select(s => Measures.Mining("night_only", s)).Select(l => Measures.MeanOfLocalHours(l, 1, 5) / Measures.MeanOfLocalHours(l, 10, 18));
        Assert.That(ratios, Has.All.GreaterThan(2));
    }

    [Test]
    public void Curtailed_miners_rest_for_a_part_of_the_time()
    {
        var rests = Enumerable.Range(0, 11).Select(s => Measures.Mining("curtailed", s)).Select(l => l.Count(v => v < 0.75 * l.Max()) / (double)l.Length);
        Assert.That(rests, Has.All.InRange(0.01, 0.6));
    }

    [Test]
    public void Throttled_miners_have_a_day_that_repeats()
    {
        float[][] loads = [.. Enumerable.Range(0, 11).Select(s => Measures.Mining("throttled", s))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loads.Select(Measures.WeekdayPeakToTrough), Has.All.GreaterThan(1.03));
            Assert.That(Measures.Median(loads.Select(l => Measures.Correlation(l, 24))), Is.GreaterThan(0.4));
        }
    }

    [Test]
    public void Noisy_miners_are_noisier_than_steady_ones()
    {
        var noisy = Enumerable.Range(0, 11).Select(s => 1 - ShareNearDailyMedian(Measures.Mining("noisy", s)));
        var steady = Enumerable.Range(0, 11).Select(s => 1 - ShareNearDailyMedian(Measures.Mining("steady", s)));
        Assert.That(Measures.Median(noisy), Is.GreaterThan(3 * Measures.Median(steady)));
    }

    [Test]
    public void Growing_miners_end_above_their_beginning() =>
        Assert.That(
            Enumerable.Range(0, 11).Select(s => Measures.Mining("growing", s)).Select(l => l[^336..].Average() / l[..72].Average()),
            Has.All.GreaterThan(1.1f));

    [Test]
    public void A_wandering_demand_moves_the_load_within_days_and_over_weeks()
    {
        float[][] loads = [.. Enumerable.Range(0, 11).Select(s => Measures.Mining("wandering", s))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Measures.Median(loads.Select(l => 1 - ShareNearDailyMedian(l))), Is.GreaterThan(0.2), "it is not level over a day");
            Assert.That(loads.Select(WeeklyRange), Has.Some.GreaterThan(0.2));
        }
    }

    [Test]
    public void A_schedule_rests_at_hours_of_no_tariff()
    {
        float[][] loads = [.. Enumerable.Range(0, 21).Select(s => Measures.Mining("scheduled", s))];
        int[] quietest = [.. loads.Select(l => Enumerable.Range(0, 24).MinBy(h => Measures.MeanOfLocalHours(l, h, h + 1)))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loads.Select(l => l.Count(v => v < 0.75 * l.Max()) / (double)l.Length), Has.All.InRange(0.03, 0.75));
            Assert.That(quietest.Distinct().Count(), Is.GreaterThan(8), "rests lie anywhere in the day");
        }
    }

    [Test]
    public void Power_drawn_at_random_has_no_memory()
    {
        float[][] loads = [.. Enumerable.Range(0, 11).Select(s => Measures.Mining("jittered", s))];
        Assert.That(Measures.Median(loads.Select(l => 1 - ShareNearDailyMedian(l))), Is.GreaterThan(0.2), "it is not level");
        Assert.That(Measures.Median(loads.Select(l => Measures.Correlation(l, 24))), Is.LessThan(0.5));
    }

    [Test]
    public void A_hall_whose_customers_come_and_go_changes_its_level_and_not_its_day()
    {
        float[][] loads = [.. Enumerable.Range(0, 11).Select(s => Measures.Mining("churning", s))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Measures.Median(loads.Select(WeeklyRange)), Is.GreaterThan(0.3));
            Assert.That(Measures.Median(loads.Select(Measures.WeekdayPeakToTrough)), Is.LessThan(1.15));
        }
    }

    [Test]
    public void A_mimic_has_the_day_of_what_it_follows() =>
        Assert.That(Measures.Median(Enumerable.Range(0, 21).Select(s => Measures.WeekdayPeakToTrough(Measures.Mining("mimicking", s)))), Is.GreaterThan(1.08), "steady mining stays below 1.06");

    [Test]
    public void No_style_draws_more_than_its_machines_can() =>
        Gen.Select(Measures.OneOf([.. MiningLoad.Styles, .. MiningLoad.Evasions]), Gen.Long[0, 10_000], Gen.Double[2, 5000]).Sample(
            (style, seed, kilowatts) =>
            {
                var plan = MiningPlan.Draw(style, kilowatts, Region.All[(int)(seed % Region.All.Count)], new Prng(seed));
                var load = MiningLoad.Generate(plan, Measures.Start, TimeSpan.FromMinutes(15), 96 * 5, seed);
                return load.All(v => v >= 0 && v <= (style == "churning" ? 2.4 : 1.8) * plan.FullKilowatts); // customers may bring half as many again as the plan has
            },
            iter: 60,
            threads: 1);

    [Test]
    public void A_plan_is_as_large_as_asked_within_half_a_machine() =>
        Gen.Select(Gen.Long, Gen.Double[4, 5000]).Sample(
            (seed, kilowatts) =>
            {
                var plan = MiningPlan.Draw("steady", kilowatts, Region.All[0], new Prng(seed));
                return Math.Abs(plan.FullKilowatts - kilowatts) <= (0.51 * plan.FullKilowatts / plan.Machines) + 1e-9;
            },
            iter: 300,
            threads: 1);

    [Test]
    public void Failed_machines_are_as_many_as_their_rates_say()
    {
        var plan = Measures.Plan("steady", 1) with { Machines = 2000, MeanDaysBetweenFailures = 80, MeanRepairHours = 48 };
        var alive = MachineFailures.Alive(plan, new Grid(Measures.Start, TimeSpan.FromHours(1), 24 * 365), new Prng(5));
        Assert.That(1 - alive.Average(), Is.EqualTo(0.73 * 48 / ((80 * 24) + 48)).Within(10).Percent);
    }

    [Test]
    public void An_unknown_style_is_refused() =>
        Assert.That(() => MiningLoad.Generate(Measures.Plan("steady", 1) with { Style = "loud" }, Measures.Start, TimeSpan.FromHours(1), 1, 1), Throws.ArgumentException);

    private static int Drops(float[] load)
    {
        var level = Measures.Median(load.Select(v => (double)v));
        return Enumerable.Range(1, load.Length - 1).Count(i => load[i] < 0.9 * level && load[i - 1] >= 0.9 * level);
    }

    /// <summary>Range of the weeks' medians over their own median.</summary>
    private static double WeeklyRange(float[] load)
    {
        double[] weeks = [.. load.Chunk(7 * 24).Where(w => w.Length == 7 * 24).Select(w => Measures.Median(w.Select(v => (double)v)))];
        return (weeks.Max() - weeks.Min()) / Measures.Median(weeks);
    }

    private static double ShareNearDailyMedian(float[] load) =>
        load.Chunk(24).Average(day => Measures.Median(day.Select(v => (double)v)) is var m ? day.Count(v => Math.Abs(v - m) < 0.03 * m) / (double)day.Length : 0);
}
