// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Metering;

namespace Detector.Profiles.Tests;

internal sealed class HourlyLoadTests
{
    [Test]
    public void An_hour_is_the_mean_of_its_readings()
    {
        var load = HourlyLoad.From(Loads.Series(TimeSpan.FromMinutes(15), 8, i => i), "Etc/UTC");
        Assert.That(load.Kilowatts, Is.EqualTo(new[] { 1.5f, 5.5f }));
    }

    [Test]
    public void An_hour_of_which_less_than_half_is_known_is_unknown()
    {
        var load = HourlyLoad.From(Loads.Series(TimeSpan.FromMinutes(15), 8, i => i is 1 or 2 or 3 or 6 or 7 ? double.NaN : i), "Etc/UTC");
        Assert.That(load.Kilowatts, Is.EqualTo(new[] { float.NaN, 4.5f }));
    }

    [Test]
    public void A_stuck_reading_is_not_part_of_its_hour()
    {
        var series = Loads.Series(TimeSpan.FromMinutes(30), 4, i => i);
        series.Quality[1] = QualityFlags.Stuck;
        Assert.That(HourlyLoad.From(series, "Etc/UTC").Kilowatts, Is.EqualTo(new[] { 0f, 2.5f }));
    }

    [TestCase("2026-03-27", 71, Description = "the clock goes forward on the 29th")]
    [TestCase("2026-10-23", 73, Description = "the clock goes back on the 25th")]
    public void A_day_of_23_or_25_hours_keeps_every_hour(string from, int hours)
    {
        var start = DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal)
            .AddHours(from.Contains("-03-", StringComparison.Ordinal) ? -1 : -2);
        var load = HourlyLoad.From(Loads.Series(TimeSpan.FromHours(1), hours, i => i + 1, start), "Europe/Berlin");
        Assert.Multiple(() =>
        {
            Assert.That(load.Count, Is.EqualTo(hours));
            Assert.That(load.Local.HourOfWeek[0] % 24, Is.Zero);
            Assert.That(load.Local.HourOfWeek[^1] % 24, Is.EqualTo(23));
            Assert.That(load.Local.Day[^1] - load.Local.Day[0], Is.EqualTo(2));
        });
    }

    [Test]
    public void A_reading_before_the_open_hour_is_refused()
    {
        var hours = new HourlyAccumulator(TimeSpan.FromHours(1), 48);
        Assert.Multiple(() =>
        {
            Assert.That(hours.Add(Loads.Monday.AddHours(2), 1), Is.True);
            Assert.That(hours.Add(Loads.Monday, 1), Is.False);
        });
    }

    [Test]
    public void Without_readings_there_is_no_hour() =>
        Assert.That(new HourlyAccumulator(TimeSpan.FromHours(1), 48).ToLoad("Etc/UTC").Count, Is.Zero);

    [Test]
    public void Reading_by_reading_with_bounded_hours_gives_the_last_hours_of_the_whole_history_and_the_same_profile()
    {
        var readings = Gen.OneOf(Gen.Int[0, 4000].Select(v => v / 10f), Gen.Const(float.NaN)).Array[1, 900];
        Gen.Select(readings, Gen.OneOf(Gen.Const(5), Gen.Const(15), Gen.Const(30), Gen.Const(60)), Gen.Int[1, 90], Gen.Int[0, 59], Gen.Bool).Sample((values, minutes, most, phase, gap) =>
        {
            // A gap of days, so that whole hours are missing too.
            var start = new DateTimeOffset(2026, 3, 1, 0, phase, 0, TimeSpan.Zero);
            var cadence = TimeSpan.FromMinutes(minutes);
            float[] power = gap ? [.. values, .. Enumerable.Repeat(float.NaN, 200), .. values] : values;
            var series = new LoadSeries(MeterId.Of("m-1"), start, cadence, power, new QualityFlags[power.Length]);
            var stream = new HourlyAccumulator(cadence, most);
            for (var i = 0; i < power.Length; i++)
            {
                if (!float.IsNaN(power[i]) || i == power.Length - 1)
                {
                    stream.Add(series.TimeOf(i), power[i]); // what never came is never said to a stream
                }
            }

            var streamed = stream.ToLoad("Europe/Berlin");
            var whole = HourlyLoad.From(series, "Europe/Berlin");
            var kept = whole.Slice(whole.Count - streamed.Count, streamed.Count);
            var profiles = new ProfileBuilder(FeatureCatalog.Default());
            var first = Array.FindIndex(power, v => !float.IsNaN(v));
            var known = first < 0 ? 1 : (series.Range.To - series.TimeOf(first)).TotalHours;
            return streamed.Range.To == whole.Range.To
                && streamed.Count >= Math.Min(most, (int)known)
                && Same(streamed.Kilowatts, kept.Kilowatts)
                && Same(profiles.Build(series.Meter, streamed).Values, profiles.Build(series.Meter, kept).Values);
        });
    }

    private static bool Same(float[] one, float[] other) =>
        one.AsSpan().SequenceEqual(other, EqualityComparer<float>.Create((a, b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b)));
}
