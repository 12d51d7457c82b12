// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Tests.Contracts;

/// <summary>Quantities of one meter and time that come one by one.</summary>
internal abstract partial class TimelineContract
{
    private static readonly MeterId Split = MeterId.Of("m-1");

    [Test]
    public async Task Quantities_of_one_time_that_come_one_by_one_are_laid_side_by_side()
    {
        await WriteAsync(Only(1, r => r with { Volts = 230 }));
        await ReopenAsync();
        var results = await WriteAsync(
            Only(2, r => r with { PowerKilowatts = 5, Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromMinutes(15) }),
            Only(3, r => r with { RegisterKilowattHours = 7000, Kind = ReadingKind.Register }),
            Only(4, r => r with { Volts = 230, PowerFactor = 0.9 }));
        await ReopenAsync();
        var stored = await ReadAllAsync("m-1");
        var count = await CountAsync();

        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(1));
        Assert.That(stored.Single(), Is.EqualTo(new Reading(Split, Start)
        {
            Kind = ReadingKind.IntervalMean,
            Interval = TimeSpan.FromMinutes(15),
            PowerKilowatts = 5,
            RegisterKilowattHours = 7000,
            Volts = 230,
            PowerFactor = 0.9,
        }));
    }

    [Test]
    public async Task Parts_of_a_reading_that_come_again_are_duplicates()
    {
        ArrivedReading[] parts = [Only(1, r => r with { PowerKilowatts = 5 }), Only(2, r => r with { ReactiveKilovars = 1 }), Arrived("m-2", 0, 3, 3)];
        var first = await WriteAsync(parts);
        var replayed = await WriteAsync(parts);
        var again = await WriteAsync(Only(4, r => r with { ReactiveKilovars = 1 }), Only(5, r => r with { ReactiveKilovars = 1, PowerKilowatts = 5 }));
        var count = await CountAsync();

        Assert.That(first, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(replayed, Is.EqualTo(new[] { WriteResult.Stored, WriteResult.Duplicate, WriteResult.Stored }));
        Assert.That(again, Is.All.EqualTo(WriteResult.Duplicate));
        Assert.That(count, Is.EqualTo(2));
    }

    [Test]
    public async Task A_part_that_contradicts_adds_nothing()
    {
        await WriteAsync(Only(1, r => r with { PowerKilowatts = 5, Volts = 230 }));
        var results = await WriteAsync(
            Only(2, r => r with { Volts = 231, Amperes = 9 }),
            Only(3, r => r with { PowerKilowatts = 5, Kind = ReadingKind.IntervalMean, Amperes = 9 }));
        var stored = await ReadAllAsync("m-1");

        Assert.That(results, Is.All.EqualTo(WriteResult.Conflict));
        Assert.That(stored.Single(), Is.EqualTo(new Reading(Split, Start) { PowerKilowatts = 5, Volts = 230 }));
    }

    [Test]
    public async Task Late_parts_of_many_meters_find_theirs()
    {
        string[] meters = [.. Enumerable.Range(0, 30).Select(i => $"m-{i}")];
        await WriteAsync([.. meters.SelectMany((meter, i) => new[] { Arrived(meter, 0, i, (10 * i) + 1), Arrived(meter, 15, i, (10 * i) + 2), Arrived(meter, 30, i, (10 * i) + 3) })]);
        var results = await WriteAsync([.. meters.Select((meter, i) => new ArrivedReading(new Reading(MeterId.Of(meter), Start.AddMinutes(15)) { Amperes = i }, 1000 + i, 0))]);
        var stored = new List<Reading>();
        foreach (var meter in meters)
        {
            stored.AddRange(await ReadAllAsync(meter));
        }

        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(stored.Select(r => r.PowerKilowatts), Is.EqualTo(meters.SelectMany((_, i) => Enumerable.Repeat((double)i, 3))));
        Assert.That(stored.Where(r => r.Time == Start.AddMinutes(15)).Select(r => r.Amperes), Is.EqualTo(Enumerable.Range(0, 30)));
        Assert.That(stored.Where(r => r.Time != Start.AddMinutes(15)).Select(r => r.Amperes), Is.All.NaN);
    }

    private static ArrivedReading Only(long position, Func<Reading, Reading> given) => new(given(new Reading(Split, Start)), position, 0);
}
