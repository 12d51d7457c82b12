// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles.Bursts;
using Detector.Testing;

namespace Detector.Profiles.Tests.Bursts;

internal sealed class BurstShapeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_level_is_no_feature()
    {
        var load = Noisy(240, 0.01);
        var small = BurstCutter.Windows(Series(load, 1)).Single().Values;
        var large = BurstCutter.Windows(Series([.. load.Select(v => v * 1024)], 1)).Single().Values;
        Assert.That(large, Is.EqualTo(small).Within(1e-4f));
    }

    [Test]
    public void Ten_readings_a_second_and_their_means_give_the_same_features()
    {
        var fast = Noisy(1200, 0.02);
        var slow = fast.Chunk(10).Select(c => (float)c.Average(v => (double)v)).ToArray();
        var ofFast = BurstCutter.Windows(Series(fast, 0.1)).Single();
        var ofSlow = BurstCutter.Windows(Series(slow, 1)).Single();
        Assert.That(ofFast.Values, Is.EqualTo(ofSlow.Values).Within(1e-4f));
        Assert.That(ofFast.InsideVariation, Is.EqualTo(0.02).Within(0.004));
        Assert.That(ofSlow.InsideVariation, Is.NaN);
    }

    [Test]
    public void The_digits_of_a_meter_are_no_features()
    {
        var load = Noisy(300, 0.004);
        var exact = BurstCutter.Windows(Series(load, 1)).Single().Values;
        var rounded = BurstCutter.Windows(Series([.. load.Select(v => MathF.Round(v, 2))], 1)).Single().Values; // 10 kW in four digits
        Assert.That(rounded, Is.EqualTo(exact).Within(0.1f));
    }

    [Test]
    public void A_load_that_does_not_move_has_finite_features()
    {
        var window = BurstCutter.Windows(Series([.. Enumerable.Repeat(3f, 90)], 1)).Single();
        Assert.That(window.Values, Has.All.Matches<float>(float.IsFinite));
        Assert.That(window.Values, Has.Length.EqualTo(BurstFeatures.All.Count));
    }

    [Test]
    public void Every_feature_is_within_its_stated_range()
    {
        var wild = Noisy(300, 0.5).Select((v, i) => i % 40 < 12 ? v * 0.1f : v).ToArray();
        foreach (var cell in BurstGrid.CellSeconds)
        {
            var values = BurstCutter.Windows(Series(wild, 1), cell, 300).Single().Values;
            for (var f = 0; f < values.Length; f++)
            {
                Assert.That(values[f], Is.InRange((float)BurstFeatures.All[f].Low, (float)BurstFeatures.All[f].High), BurstFeatures.All[f].Name);
            }
        }
    }

    [Test]
    public void Runs_are_cut_at_gaps_and_short_ones_left_out()
    {
        var load = Noisy(400, 0.01);
        Array.Fill(load, float.NaN, 100, 60);
        Array.Fill(load, float.NaN, 200, 100); // leaves 40 s between the gaps
        load[50] = float.NaN; // a lost reading is no gap
        var windows = BurstCutter.Windows(Series(load, 1));
        Assert.That(windows.Select(w => ((w.Range.From - Start).TotalSeconds, (w.Range.To - Start).TotalSeconds)), Is.EqualTo(new[] { (0.0, 100.0), (300.0, 400.0) }));
    }

    [Test]
    public void Long_runs_are_cut_into_equal_windows_of_five_minutes_at_most()
    {
        var windows = BurstCutter.Windows(Series(Noisy(700, 0.01), 1));
        Assert.That(windows.Select(w => w.Range.Length.TotalSeconds), Is.EqualTo(new[] { 233.0, 233.0, 234.0 }));
    }

    [TestCase(59, 1)]
    [TestCase(600, 12)]
    public void Less_than_a_minute_or_coarser_than_ten_seconds_gives_nothing(int count, double cadence) =>
        Assert.That(BurstCutter.Windows(Series(Noisy(count, 0.01), cadence)), Is.Empty);

    [Test]
    public void A_minute_at_ten_seconds_is_enough() =>
        Assert.That(BurstCutter.Windows(Series(Noisy(6, 0.01), 10)), Has.Count.EqualTo(1));

    [Test]
    public void One_dip_is_counted_once_and_its_depth_is_told()
    {
        var load = Noisy(120, 0.001);
        Array.Fill(load, 5f, 30, 12);
        var values = BurstCutter.Windows(Series(load, 1)).Single().Values;
        Assert.That(Value(values, "dips"), Is.EqualTo(60.0 / 118).Within(1e-6));
        Assert.That(Value(values, "dip_depth"), Is.EqualTo(0.45 * 12 / 118).Within(0.002));
    }

    private static double Value(float[] values, string name) => values[BurstFeatures.All.ToList().FindIndex(f => f.Name == name)];

    private static LoadSeries Series(float[] values, double cadence) =>
        new(MeterId.Of("m"), Start, TimeSpan.FromSeconds(cadence), values, new QualityFlags[values.Length]);

    private static float[] Noisy(int count, double deviation)
    {
        var chance = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(10 * (1 + (deviation * chance.Normal()))))];
    }
}
