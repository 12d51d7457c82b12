// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Journal.Tests;

public sealed class RecoveryTests
{
    [Test]
    public async Task A_tail_torn_at_any_byte_of_the_last_record_is_cut_and_nothing_else()
    {
        using var before = new TemporaryFolder();
        await using var journal = Fixture.Open(before.Path);
        await journal.KeepAsync("meters/a", [1, 2, 3]);
        var whole = new FileInfo(before.LastSegment()).Length;
        await journal.KeepAsync("meters/b", [4, 5, 6, 7]);
        var all = new FileInfo(before.LastSegment()).Length;
        for (var length = whole; length < all; length++)
        {
            using var after = new TemporaryFolder();
            before.CopyTo(after);
            using (var file = File.OpenWrite(after.LastSegment()))
            {
                file.SetLength(length);
            }

            await using var recovered = Fixture.Open(after.Path);
            Assert.That(recovered.All().Select(record => record.Topic), Is.EqualTo(new[] { "meters/a" }), $"cut at {length}");
            Assert.That(await recovered.KeepAsync("meters/c", []), Is.EqualTo(2), $"cut at {length}");
            Assert.That(recovered.All().Select(record => record.Topic), Is.EqualTo(new[] { "meters/a", "meters/c" }));
        }
    }

    [Test]
    public async Task A_group_torn_in_its_middle_is_cut_there_though_whole_records_follow()
    {
        using var before = new TemporaryFolder();
        var disk = new TestDisk();
        await using var journal = Fixture.Open(before.Path, disk);
        await journal.KeepAsync("durable", [0]);
        disk.Hold();
        await journal.AppendAsync("holds the flusher", []);
        disk.AwaitFlush();
        await journal.AppendAsync("group", new byte[100]);
        await journal.AppendAsync("group", new byte[100]);
        var last = await journal.AppendAsync("group", new byte[100]);
        disk.LetGo();
        await journal.FlushedAsync(last, default);
        using var after = new TemporaryFolder();
        before.CopyTo(after);

        // The middle record of the last group of three: pages of one group may reach the disk in any order.
        Flip(after.LastSegment(), new FileInfo(after.LastSegment()).Length - 137 - 50);
        await using var recovered = Fixture.Open(after.Path);
        Assert.That(recovered.LastSequence, Is.EqualTo(3));
    }

    [Test]
    public async Task A_byte_flipped_in_a_record_that_was_durable_stops_the_start_with_file_and_offset()
    {
        using var before = new TemporaryFolder();
        await using var journal = Fixture.Open(before.Path);
        for (var i = 0; i < 5; i++)
        {
            await journal.KeepAsync("meters/m", [1, 2, 3, 4]);
        }

        var record = RecordFormat.HeaderBytes + 12;
        for (var at = 0; at < record; at++)
        {
            using var after = new TemporaryFolder();
            before.CopyTo(after);
            Flip(after.LastSegment(), SegmentHeader.Bytes + (2 * record) + at);
            Assert.That(
                () => Fixture.Open(after.Path),
                Throws.TypeOf<JournalDamagedException>()
                    .With.Property(nameof(JournalDamagedException.Offset)).EqualTo(SegmentHeader.Bytes + (2 * record))
                    .And.Property(nameof(JournalDamagedException.File)).EqualTo(after.LastSegment()),
                $"byte {at}");
        }
    }

    [Test]
    public async Task Damage_in_an_earlier_segment_stops_the_reader_there_and_is_never_skipped()
    {
        using var before = new TemporaryFolder();
        await using (var journal = Fixture.Open(before.Path))
        {
            for (var i = 0; i < 30; i++)
            {
                await journal.KeepAsync("meters/m", new byte[5_000]);
            }
        }

        var first = Directory.GetFiles(before.Path, "*.journal").Order(StringComparer.Ordinal).First();
        Assert.That(first, Is.Not.EqualTo(before.LastSegment()));
        Flip(first, SegmentHeader.Bytes + 5_040 + 100);
        await using var again = Fixture.Open(before.Path);
        using var reader = again.Read(0);
        Assert.That(reader.TryRead(1, out var batch) ? batch.LastSequence : 0, Is.EqualTo(1));
        Assert.That(
            () => reader.TryRead(1 << 20, out _),
            Throws.TypeOf<JournalDamagedException>().With.Property(nameof(JournalDamagedException.Offset)).EqualTo(SegmentHeader.Bytes + 5_040));
        Assert.That(() => again.All(after: 10), Throws.TypeOf<JournalDamagedException>());
    }

