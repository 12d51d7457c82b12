// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Recordings.Parquet;
using Detector.Testing;
using Parquet;
using Parquet.Schema;

namespace Detector.Recordings;

internal sealed class ParquetTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Timestamps_and_optional_columns_are_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.In("fleet.parquet");
        var meter = new DataField<string>("meter");
        var time = new DateTimeDataField("timestamp_utc", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: false);
        var power = new DataField<double>("value_kw", nullable: true);
        var quality = new DataField<string>("quality");
        await using (var stream = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(meter, time, power, quality), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(meter, ["m-1", "m-2"]);
            await group.WriteAsync<DateTime>(time, new[] { Start.UtcDateTime, Start.AddMilliseconds(100).UtcDateTime });
            await group.WriteAsync<double>(power, new double?[] { 1.25, null });
            await group.WriteAsync(quality, ["estimated", ""]);
        }

        Assert.That(ReadingsSource.Open(path).Readings(), Is.EqualTo(new[]
        {
            new Reading(MeterId.Of("m-1"), Start) { PowerKilowatts = 1.25, Quality = QualityFlags.Estimated },
            new Reading(MeterId.Of("m-2"), Start.AddMilliseconds(100)) { Quality = QualityFlags.Missing },
        }));
    }

    [Test]
    public async Task Unix_seconds_text_times_and_floats_are_read()
    {
        using var folder = new TemporaryFolder();
        var seconds = new DataField<long>("timestamp_utc");
        var text = new DataField<string>("timestamp_utc");
        var power = new DataField<float>("value_kw", nullable: false);
        await using (var stream = File.Create(folder.In("a.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(seconds, power), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<long>(seconds, new[] { Start.ToUnixTimeSeconds() });
            await group.WriteAsync<float>(power, new[] { 12.3f });
        }

        await using (var stream = File.Create(folder.In("b.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(text, power), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(text, ["2026-01-01T08:00:00+08:00"]);
            await group.WriteAsync<float>(power, new[] { 12.3f });
        }

        Assert.That(ReadingsSource.Open(folder.Path).Readings(), Is.EqualTo(new[]
        {
            new Reading(MeterId.Of("a"), Start) { PowerKilowatts = 12.3 },
            new Reading(MeterId.Of("b"), Start) { PowerKilowatts = 12.3 },
        }));
    }

    [Test]
    public async Task What_is_written_is_read_back_as_the_same_readings_over_several_groups()
    {
        using var folder = new TemporaryFolder();
        var readings = Enumerable.Range(0, ParquetReadingsWriter.GroupReadings + 17).Select(Any).ToList();
        await WriteAsync(folder.In("all.parquet"), readings);
        await WriteAsync(folder.In("again.parquet"), readings);

        Assert.That(ReadingsSource.Open(folder.In("all.parquet")).Readings(), Is.EqualTo(readings));
        Assert.That(await File.ReadAllBytesAsync(folder.In("again.parquet")), Is.EqualTo(await File.ReadAllBytesAsync(folder.In("all.parquet"))), "the same readings give the same bytes");
    }

    [Test]
    public async Task File_that_was_not_completed_leaves_the_one_before_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.In("all.parquet");
        await WriteAsync(path, [Any(0)]);
        await using (var writer = await ParquetReadingsWriter.CreateAsync(path))
        {
            await writer.AddAsync(Any(1));
        }

        Assert.That(ReadingsSource.Open(folder.Path).Readings(), Is.EqualTo(new[] { Any(0) }));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    [TestCase("hourly", "900", "kind 'hourly' is none of instantaneous, interval_mean, interval_energy, register")]
    [TestCase("register", "-1", "interval_s is -1")]
    public void Meaning_that_cannot_be_is_told_with_its_row(string kind, string interval, string told)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("m.csv"), $"timestamp_utc,value_kw,kind,interval_s\n2026-01-01T00:00:00Z,1,interval_mean,900\n2026-01-01T00:15:00Z,1,{kind},{interval}\n");
        Assert.That(() => ReadingsSource.Open(folder.In("m.csv")).Readings().ToList(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains(told).And.Message.Contains("3"));
    }

    private static async Task WriteAsync(string path, IEnumerable<Reading> readings)
    {
        await using var writer = await ParquetReadingsWriter.CreateAsync(path);
        foreach (var reading in readings)
        {
            await writer.AddAsync(reading);
        }

        await writer.CompleteAsync();
    }

    // Of every kind, with and without each quantity.
    private static Reading Any(int number) => new(MeterId.Of($"m-{number / 1000}"), Start.AddMicroseconds(number * 1_000_001L))
    {
        Kind = (ReadingKind)(1 + (number % 4)),
        Interval = number % 4 is 1 or 2 ? TimeSpan.FromMinutes(15) : TimeSpan.Zero,
        PowerKilowatts = number % 4 == 3 ? double.NaN : number / 7.0,
        RegisterKilowattHours = number % 4 == 3 ? number * 0.1 : double.NaN,
        ReactiveKilovars = number % 3 == 0 ? -0.3 : double.NaN,
        PowerFactor = number % 5 == 0 ? 0.97 : double.NaN,
        Volts = number % 7 == 0 ? 230.1 : double.NaN,
        Amperes = number % 11 == 0 ? 1e-3 : double.NaN,
        Quality = number % 13 == 0 ? QualityFlags.Estimated | QualityFlags.Negative : QualityFlags.None,
    };

    [Test]
    public void File_that_is_no_parquet_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("m.parquet"), "not parquet at all");
        Assert.That(() => ReadingsSource.Open(folder.In("m.parquet")), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("not a Parquet file"));
    }
}
