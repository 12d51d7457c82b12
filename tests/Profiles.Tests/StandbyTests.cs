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

    [TestCase(8)]
    [TestCase(12, Description = "the median lies between rest and running")]
    [TestCase(16)]
    public void What_moves_is_measured_while_a_load_runs(int hoursOff)
    {
        var noise = new Random(2);
        double[] running = [.. Enumerable.Range(0, 56 * 24).Select(_ => 200 * (1 + (0.02 * (noise.NextDouble() - 0.5))))];
        var (always, partly) = (Loads.Hourly(56, hour => running[hour]), Loads.Hourly(56, hour => hour % 24 < hoursOff ? 0 : running[hour]));

        Assert.Multiple(() =>
        {
            foreach (var feature in new[] { "res_mad", "res_night", "res_hour_high", "scale_robust_1", "scale_day_median", "scale_week_p90" })
            {
                Assert.That(Loads.Feature(partly, feature), Is.EqualTo(Loads.Feature(always, feature)).Within(0.35), feature); // natural logarithms
            }

            Assert.That(Loads.Feature(partly, "flat_within_2"), Is.EqualTo((24 - hoursOff) / 24.0).Within(0.01));
        });
    }

    private static LoadProfile Build(LoadSeries series) => new ProfileBuilder(FeatureCatalog.Default()).Build(series, MeterRegistration.Unregistered(series.Meter) with { TimeZone = "Etc/UTC" });
}
