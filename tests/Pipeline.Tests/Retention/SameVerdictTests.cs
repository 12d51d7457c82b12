// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline.Tests.Retention;

/// <summary>Judging on readings of the window and hours before it says what judging on readings alone says.</summary>
internal sealed class SameVerdictTests
{
    private const int Days = 300;
    private const int RawDays = 99;

    private static readonly DateTimeOffset Start = RetentionBench.Start;
    private static readonly RetentionOptions Policy = new() { RawDays = RawDays };

    private static readonly Lazy<Judge> Judge = new(() =>
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var model = DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
        return new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
    });

    [Test]
    public async Task Any_load_is_judged_the_same_after_its_history_expired([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        await using var bench = await RetentionBench.OpenAsync();
        var load = Load(seed);

        // In three parts with a sweep after each, so that hours are continued twice.
        foreach (var part in new[] { 150, 220, Days })
        {
            await bench.ArriveAsync("m", load.Where(r => r.Time < Start.AddDays(part) && r.Time >= Start.AddDays(part switch { 150 => 0, 220 => 150, _ => 220 })));
            await bench.SweepAsync(Policy);
        }

        var registration = MeterRegistration.Unregistered(MeterId.Of("m")) with { TimeZone = "Asia/Shanghai" };
        var whole = new SeriesAssessor().Assess(registration.Meter, [.. load.Select(r => new Reading(registration.Meter, r.Time) { PowerKilowatts = r.Kilowatts })]).Series;
        var left = await bench.ReadingsAsync("m");
        var past = HourlyLoad.Of(await bench.AggregatesAsync("m"), registration.TimeZone);
        var series = new SeriesAssessor().Assess(left!).Series;

        Assert.That(left!.UnixMicroseconds[0], Is.GreaterThanOrEqualTo(Instants.ToUnixMicroseconds(Start.AddDays(Days - RawDays - 1))));
        Assert.That(past.Start, Is.EqualTo(Start));
        var all = HourlyLoad.From(whole, registration.TimeZone);
        Assert.That(past.Kilowatts, Is.EqualTo(all.Kilowatts[..past.Count]), "hours are the same bits");
        Assert.That(
            FindingJson.Write(Judge.Value.Assess(series, registration, asOf: null, past, out _)),
            Is.EqualTo(FindingJson.Write(Judge.Value.Assess(whole, registration, asOf: null))));
    }

    [Test]
    public async Task Without_the_hours_a_change_is_seen_against_less()
    {
        await using var bench = await RetentionBench.OpenAsync();
        await bench.ArriveAsync("m", Load(2));
        await bench.SweepAsync(Policy);
        var registration = MeterRegistration.Unregistered(MeterId.Of("m"));
        var series = new SeriesAssessor().Assess((await bench.ReadingsAsync("m"))!).Series;
        var past = HourlyLoad.Of(await bench.AggregatesAsync("m"), registration.TimeZone);
        var joined = HourlyLoad.From(series, registration.TimeZone).After(past, new TimeRange(Start, Start.AddDays(Days - 91)), registration.TimeZone);

        Assert.That(joined.Start, Is.EqualTo(Start));
        Assert.That(joined.Coverage, Is.GreaterThan(0.95));
        Assert.That(joined.Range.To, Is.EqualTo(HourlyLoad.From(series, registration.TimeZone).Range.To));
    }

    /// <summary>A load of offices with noise, gaps, a jittering clock at odd seeds, and from some day on something constant added.</summary>
    private static List<(DateTimeOffset Time, double Kilowatts)> Load(int seed)
    {
        var random = new Random(seed);
        var added = random.Next(Days - 80, Days - 20);
        var more = random.Next(0, 60);
        var cadence = seed % 3 == 0 ? 30 : 15;
        var load = new List<(DateTimeOffset, double)>();
        for (var minute = 0; minute < Days * 24 * 60; minute += cadence)
        {
            var time = Start.AddMinutes(minute).AddSeconds(seed % 2 == 1 ? random.Next(0, 20) : 0);
            var working = time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && time.Hour is >= 1 and < 10;
            var kilowatts = 30 + (working ? 50 : 0) + (8 * random.NextDouble()) + (minute >= added * 24 * 60 ? more : 0);
            if (random.NextDouble() > 0.01)
            {
                load.Add((time, Math.Round(kilowatts, 2)));
            }
        }

        return load;
    }
}