    [Test]
    public async Task Records_missing_that_a_cursor_has_passed_but_another_has_not_stop_the_start()
    {
        using var folder = await TwoRecordsAsync("fast", 2, "slow", 1);
        Shorten(folder);
        Assert.That(() => Fixture.Open(folder.Path), Throws.TypeOf<JournalDamagedException>());
    }

    [Test]
    public async Task Records_missing_that_every_cursor_has_passed_are_no_loss_and_their_numbers_are_not_given_again()
    {
        using var folder = await TwoRecordsAsync("fast", 2, "slow", 2);
        Shorten(folder);
        await using var again = Fixture.Open(folder.Path);
        Assert.That(await again.KeepAsync("next", []), Is.EqualTo(3));
        Assert.That(again.All(after: 2).Select(record => record.Sequence), Is.EqualTo(new[] { 3L }));
    }

    [Test]
    public async Task A_segment_whose_making_was_interrupted_is_made_anew()
    {
        using var folder = new TemporaryFolder();
        await using (var journal = Fixture.Open(folder.Path))
        {
            await journal.KeepAsync("t", [1]);
        }

        await File.WriteAllBytesAsync(folder.In(SegmentHeader.NameOf(2)), SegmentHeader.Make(2, Fixture.Noon)[..20]);
        await using var again = Fixture.Open(folder.Path);
        Assert.That((again.LastSequence, await again.KeepAsync("t", [2])), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public async Task Random_truncation_and_flipped_bits_never_surprise_and_never_make_up_a_record()
    {
        using var before = new TemporaryFolder();
        await using var journal = Fixture.Open(before.Path);
        var random = new Random(17);
        for (var i = 1; i <= 40; i++)
        {
            var sequence = await journal.AppendAsync($"meters/{i}", [.. BitConverter.GetBytes((long)i), .. new byte[random.Next(200)]]);
            await (random.Next(3) == 0 ? journal.FlushedAsync(sequence, default) : ValueTask.CompletedTask);
        }

        await journal.FlushedAsync(40, default);
        var outcomes = new Dictionary<string, int> { ["refused"] = 0, ["recovered"] = 0 };
        for (var round = 0; round < 300; round++)
        {
            using var after = new TemporaryFolder();
            before.CopyTo(after);
            Harm(after.LastSegment(), random);
            try
            {
                await using var recovered = Fixture.Open(after.Path);
                var records = recovered.All();
                Assert.That(records.Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, records.Count).Select(i => (long)i)));
                Assert.That(records, Has.All.Matches<(long Sequence, string Topic, byte[] Payload)>(
                    record => record.Topic == $"meters/{record.Sequence}" && BitConverter.ToInt64(record.Payload) == record.Sequence));
                outcomes["recovered"]++;
            }
            catch (JournalDamagedException)
            {
                outcomes["refused"]++;
            }
        }

        Assert.That(outcomes.Values, Has.All.GreaterThan(10));
    }

    private static void Harm(string path, Random random)
    {
        var length = new FileInfo(path).Length;
        if (random.Next(2) == 0)
        {
            using var file = File.OpenWrite(path);
            file.SetLength(random.NextInt64(length));
            return;
        }

        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            Flip(path, random.NextInt64(length), (byte)(1 << random.Next(8)));
        }
    }

    private static void Flip(string path, long offset, byte mask = 0x10)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = offset;
        var was = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(was ^ mask));
    }

    private static async Task<TemporaryFolder> TwoRecordsAsync(string one, long oneAt, string other, long otherAt)
    {
        var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        await journal.KeepAsync("t", [1]);
        await journal.KeepAsync("t", [2]);
        await journal.OpenCursor(one).MoveAsync(oneAt, default);
        await journal.OpenCursor(other).MoveAsync(otherAt, default);
        return folder;
    }

    private static void Shorten(TemporaryFolder folder)
    {
        using var file = File.OpenWrite(folder.LastSegment());
        file.SetLength(file.Length - 3);
    }

    [Test]
    public async Task What_a_killed_process_left_to_the_kernel_is_flushed_before_it_counts_as_durable()
    {
        using var folder = new TemporaryFolder();
        await using (var journal = Fixture.Open(folder.Path))
        {
            await journal.KeepAsync("meters/a", [1]);
        }

        Assert.That(() => Fixture.Open(folder.Path, new TestDisk { FlushFails = true }), Throws.InstanceOf<IOException>(), "a whole segment is flushed too");
        await using var recovered = Fixture.Open(folder.Path);
        Assert.That(recovered.DurableSequence, Is.EqualTo(1));
    }
}
