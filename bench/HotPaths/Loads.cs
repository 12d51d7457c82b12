// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;
using Detector.Timeline;

namespace Detector.Bench.HotPaths;

/// <summary>What the benchmarks run on: the same on every run.</summary>
internal static class Loads
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly MeterId Meter = MeterId.Of("plant-7");

    /// <summary>A load of an office with noise: three digits, as meters send them.</summary>
    public static double Kilowatts(int quarterHour)
    {
        var hour = quarterHour / 4 % 24;
        var day = quarterHour / 96 % 7;
        var usual = day < 5 && hour is > 7 and < 19 ? 180.0 : 95.0;
        return Math.Round(usual * (1 + (0.05 * Math.Sin(quarterHour * 0.7)) + (0.02 * Math.Sin(quarterHour * 12.9898))), 1);
    }

    /// <summary>Stored readings of some days at a quarter hour.</summary>
    public static ReadingColumns Columns(int days)
    {
        var count = days * 96;
        var times = new long[count];
        var power = new double[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = Instants.ToUnixMicroseconds(Start.AddMinutes(15 * i));
            power[i] = Kilowatts(i);
        }

        return new ReadingColumns { Meter = Meter, UnixMicroseconds = times, PowerKilowatts = power };
    }

    /// <summary>Readings of many meters in the order in which they arrive: a quarter hour of every meter, then the next.</summary>
    public static ArrivedReading[] Arrivals(int meters, int count, int from)
    {
        MeterId[] names = [.. Enumerable.Range(0, meters).Select(i => MeterId.Of(string.Create(CultureInfo.InvariantCulture, $"m-{i}")))];
        var batch = new ArrivedReading[count];
        for (var i = 0; i < count; i++)
        {
            var at = from + i;
            batch[i] = new ArrivedReading(
                new Reading(names[at % meters], Start.AddMinutes(15 * (at / meters))) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromMinutes(15), PowerKilowatts = Kilowatts(at) },
                at + 1,
                0);
        }

        return batch;
    }

    /// <summary>A payload of the default JSON codec: one reading as an object, several as an array.</summary>
    public static byte[] Json(int readings, int from)
    {
        var elements = Enumerable.Range(from, readings).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"ts":"{{Start.AddMinutes(15 * i):yyyy-MM-ddTHH:mm:ssZ}}","kw":{{Kilowatts(i)}},"v":230.4,"q":"good"}"""));
        return Encoding.UTF8.GetBytes(readings == 1 ? elements.Single() : "[" + string.Join(',', elements) + "]");
    }

    /// <summary>A payload of the line protocol codec, one line a reading.</summary>
    public static byte[] Lines(int readings) => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, readings).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"readings,meter=plant-7 kw={Kilowatts(i)} {Instants.ToUnixMicroseconds(Start.AddMinutes(15 * i))}000"))));

    /// <summary>The shipped model.</summary>
    public static DetectorModel Model()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        return DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
    }

    /// <summary>A judge by the shipped model.</summary>
    public static Judge Judge() => new(Model(), new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
}
