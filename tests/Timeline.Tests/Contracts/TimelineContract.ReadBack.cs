// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Tests.Contracts;

internal abstract partial class TimelineContract
{
    [Test]
    public async Task Every_quantity_reads_back_as_it_was_written()
    {
        var full = new Reading(MeterId.Of("m-1"), Start.AddTicks(1_234_560))
        {
            Kind = ReadingKind.IntervalEnergy,
            Interval = TimeSpan.FromMilliseconds(900_001),
            PowerKilowatts = -0.1 + 1e-17,
            RegisterKilowattHours = 1e16,
            ReactiveKilovars = 1.0 / 3,
            PowerFactor = -0.98,
            Volts = 4.9e-7,
            Amperes = double.MaxValue,
            Quality = QualityFlags.Estimated | QualityFlags.Missing,
        };
        var empty = new Reading(MeterId.Of("m-1"), Start.AddSeconds(1)) { Kind = ReadingKind.Register };
        await WriteAsync(new ArrivedReading(full, 1, 0), new ArrivedReading(empty, 1, 1));
        var read = await ReadAllAsync("m-1");

        Assert.That(read, Is.EqualTo(new[] { full, empty }));
    }

    [Test]
    public async Task Readings_of_one_second_keep_their_microseconds()
    {
        DateTimeOffset[] times = [.. Enumerable.Range(0, 10).Select(i => Start.AddTicks((i * 1_000_000L) + 10))];
        await WriteAsync([.. times.Select((time, i) => new ArrivedReading(new Reading(MeterId.Of("fast"), time) { PowerKilowatts = i }, 1, i))]);
        var read = await ReadAllAsync("fast");

        Assert.That(read.Select(reading => reading.Time), Is.EqualTo(times));
    }

    [Test]
    public async Task Names_with_any_allowed_character_stay_apart()
    {
        string[] names =
        [
            "a b", "a,b", "a=b", "a\\", "a\\,b", "a\\ b", "a%5Cb", "a\\b", "a%b", "'", "\"quoted\"", " ", "電錶-1", "⚡", "a\\\\", "it's; DROP", "x\u2028y", new string('z', MeterId.MaxLength),
        ];
        await WriteAsync([.. names.Select((name, i) => Arrived(name, 0, i, 1, i))]);
        await ReopenAsync();
        var again = await WriteAsync([.. names.Select((name, i) => Arrived(name, 0, i, 2, i))]);
        var meters = await Timeline.MetersAsync(CancellationToken.None);

        Assert.That(again, Is.All.EqualTo(WriteResult.Duplicate));
        Assert.That(meters.Select(meter => meter.Value), Is.EqualTo(names.Order(StringComparer.Ordinal)));
        for (var i = 0; i < names.Length; i++)
        {
            var powers = await PowersAsync(names[i]);
            Assert.That(powers, Is.EqualTo(new[] { (double)i }), names[i]);
        }
    }

    [Test]
    public async Task A_range_holds_its_start_and_not_its_end()
    {
        await WriteAsync([.. Enumerable.Range(0, 5).Select(i => Arrived("m-1", i, i, i + 1))]);
        var read = await ReadAllAsync("m-1", new TimeRange(Start.AddMinutes(1), Start.AddMinutes(3)));
        var between = await ReadAllAsync("m-1", new TimeRange(Start.AddMinutes(1).AddTicks(1), Start.AddMinutes(3).AddTicks(1)));

        Assert.That(read.Select(reading => reading.PowerKilowatts), Is.EqualTo(new[] { 1.0, 2.0 }));
        Assert.That(between.Select(reading => reading.PowerKilowatts), Is.EqualTo(new[] { 2.0, 3.0 }));
    }

    [Test]
    public async Task Count_extent_and_meters_tell_what_is_there()
    {
        var nothing = await Timeline.ExtentAsync(MeterId.Of("m-1"), CancellationToken.None);
        var none = await Timeline.MetersAsync(CancellationToken.None);
        var zero = await CountAsync();
        await WriteAsync(Arrived("m-2", 30, 1, 1), Arrived("m-1", 45, 1, 2), Arrived("m-1", 15, 1, 3), Arrived("B", 0, 1, 4));
        var extent = await Timeline.ExtentAsync(MeterId.Of("m-1"), CancellationToken.None);
        var unknown = await Timeline.ExtentAsync(MeterId.Of("m-9"), CancellationToken.None);
        var meters = await Timeline.MetersAsync(CancellationToken.None);
        var count = await CountAsync();

        Assert.That((nothing, none.Count, zero), Is.EqualTo(((TimeRange?)null, 0, 0L)));
        Assert.That(extent, Is.EqualTo(new TimeRange(Start.AddMinutes(15), Start.AddMinutes(45))));
        Assert.That(unknown, Is.Null);
        Assert.That(meters.Select(meter => meter.Value), Is.EqualTo(new[] { "B", "m-1", "m-2" }));
        Assert.That(count, Is.EqualTo(4));
    }

