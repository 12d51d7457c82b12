// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Simulation;
using Detector.Testing;

namespace Detector.Neighbours.Tests;

/// <summary>A feeder less its sub-meters and losses.</summary>
internal sealed class VirtualMeterTests
{
    private static readonly NeighbourhoodOptions Plain = new() { Cadence = TimeSpan.FromHours(1), SubMeters = 8 };

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void An_honest_feeder_closes_and_is_clear(int index)
    {
        var bench = Bench.Of(Neighbourhood.Generate(Plain, index));
        var balance = bench.Balance().Balance;
        var finding = bench.JudgeResidual();
        Assert.Multiple(() =>
        {
            Assert.That(balance.IsClosed, Is.True, $"{balance}");
            Assert.That(balance.Loss.Share, Is.InRange(0.005, 0.08));
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Clear));
            Assert.That(finding.Reasons.Single().Text, Does.Contain("metering error"));
            Assert.That(finding.Reasons.Single().TextZh, Does.Contain("计量误差"));
        });
    }

    [TestCase(0, 8)]
    [TestCase(45, 6)] // half a window tells less of what the remainder is
    public void A_tap_by_a_mine_is_sized_everywhere_and_found_on_many_feeders(int tapDay, int least)
    {
        const int Feeders = 12;
        var found = 0;
        for (var index = 0; index < Feeders; index++)
        {
            var place = Neighbourhood.Generate(Plain with { TapKilowatts = 50, TapDay = tapDay }, index);
            var bench = Bench.Of(place);
            var balance = bench.Balance().Balance;
            var finding = bench.JudgeResidual();
            var tap = place.Tap.TakeLast(28 * 24).Average(v => (double)v);
            found += finding.Verdict >= Verdict.Watch ? 1 : 0;
            Assert.Multiple(() =>
            {
                Assert.That(balance.IsClosed, Is.False);
                Assert.That(tap, Is.InRange(balance.LowKilowatts - (0.01 * balance.ParentKilowatts), balance.HighKilowatts + (0.01 * balance.ParentKilowatts)));
                Assert.That(finding.Meter.Value, Is.EqualTo(place.Head.Registration.Meter.Value + "~residual"));
                Assert.That(finding.Site, Is.EqualTo(place.Head.Registration.Site));
                Assert.That(finding.Reasons.Select(r => r.Group), Does.Contain("neighbours"));
            });
        }

        Assert.That(found, Is.GreaterThanOrEqualTo(least));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void The_onset_of_a_tap_is_dated_within_hours(int index)
    {
        var place = Neighbourhood.Generate(Plain with { TapKilowatts = 50, TapDay = 45 }, index);
        var onset = Bench.Of(place).JudgeResidual().Onset;
        var truth = Plain.Start.AddDays(45);
        Assert.That(onset, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(Math.Abs((onset!.Likely - truth).TotalHours), Is.LessThanOrEqualTo(3));
            Assert.That(onset.Earliest, Is.LessThanOrEqualTo(onset.Likely));
            Assert.That(onset.Latest, Is.GreaterThan(onset.Likely));
        });
    }

    [Test]
    public void Quarter_hours_at_the_head_and_hours_below_make_one_balance()
    {
        var fine = Neighbourhood.Generate(Plain with { Cadence = TimeSpan.FromMinutes(15) }, 0);
        var coarse = Neighbourhood.Generate(Plain, 0);
        var mixed = Bench.Of(fine with { Sites = coarse.Sites });
        Assert.That(mixed.Balance().Balance.IsClosed, Is.True);
    }

    [Test]
    public void A_wrong_multiplier_is_named_and_is_no_tap()
    {
        var bench = Altered(0, (series, _) => Array.ConvertAll(series.PowerKilowatts, v => v / 2), out var wrong);
        var finding = bench.JudgeResidual();
        var fault = bench.Balance().Balance.Faults.Single(f => f.Meter == wrong);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Kind, Is.EqualTo(SubMeterFaultKind.Multiplier));
            Assert.That(fault.Amount, Is.EqualTo(2).Within(0.1));
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing.Select(m => m.Code), Does.Contain("multiplier"));
            Assert.That(finding.Missing[0].Text, Does.Contain(wrong.Value));
        });
    }

    [Test]
    public void A_clock_three_hours_ahead_is_named_and_set_right()
    {
        var bench = Altered(0, (series, i) => [.. Enumerable.Range(0, series.Count).Select(h => series.PowerKilowatts[Math.Max(0, h - 3)])], out var wrong);
        var balance = bench.Balance().Balance;
        Assert.Multiple(() =>
        {
            Assert.That(balance.Faults, Does.Contain(new SubMeterFault(wrong, SubMeterFaultKind.ClockOffset, 3)));
            Assert.That(balance.IsClosed, Is.True);
            Assert.That(bench.JudgeResidual().Missing.Select(m => m.Code), Does.Contain("clock"));
        });
    }

    [Test]
    public void A_silent_sub_meter_makes_the_residual_insufficient_and_is_named()
    {
        var whole = Bench.Of(Neighbourhood.Generate(Plain, 0));
        var silent = new Bench();
        foreach (var (series, row) in whole.Meters)
        {
            var first = row.Meter == whole.Meters[3].Row.Meter;
            silent.Add(first ? new LoadSeries(row.Meter, series.Start, series.Cadence, [.. series.PowerKilowatts.Select(_ => float.NaN)], series.Quality) : series, row);
        }

        var finding = silent.JudgeResidual();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing[0].Code, Is.EqualTo("sub_meters"));
            Assert.That(finding.Missing[0].Text, Does.Contain(whole.Meters[3].Row.Meter.Value));
        });
    }

    [Test]
    public void Sub_meters_that_register_more_than_is_fed_in_are_a_matter_for_the_register()
    {
        var place = Neighbourhood.Generate(Plain, 0);
        var head = place.Head.Registration;
        var lower = new Bench();
        foreach (var (series, row) in Bench.Of(place).Meters)
        {
            var values = row.Meter == head.Meter ? Array.ConvertAll(series.PowerKilowatts, v => v * 0.8f) : series.PowerKilowatts;
            lower.Add(new LoadSeries(row.Meter, series.Start, series.Cadence, values, series.Quality), row);
        }

        var finding = lower.JudgeResidual();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing[0].Code, Is.EqualTo("sum_check"));
        });
    }

    [Test]
    public void A_constant_tap_is_not_taken_for_an_iron_loss()
    {
        var place = Neighbourhood.Generate(Plain, 0);
        var bench = new Bench();
        var load = place.Head.Load.PowerKilowatts.Average();
        foreach (var (series, row) in Bench.Of(place).Meters)
        {
            var head = row.Meter == place.Head.Registration.Meter;
            bench.Add(new LoadSeries(row.Meter, series.Start, series.Cadence, Array.ConvertAll(series.PowerKilowatts, v => head ? v + (0.06f * load) : v), series.Quality), row);
        }

        var balance = bench.Balance().Balance;
        Assert.Multiple(() =>
        {
            Assert.That(balance.Loss.ConstantKilowatts, Is.LessThanOrEqualTo(0.0101 * balance.Loss.MeanKilowatts));
            Assert.That(balance.ResidualKilowatts, Is.EqualTo(0.06 * load).Within(0.015 * load));
            Assert.That(balance.HighKilowatts, Is.GreaterThanOrEqualTo(0.06 * load));
        });
    }

    [Test]
    public void The_same_feeder_gives_the_same_finding_byte_for_byte()
    {
        string Once() => FindingJson.Write(Bench.Of(Neighbourhood.Generate(Plain with { TapKilowatts = 30 }, 4)).JudgeResidual());
        var first = Once();
        Assert.That(Once(), Is.EqualTo(first));
    }

    [Test]
    public void A_name_too_long_for_the_suffix_is_shortened_and_stays_its_own()
    {
        var (a, b) = (MeterId.Of(new string('x', 127) + "a"), MeterId.Of(new string('x', 127) + "b"));
        Assert.That(Feeders.ResidualOf(a), Is.Not.EqualTo(Feeders.ResidualOf(b)));
    }

    [Test]
    public void A_feeder_of_real_buildings_without_a_tap_is_neither_watched_nor_a_case()
    {
        foreach (var feeder in RealFeeders.Windows(Requires.Recordings(), 8))
        {
            var finding = feeder.Build(0, 0).Bench.JudgeResidual();
            Assert.That(finding.Verdict, Is.EqualTo(Verdict.Clear), FindingJson.Write(finding));
        }
    }

    [Test]
    public void Mining_of_a_tenth_past_real_buildings_is_found_on_most_feeders()
    {
        var found = RealFeeders.Windows(Requires.Recordings(), 8).Count(f => f.Build(0.1, 0).Bench.JudgeResidual().Verdict >= Verdict.Watch);
        Assert.That(found, Is.GreaterThanOrEqualTo(6));
    }

    private static Bench Altered(int child, Func<LoadSeries, int, float[]> alter, out MeterId wrong)
    {
        var bench = new Bench();
        var meters = Bench.Of(Neighbourhood.Generate(Plain, 0)).Meters;

        // The site whose load moves most: a fault at an even load shows least.
        var chosen = meters.Skip(1).OrderByDescending(m => m.Series.PowerKilowatts.Max() - m.Series.PowerKilowatts.Min()).ElementAt(child).Row.Meter;
        foreach (var (series, row) in meters)
        {
            var values = row.Meter == chosen ? alter(series, child) : series.PowerKilowatts;
            bench.Add(new LoadSeries(row.Meter, series.Start, series.Cadence, values, series.Quality), row);
        }

        wrong = chosen;
        return bench;
    }
}
