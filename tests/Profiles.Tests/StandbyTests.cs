// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Tests;

/// <summary>What a load draws while it is off is no feature: a contactor that opens and fans that go on turning are the same.</summary>
internal sealed class StandbyTests
{
    [TestCase(7, Description = "off for seven hours a day")]
    [TestCase(16, Description = "off for most of the day: the median is standby")]
    public void A_load_has_the_same_features_whatever_it_draws_while_it_is_off(int hoursOff)
    {
        var noise = new Random(1);
        double[] running = [.. Enumerable.Range(0, 56 * 24).Select(_ => 200 * (1 + (0.01 * (noise.NextDouble() - 0.5))))];
        LoadProfile Profile(double standby) => Build(Loads.Hourly(56, hour => hour % 24 < hoursOff ? standby * 200 : running[hour]));
        var (opened, turning) = (Profile(0), Profile(0.02));

        Assert.That(turning.Values.ToArray(), Is.EqualTo(opened.Values.ToArray()));
        Assert.That(opened.MeanKilowatts, Is.LessThan(turning.MeanKilowatts), "its size is as it was measured");
        Assert.That(opened.Values.ToArray().Count(float.IsNaN), Is.LessThan(opened.Values.Length / 4), "most of it is known, though its median is standby");
    }

    private static LoadProfile Build(LoadSeries series) => new ProfileBuilder(FeatureCatalog.Default()).Build(series, MeterRegistration.Unregistered(series.Meter) with { TimeZone = "Etc/UTC" });
}