    [Test]
    public async Task Many_meters_are_read_by_column_each_whole_and_in_order_of_time()
    {
        await WriteAsync(
        [
            .. Enumerable.Range(0, 300).Select(i => Arrived($"m-{i % 3}", i, i, i + 1)),
            Arrived("late", 30, 3, 901), Arrived("late", 10, 1, 902), Arrived("late", 20, 2, 903), Arrived("other", 5, 9, 904),
        ]);
        var register = Arrived("m-0", 500, 1, 905);
        await WriteAsync(register with { Reading = register.Reading with { PowerKilowatts = double.NaN, RegisterKilowattHours = 77.5, Quality = QualityFlags.Estimated } });
        var asked = new[] { "m-2", "late", "m-0", "nobody" }.Select(MeterId.Of).ToArray();
        var read = new Dictionary<string, ReadingColumns>();
        await foreach (var columns in Timeline.ReadManyAsync(asked, TimeRange.All, CancellationToken.None))
        {
            read.Add(columns.Meter.Value, columns);
        }

        Assert.That(read.Keys, Is.EquivalentTo(new[] { "m-0", "m-2", "late" }));
        foreach (var (name, columns) in read)
        {
            var one = ReadingColumns.Of(MeterId.Of(name), await ReadAllAsync(name));
            Assert.That(columns.UnixMicroseconds, Is.EqualTo(one.UnixMicroseconds), name);
            Assert.That(columns.PowerKilowatts, Is.EqualTo(one.PowerKilowatts), name);
            Assert.That(columns.Quality, Is.EqualTo(one.Quality), name);
            Assert.That(columns.RegisterKilowattHours, Is.EqualTo(one.RegisterKilowattHours).Or.Empty, name);
        }

        Assert.That(read["m-0"].RegisterKilowattHours[^1], Is.EqualTo(77.5));
    }

    [Test]
    public async Task Many_meters_are_read_within_a_range_that_holds_its_start_and_not_its_end()
    {
        await WriteAsync([.. Enumerable.Range(0, 12).Select(i => Arrived($"m-{i % 2}", i, i, i + 1))]);
        var range = new TimeRange(Start.AddMinutes(2), Start.AddMinutes(4));
        var powers = new List<double>();
        await foreach (var columns in Timeline.ReadManyAsync([MeterId.Of("m-0"), MeterId.Of("m-1")], range, CancellationToken.None))
        {
            powers.AddRange(columns.PowerKilowatts);
        }

        Assert.That(powers, Is.EquivalentTo(new[] { 2.0, 3.0 }));
    }

    [Test]
    public async Task The_latest_reading_of_every_meter_is_told_at_once()
    {
        var none = await Timeline.LatestAsync(CancellationToken.None);
        await WriteAsync(Arrived("m-2", 30, 1, 1), Arrived("m-1", 45, 1, 2), Arrived("m-1", 15, 1, 3));
        var latest = await Timeline.LatestAsync(CancellationToken.None);

        Assert.That(none, Is.Empty);
        Assert.That(latest, Is.EquivalentTo(new Dictionary<MeterId, DateTimeOffset>
        {
            [MeterId.Of("m-1")] = Start.AddMinutes(45),
            [MeterId.Of("m-2")] = Start.AddMinutes(30),
        }));
    }

    [Test]
    public async Task Positions_use_all_of_their_64_bits()
    {
        const long Large = long.MaxValue - 1; // above 2^53, where a double would round
        await WriteAsync(Arrived("m-1", 0, 1, Large));
        await ReopenAsync();
        var same = await WriteAsync(Arrived("m-1", 0, 1, Large));
        var next = await WriteAsync(Arrived("m-1", 0, 1, Large - 1));

        Assert.That(same, Is.EqualTo(new[] { WriteResult.Stored }));
        Assert.That(next, Is.EqualTo(new[] { WriteResult.Duplicate }));
    }
}
