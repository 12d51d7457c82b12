// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Tests.Contracts;

internal abstract partial class TimelineContract
{
    [Test]
    public async Task The_same_arrival_again_is_stored_once_and_called_stored()
    {
        ArrivedReading[] batch = [Arrived("m-1", 0, 1, 1), Arrived("m-1", 15, 2, 2), Arrived("m-2", 0, 3, 2, 1)];
        var first = await WriteAsync(batch);
        var second = await WriteAsync(batch);
        var count = await CountAsync();

        Assert.That(first, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(second, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(3));
    }

    [Test]
    public async Task The_same_arrival_after_reopening_is_stored_once_and_called_stored()
    {
        ArrivedReading[] batch = [Arrived("m-1", 0, 1, 1), Arrived("m-1", 15, 2, 2)];
        await WriteAsync(batch);
        await ReopenAsync();
        var again = await WriteAsync(batch);
        var count = await CountAsync();

        Assert.That(again, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Another_arrival_with_the_same_values_is_a_duplicate(bool reopen)
    {
        await WriteAsync(Arrived("m-1", 0, 1, 1), Arrived("m-1", 15, 2, 2));
        if (reopen)
        {
            await ReopenAsync();
        }

        var results = await WriteAsync(Arrived("m-1", 0, 1, 3), Arrived("m-1", 15, 2, 2, 1));
        var count = await CountAsync();

        Assert.That(results, Is.All.EqualTo(WriteResult.Duplicate));
        Assert.That(count, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Another_arrival_with_other_values_is_a_conflict_and_the_stored_one_stays(bool reopen)
    {
        await WriteAsync(Arrived("m-1", 0, 1, 1), Arrived("m-1", 15, 2, 2));
        if (reopen)
        {
            await ReopenAsync();
        }

        var results = await WriteAsync(Arrived("m-1", 15, 7, 3), Arrived("m-1", 30, 3, 3, 1));
        var powers = await PowersAsync("m-1");

        Assert.That(results, Is.EqualTo(new[] { WriteResult.Conflict, WriteResult.Stored }));
        Assert.That(powers, Is.EqualTo(new[] { 1.0, 2.0, 3.0 }));
    }

    [Test]
    public async Task Flags_are_judgement_so_readings_that_differ_only_in_them_are_duplicates()
    {
        await WriteAsync(Arrived("m-1", 0, 1, 1));
        var flagged = Arrived("m-1", 0, 1, 2) with { Reading = Arrived("m-1", 0, 1, 2).Reading with { Quality = QualityFlags.Suspect } };
        var results = await WriteAsync(flagged);

        Assert.That(results, Is.EqualTo(new[] { WriteResult.Duplicate }));
    }

    [Test]
    public async Task Within_one_batch_the_earlier_place_wins()
    {
        var results = await WriteAsync(
            Arrived("m-1", 15, 1, 1),
            Arrived("m-1", 15, 1, 1, 1),
            Arrived("m-1", 15, 9, 2),
            Arrived("m-1", 15, 1, 1),
            Arrived("m-1", 0, 5, 2, 1),
            Arrived("m-1", 0, 6, 2, 2),
            Arrived("m-2", 0, 6, 2, 3));
        var powers = await PowersAsync("m-1");

        Assert.That(results, Is.EqualTo(new[]
        {
            WriteResult.Stored, WriteResult.Duplicate, WriteResult.Conflict, WriteResult.Stored, WriteResult.Stored, WriteResult.Conflict, WriteResult.Stored,
        }));
        Assert.That(powers, Is.EqualTo(new[] { 5.0, 1.0 }));
    }

    [Test]
    public async Task Late_readings_fill_gaps_and_are_recognised_when_they_come_again()
    {
        await WriteAsync([.. Enumerable.Range(0, 100).Where(i => i % 2 == 0).Select(i => Arrived("m-1", i, i, i + 1))]);
        await ReopenAsync();
        ArrivedReading[] late = [.. Enumerable.Range(0, 100).Reverse().Where(i => i % 2 == 1).Select(i => Arrived("m-1", i, i, 1000 + i))];
        var first = await WriteAsync(late);
        var second = await WriteAsync(late);
        var powers = await PowersAsync("m-1");

        Assert.That(first, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(second, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(powers, Is.EqualTo(Enumerable.Range(0, 100).Select(i => (double)i)));
    }

    [Test]
    public async Task Late_readings_of_many_meters_and_far_apart_times_are_each_judged()
    {
        string[] meters = [.. Enumerable.Range(0, 40).Select(i => $"m-{i}")];
        await WriteAsync([.. meters.Select((meter, i) => Arrived(meter, 0, 1, i + 1))]);
        await WriteAsync([.. meters.Select((meter, i) => Arrived(meter, 60 * 24 * 40, 2, 100 + i))]);
        var results = await WriteAsync(
        [
            .. meters.Select((meter, i) => Arrived(meter, 0, 1, 200 + i)),
            .. meters.Select((meter, i) => Arrived(meter, 60 * 24 * 40, 3, 300 + i)),
            .. meters.Select((meter, i) => Arrived(meter, 60 * 24 * 20, 4, 400 + i)),
        ]);
        var count = await CountAsync();

        Assert.That(results.Take(40), Is.All.EqualTo(WriteResult.Duplicate));
        Assert.That(results.Skip(40).Take(40), Is.All.EqualTo(WriteResult.Conflict));
        Assert.That(results.Skip(80), Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(120));
    }
}
