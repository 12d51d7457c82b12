// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Metering;

namespace Detector.Analysis.Tests;

/// <summary>Small loads for tests.</summary>
internal static class Loads
{
    public static readonly DateTimeOffset Monday = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Hours by index.</summary>
    public static LoadSeries Hours(string meter, int count, Func<int, double> kilowatts, DateTimeOffset? start = null) => new(
        MeterId.Of(meter), start ?? Monday, TimeSpan.FromHours(1), [.. Enumerable.Range(0, count).Select(i => (float)kilowatts(i))], new QualityFlags[count]);

    /// <summary>An office-like building with noise, written in steps of 0.1 kW and four digits.</summary>
    public static RecordedLoad Building(string name, int seed, int days, string source = "here", double level = 60)
    {
        var random = new Random(seed);
        var rounding = new RecordingRounding(0.1, 4, KeepsZero: false);
        var hours = Hours(name, days * 24, i =>
        {
            var working = i % 24 is >= 8 and < 18 && i / 24 % 7 < 5;
            return level * ((working ? 1.6 : 0.8) + (0.1 * random.NextDouble()) + (0.05 * Math.Sin(i / 400.0)));
        });
        return new RecordedLoad(
            source, name, "honest/test", rounding.Write(hours), MeterRegistration.Unregistered(MeterId.Of(name)), rounding, Real: true);
    }

    /// <summary>Its first window.</summary>
    public static LoadWindow Window(RecordedLoad load, int days = PlanSizes.LongDays) => WindowCutter.Cut(load, days)[0];
}
