// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
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
    public void File_that_is_no_parquet_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("m.parquet"), "not parquet at all");
        Assert.That(() => ReadingsSource.Open(folder.In("m.parquet")), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("not a Parquet file"));
    }
}
