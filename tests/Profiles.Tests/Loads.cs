// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Tests;

/// <summary>Loads by formula, for examples whose features can be computed by hand.</summary>
internal static class Loads
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static LoadSeries Series(TimeSpan cadence, int count, Func<int, double> kilowatts, DateTimeOffset? start = null) => new(
        MeterId.Of("m-1"), start ?? Monday, cadence, [.. Enumerable.Range(0, count).Select(i => (float)kilowatts(i))], new QualityFlags[count]);

    public static LoadSeries Hourly(int days, Func<int, double> kilowatts) => Series(TimeSpan.FromHours(1), days * 24, kilowatts);

    /// <summary>A plausible building: a daily and weekly rhythm with noise.</summary>
    public static LoadSeries Building(int days, int seed, double scale = 1)
    {
        var noise = new Random(seed);
        return Hourly(days, hour =>
        {
            var day = hour / 24 % 7 < 5 ? 1.0 : 0.4;
            var rhythm = 60 + (40 * day * Math.Max(0, Math.Sin(Math.PI * ((hour % 24) - 6) / 14)));
            return scale * (rhythm + (3 * (noise.NextDouble() - 0.5)));
        });
    }

    public static float Feature(LoadSeries series, string name, string timeZone = "Etc/UTC")
    {
        var catalog = FeatureCatalog.Default();
        var registration = MeterRegistration.Unregistered(series.Meter) with { TimeZone = timeZone };
        var at = catalog.IndexOf(name);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), name);
        return new ProfileBuilder(catalog).Build(series, registration).Values[at];
    }
}
