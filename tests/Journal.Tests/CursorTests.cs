// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Journal.Tests;

public sealed class CursorTests
{
    [Test]
    public async Task A_cursor_begins_at_0_and_survives_reopening()
    {
        using var folder = new TemporaryFolder();
        await using (var journal = Fixture.Open(folder.Path))
        {
            await journal.KeepAsync("t", []);
            await journal.KeepAsync("t", []);
            var cursor = journal.OpenCursor("relay");
            Assert.That((cursor.Name, cursor.Position), Is.EqualTo(("relay", 0L)));
            await cursor.MoveAsync(2, default);
            Assert.That(journal.OpenCursor("relay"), Is.SameAs(cursor));
        }

        await using var again = Fixture.Open(folder.Path);
        Assert.That(again.OpenCursor("relay").Position, Is.EqualTo(2));
        Assert.That(again.All(after: 2), Is.Empty);
    }

    [Test]
    public async Task A_cursor_moves_neither_back_nor_beyond_what_is_durable()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        await journal.KeepAsync("t", []);
        var cursor = journal.OpenCursor("relay");
        await cursor.MoveAsync(1, default);
        await Assert.ThatAsync(async () => await cursor.MoveAsync(0, default), Throws.TypeOf<ArgumentOutOfRangeException>());
        await Assert.ThatAsync(async () => await cursor.MoveAsync(2, default), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(cursor.Position, Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("Relay")]
    [TestCase("../relay")]
    public async Task A_name_that_is_no_file_name_everywhere_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        Assert.That(() => journal.OpenCursor(name), Throws.ArgumentException);
    }

    [Test]
    public async Task A_damaged_cursor_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        await using (var journal = Fixture.Open(folder.Path))
        {
            journal.OpenCursor("relay");
        }

        var file = folder.In("relay.cursor");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[9] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        Assert.That(() => Fixture.Open(folder.Path), Throws.TypeOf<JournalDamagedException>());
    }

    [Test]
    public async Task Segments_go_only_when_every_cursor_has_passed_them_also_one_not_opened_in_this_run()
    {
        using var folder = new TemporaryFolder();
        await using (var journal = Fixture.Open(folder.Path))
        {
            journal.OpenCursor("absent");
            for (var i = 0; i < 30; i++)
            {
                await journal.KeepAsync("t", new byte[5_000]);
            }
        }

        await using var again = Fixture.Open(folder.Path);
        var relay = again.OpenCursor("relay");
        var segments = Directory.GetFiles(folder.Path, "*.journal").Length;
        await relay.MoveAsync(30, default);
        Assert.That((segments, Directory.GetFiles(folder.Path, "*.journal").Length, again.FirstSequence), Is.EqualTo((3, 3, 1L)));

        await again.OpenCursor("absent").MoveAsync(20, default);
        Assert.That(Directory.GetFiles(folder.Path, "*.journal"), Has.Length.EqualTo(2));
        Assert.That((again.FirstSequence, again.All(after: 20).Count, again.All(after: 0)[0].Sequence), Is.EqualTo((14L, 10, 14L)));
    }

    [Test]
    public async Task Without_cursors_nothing_is_ever_deleted()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        for (var i = 0; i < 30; i++)
        {
            await journal.KeepAsync("t", new byte[5_000]);
        }

        Assert.That(journal.FirstSequence, Is.EqualTo(1));
    }
}
