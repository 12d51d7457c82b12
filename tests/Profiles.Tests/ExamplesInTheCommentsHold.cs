// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Tests;

/// <summary>The example of each group's data sheet, computed.</summary>
internal sealed class ExamplesInTheCommentsHold
{
    [Test]
    public void Flatness()
    {
        var load = Loads.Hourly(28, hour => hour % 2 == 0 ? 90 : 110);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "flat_cv"), Is.EqualTo(0.1).Within(1e-4));
            Assert.That(Loads.Feature(load, "flat_within_2"), Is.EqualTo(0.5));
            Assert.That(Loads.Feature(load, "flat_within_10"), Is.EqualTo(0.5));
        });
    }

    [Test]
    public void Calendar()
    {
        var load = Loads.Hourly(28, hour => hour % 24 is >= 6 and < 18 ? 110 : 90);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "cal_amplitude"), Is.EqualTo(2 / 11.0).Within(1e-4));
            Assert.That(Loads.Feature(load, "cal_weekend"), Is.EqualTo(1).Within(1e-4));
        });
    }

    [Test]
    public void Residual()
    {
        var noise = new Random(1);
        var load = Loads.Hourly(91, _ => 100 + noise.NextDouble());
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "res_memory_1"), Is.EqualTo(0).Within(0.1));
            Assert.That(Loads.Feature(load, "res_memory_24"), Is.EqualTo(0).Within(0.1));
        });
        var repeated = Enumerable.Range(0, 13).SelectMany(_ => Enumerable.Repeat(noise.NextDouble(), 7)).ToArray();
        Assert.That(Loads.Feature(Loads.Hourly(91, hour => 100 + repeated[hour / 24]), "res_memory_24"), Is.GreaterThan(0.5).Or.NaN);
    }

    [Test]
    public void Scales()
    {
        var noise = new Random(2);
        var load = Loads.Hourly(91, _ => 100 + noise.NextDouble());
        Assert.That(Loads.Feature(load, "scale_ratio_2"), Is.EqualTo(-0.35).Within(0.08));
    }

    [Test]
    public void Spectrum()
    {
        var load = Loads.Hourly(91, hour => 100 + (10 * Math.Sin(2 * Math.PI * hour / 4.07)) + (0.001 * (hour % 5)));
        var bands = Enumerable.Range(0, 7).Select(b => Loads.Feature(load, $"band_{b}")).ToArray();
        Assert.That(bands[1], Is.GreaterThan(bands.Where((_, b) => b != 1).Max() + 3), string.Join(' ', bands));
    }

    [Test]
    public void Base()
    {
        var load = Loads.Hourly(28, hour => hour % 24 < 12 ? 50 : 150);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "base_mean"), Is.EqualTo(0.5).Within(1e-4));
            Assert.That(Loads.Feature(load, "base_within_1"), Is.EqualTo(1));
        });
    }

    [Test]
    public void Remainder()
    {
        var load = Loads.Hourly(28, hour => hour % 24 < 12 ? 50 : 150);
        Assert.That(Loads.Feature(load, "rem_hours_50"), Is.EqualTo(0.5).Within(1e-4));
    }

    [Test]
    public void Drops()
    {
        var load = Loads.Hourly(100, hour => hour % 240 is 110 or 111 ? 50 : 100);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "drop_rate"), Is.EqualTo(0.1).Within(1e-4));
            Assert.That(Loads.Feature(load, "drop_depth"), Is.EqualTo(0.5).Within(1e-4));
            Assert.That(Loads.Feature(load, "drop_hours"), Is.EqualTo(2));
        });
    }

    [Test]
    public void Two_level()
    {
        var load = Loads.Hourly(28, hour => hour % 24 < 12 ? 100 : 10);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "two_low_high"), Is.EqualTo(0.1).Within(1e-4));
            Assert.That(Loads.Feature(load, "two_on_share"), Is.EqualTo(0.5).Within(1e-4));
            Assert.That(Loads.Feature(load, "two_clock"), Is.Zero);
            Assert.That(Loads.Feature(load, "two_edge_drift"), Is.Zero);
        });
    }

    [Test]
    public void Drift()
    {
        var load = Loads.Hourly(91, hour => 100 + (hour / 168));
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "drift_range"), Is.EqualTo(0.12).Within(0.01));
            Assert.That(Loads.Feature(load, "drift_trend"), Is.EqualTo(0.04).Within(0.005));
        });
    }

    [Test]
    public void Change_points()
    {
        var load = Loads.Hourly(91, hour => hour < 40 * 24 ? 100 : 150);
        Assert.Multiple(() =>
        {
            Assert.That(Loads.Feature(load, "step_largest"), Is.EqualTo(0.333).Within(0.001));
            Assert.That(Loads.Feature(load, "step_count"), Is.EqualTo(28f / 91).Within(1e-4));
        });
    }
}
