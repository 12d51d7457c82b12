// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using CsCheck;
using Detector.Testing;

namespace Detector.Journal.Tests;

public sealed class AppendTests
{
    [Test]
    public void What_was_appended_is_read_back_in_order_also_after_reopening()
    {
        var records = Gen.Select(Gen.String[0, 40], Gen.Byte.Array[0, 3000]).Array[1, 60];
        records.Sample(
            given =>
            {
                using var folder = new TemporaryFolder();
                Task.Run(async () =>
                {
                    var expected = given.Select((record, i) => ((long)i + 1, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(record.Item1)), record.Item2)).ToList();
                    await using (var journal = Fixture.Open(folder.Path))
                    {
                        foreach (var (topic, payload) in given)
                        {
                            await journal.AppendAsync(topic, payload);
                        }

                        await journal.FlushedAsync(journal.LastSequence, default);
                        Assert.That(journal.All(), Is.EqualTo(expected));
                    }

                    await using var again = Fixture.Open(folder.Path);
                    Assert.That(again.All(after: 0, maxBytes: 100), Is.EqualTo(expected));
                    Assert.That(again.All(after: expected.Count / 2), Is.EqualTo(expected.Skip(expected.Count / 2)));
                    Assert.That(await again.KeepAsync("next", [1]), Is.EqualTo(expected.Count + 1));
                }).GetAwaiter().GetResult();
            },
            iter: 40,
            threads: 1);
    }

    [Test]
    public async Task Arrival_time_is_kept_as_UTC_to_the_tick()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        var arrival = new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.FromHours(8)).AddTicks(7);
        await journal.FlushedAsync(await journal.AppendAsync(arrival, "t"u8.ToArray(), ReadOnlySequence<byte>.Empty, default), default);
        using var reader = journal.Read(0);
        var read = (await reader.ReadAsync(100, default))[0].ArrivedAt;
        Assert.That((read, read.Offset), Is.EqualTo((arrival, TimeSpan.Zero)));
    }

    [Test]
    public async Task Flushed_ends_only_after_the_flush_and_readers_see_nothing_before()
    {
        using var folder = new TemporaryFolder();
        var disk = new TestDisk();
        await using var journal = Fixture.Open(folder.Path, disk);
        disk.Hold();
        var sequence = await journal.AppendAsync("t", [1, 2, 3]);
        var flushed = journal.FlushedAsync(sequence, default).AsTask();
        disk.AwaitFlush();
        using var reader = journal.Read(0);
        Assert.That((flushed.IsCompleted, journal.DurableSequence, reader.TryRead(100, out _)), Is.EqualTo((false, 0L, false)));

        disk.LetGo();
        await flushed;
        Assert.That((await File.ReadAllBytesAsync(folder.LastSegment()))[^3..], Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(journal.DurableSequence, Is.EqualTo(1));
    }

    [Test]
    public async Task Records_that_gather_during_a_flush_share_the_next_one()
    {
        using var folder = new TemporaryFolder();
        var disk = new TestDisk();
        await using var journal = Fixture.Open(folder.Path, disk);
        disk.Hold();
        await journal.AppendAsync("first", []);
        disk.AwaitFlush();
        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => journal.AppendAsync("more", [])));
        var flushed = others.Select(sequence => journal.FlushedAsync(sequence, default).AsTask()).ToList();
        disk.LetGo();
        await Task.WhenAll(flushed);
        Assert.That(others.Order(), Is.EqualTo(Enumerable.Range(2, 20).Select(i => (long)i)));
    }

    [Test]
    public async Task A_record_larger_than_allowed_is_refused_and_takes_no_number()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        await Assert.ThatAsync(async () => await journal.AppendAsync("t", new byte[1 << 14]), Throws.TypeOf<RecordTooLargeException>());
        await Assert.ThatAsync(async () => await journal.AppendAsync(new string('t', 70_000), []), Throws.TypeOf<RecordTooLargeException>());
        Assert.That(await journal.KeepAsync("t", new byte[(1 << 14) - 1]), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reader_that_waits_is_woken_by_the_flush()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        using var reader = journal.Read(0);
        var reading = reader.ReadAsync(1000, default).AsTask();
        Assert.That(reading.IsCompleted, Is.False);
        await journal.KeepAsync("t", [1]);
        Assert.That((await reading).LastSequence, Is.EqualTo(1));
    }

    [Test]
    public async Task Closing_ends_waiting_readers_and_further_appends()
    {
        using var folder = new TemporaryFolder();
        var journal = Fixture.Open(folder.Path);
        using var reader = journal.Read(0);
        var reading = reader.ReadAsync(1000, default).AsTask();
        await journal.DisposeAsync();
        await Assert.ThatAsync(async () => await reading, Throws.TypeOf<ObjectDisposedException>());
        await Assert.ThatAsync(async () => await journal.AppendAsync("t", []), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_folder_has_one_writer()
    {
        using var folder = new TemporaryFolder();
        await using (Fixture.Open(folder.Path))
        {
            Assert.That(() => Fixture.Open(folder.Path), Throws.TypeOf<JournalInUseException>());
        }

        await using var after = Fixture.Open(folder.Path);
        Assert.That(after.LastSequence, Is.Zero);
    }
}
