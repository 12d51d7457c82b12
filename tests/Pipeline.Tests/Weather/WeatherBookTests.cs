// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;
using Detector.Pipeline.Weather;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests.Weather;

/// <summary>Temperatures kept by region and hour, and laid beside a meter's load.</summary>
internal sealed class WeatherBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MeterId Meter = MeterId.Of("m-1");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Values_of_an_hour_become_its_mean_and_a_newer_hour_replaces_the_older()
    {
        using var book = Open();
        var written = book.Put([Of("Gansu", 0, -4), Of("Gansu", 0.5, -5), Of("Gansu", 2, -8), Of("Yunnan", 0, 15)]);
        book.Put([Of("Gansu", 2, -7)]);
        Assert.Multiple(() =>
        {
            Assert.That(written, Is.EquivalentTo(new Dictionary<string, int> { ["Gansu"] = 2, ["Yunnan"] = 1 }));
            Assert.That(book.Read("Gansu", TimeRange.All), Is.EqualTo(new[] { Of("Gansu", 0, -4.5), Of("Gansu", 2, -7) }));
            Assert.That(book.Read("Gansu", new TimeRange(Start.AddMinutes(1), Start.AddHours(2))), Is.Empty, "an hour that began before is not in it, nor is one that begins at its end");
            Assert.That(book.Regions(), Is.EqualTo(new[] { new RegionWeather("Gansu", Start, Start.AddHours(3), 2), new RegionWeather("Yunnan", Start, Start.AddHours(1), 1) }));
        });
    }

    [Test]
    public void It_is_kept_over_a_restart_and_a_newer_layout_is_refused()
    {
        using (var book = Open())
        {
            book.Put([Of("Gansu", 0, -4)]);
        }

        using (var again = Open())
        {
            Assert.That(again.Regions(), Has.Count.EqualTo(1));
        }

        using (var raw = new SqliteConnection($"Data Source={_folder.In(WeatherBook.FileName)};Pooling=False"))
        {
            raw.Open();
            using var command = raw.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9";
            command.ExecuteNonQuery();
        }

        Assert.That(Assert.Throws<InvalidDataException>(() => Open().Dispose())!.Message, Does.Contain("layout 9").And.Contain("up to 1"));
    }

    [Test]
    public async Task A_file_with_faults_keeps_nothing_and_leaves_nothing_behind()
    {
        using var book = Open();
        var desk = new WeatherDesk(book, _folder.Path, NullLogger<WeatherDesk>.Instance);
        var refused = await PutAsync(desk, "region,timestamp_utc,temperature_c\nGansu,2026-01-01T00:00:00Z,-4\n,2026-01-01T01:00:00Z,-4\nGansu,2026-01-01 01:00,-4\nGansu,2026-01-01T01:00:00Z,400\nGansu,,1\n");
        Assert.That(refused.Faults.Select(f => f.Split(':')[0]), Is.EqualTo(new[] { "line 3, column region", "line 4, column timestamp_utc", "line 5, column temperature_c", "line 6, column timestamp_utc" }));
        Assert.That(book.Regions(), Is.Empty);

        var taken = await PutAsync(desk, "temperature_c,station,region,timestamp_utc\n-4.25,57 011,Gansu,2026-01-01T08:00:00+08:00\n");
        Assert.That((taken.Faults.Count, taken.Hours["Gansu"]), Is.EqualTo((0, 1)));
        Assert.That(book.Read("Gansu", TimeRange.All), Is.EqualTo(new[] { Of("Gansu", 0, -4.25) }));
        Assert.That(Directory.EnumerateFiles(_folder.Path, "*.csv"), Is.Empty);
    }

    [Test]
    public async Task Temperatures_are_of_the_region_where_the_meter_was_at_the_end_and_of_its_time_there()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open();
        var moved = Start.AddHours(6);
        bench.Registry.Replace(new SiteRegistry(
        [
            MeterRegistration.Unregistered(Meter) with { Site = "s-old", Region = "Gansu", ValidTo = moved },
            MeterRegistration.Unregistered(Meter) with { Site = "s-new", Region = "Yunnan", ValidFrom = moved },
        ]));
        book.Put(Enumerable.Range(0, 12).SelectMany(h => new[] { Of("Gansu", h, -h), Of("Yunnan", h, 10 + h + 0.04) }).Where(t => t.Celsius is not (-1 or -2 or -3 or 17.04 or 19.04 or 20.04)));
        var weather = new SiteWeather(book, bench.Timeline, new SeriesAssessor(), bench.Registry);
        var now = weather.Temperatures(Meter, new TimeRange(Start, Start.AddHours(10)));
        var then = weather.Temperatures(Meter, new TimeRange(Start, Start.AddHours(5)));
        Assert.Multiple(() =>
        {
            Assert.That((now.Region, now.From, now.StepSeconds), Is.EqualTo(("Yunnan", (DateTimeOffset?)moved, 3600)));
            Assert.That(now.Celsius, Is.EqualTo(new double?[] { 16, 17, 18 }), "to a tenth; an hour between two is on the line through them");
            Assert.That((then.Region, then.Celsius), Is.EqualTo(("Gansu", new double?[] { 0, null, null, null, -4 })), "hours four apart have nothing between them");
        });

        var years = weather.Temperatures(Meter, new TimeRange(Start, Start.AddDays(500)));
        Assert.That((years.StepSeconds, years.From, years.Celsius.Single()), Is.EqualTo((86_400, (DateTimeOffset?)Start, (double?)18.5)));
        Assert.That(weather.Temperatures(MeterId.Of("nobody"), TimeRange.All).From, Is.Null);
        Assert.That(weather.Temperatures(Meter, asked: null).Region, Is.EqualTo("Yunnan"));
        Assert.That((weather.WithoutReadings(Meter).Lacks, weather.WithoutReadings(MeterId.Of("nobody")).Lacks), Is.EqualTo(("readings", "region")));
    }

    [TestCase(1)]
    [TestCase(24)]
    public async Task A_day_of_load_meets_its_day_of_weather_at_any_cadence(int hours)
    {
        const int Days = 60;
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open();
        bench.Registry.Replace(new SiteRegistry([MeterRegistration.Unregistered(Meter) with { Region = "Gansu", TimeZone = "UTC" }]));
        book.Put(Enumerable.Range(0, Days * 24).Where(h => h / 24 != 7).Select(h => Of("Gansu", h, CelsiusOf(h / 24))));
        await bench.Timeline.WriteAsync(
            Enumerable.Range(0, Days * 24 / hours).Select(i => new ArrivedReading(
                new Reading(Meter, Start.AddHours(i * hours)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(hours), PowerKilowatts = 300 - (5 * CelsiusOf(i * hours / 24)) + (i * 7919 % 13 / 10.0) }, i + 1, 0)).ToArray(),
            CancellationToken.None);
        var answer = await new SiteWeather(book, bench.Timeline, new SeriesAssessor(), bench.Registry).SignatureAsync(Meter, new TimeRange(Start, Start.AddDays(Days)), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Days, Has.Count.EqualTo(Days - 1), "a day without weather is left out");
            Assert.That(answer.Days[0].Celsius, Is.EqualTo(CelsiusOf(0)).Within(1e-9));
            Assert.That(answer.Signature!.HeatingKilowattsPerKelvin, Is.EqualTo(5).Within(0.3));
            Assert.That(answer.Signature.Explained, Is.GreaterThan(0.9));
        });
    }

    private static double CelsiusOf(int day) => -10 + (8 * Math.Sin(day * 1.7)); // never above a balance point

    private static OutdoorTemperature Of(string region, double hour, double celsius) => new(region, Start.AddHours(hour), celsius);

    private static async Task<WeatherAnswer> PutAsync(WeatherDesk desk, string csv)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await desk.PutAsync(body, "olga", CancellationToken.None);
    }

    private WeatherBook Open() => WeatherBook.Open(_folder.In(WeatherBook.FileName));
}
