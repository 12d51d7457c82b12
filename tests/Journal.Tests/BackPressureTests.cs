// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Journal.Tests;

public sealed class BackPressureTests
{
    [Test]
    public async Task At_the_bound_appends_wait_and_go_on_when_a_cursor_releases_space()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        var relay = journal.OpenCursor("relay");
        Task<long> waiting;
        do
        {
            waiting = journal.AppendAsync("t", new byte[10_000]);
            if (waiting.IsCompletedSuccessfully)
            {
                await journal.FlushedAsync(await waiting, default);
            }
        }
        while (waiting.IsCompletedSuccessfully);

        Assert.That((journal.IsWaitingForSpace, journal.RetainedBytes), Is.EqualTo((true, (long)Bytes(folder))));
        Assert.That(journal.RetainedBytes, Is.LessThanOrEqualTo(1 << 18));
        await relay.MoveAsync(journal.DurableSequence, default);
        var sequence = await waiting;
        await journal.FlushedAsync(sequence, default);
        Assert.That((journal.IsWaitingForSpace, journal.DurableSequence), Is.EqualTo((false, sequence)));
        Assert.That(Bytes(folder), Is.LessThan(1 << 17));
    }

    [Test]
    public async Task An_append_that_waits_can_be_cancelled_and_takes_no_number()
    {
        using var folder = new TemporaryFolder();
        await using var journal = Fixture.Open(folder.Path);
        using var cancel = new CancellationTokenSource();
        Task<long> waiting;
        do
        {
            waiting = journal.AppendAsync("t", new byte[10_000], cancel.Token);
            if (waiting.IsCompletedSuccessfully)
            {
                await journal.FlushedAsync(await waiting, default);
            }
        }
        while (waiting.IsCompletedSuccessfully);

        var last = journal.LastSequence;
        await cancel.CancelAsync();
        await Assert.ThatAsync(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((journal.LastSequence, journal.IsWaitingForSpace), Is.EqualTo((last, false)));
    }

    [Test]
    public async Task Appends_wait_while_the_buffer_is_full_and_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        var disk = new TestDisk();
        await using var journal = Fixture.Open(folder.Path, disk);
        disk.Hold();
        await journal.AppendAsync("t", []);
        disk.AwaitFlush();
        var appends = Enumerable.Range(0, 12).Select(i => journal.AppendAsync($"t{i}", new byte[10_000])).ToList();
        Assert.That(appends.Count(append => !append.IsCompleted), Is.GreaterThan(0));
        Assert.That(journal.IsWaitingForSpace, Is.False);
        disk.LetGo();
        var sequences = await Task.WhenAll(appends);
        await journal.FlushedAsync(sequences.Max(), default);
        Assert.That(sequences.Order(), Is.EqualTo(Enumerable.Range(2, 12).Select(i => (long)i)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_disk_that_refuses_fails_those_who_wait_and_the_journal_goes_on_when_it_does_not(bool full)
    {
        using var folder = new TemporaryFolder();
        var disk = new TestDisk();
        await using (var journal = Fixture.Open(folder.Path, disk))
        {
            await journal.KeepAsync("before", [1]);
            (disk.Full, disk.FlushFails) = (full, !full);
            var sequence = await journal.AppendAsync("refused", [2]);
            await Assert.ThatAsync(async () => await journal.FlushedAsync(sequence, default), Throws.TypeOf<JournalUnavailableException>());
            await Assert.ThatAsync(async () => await journal.AppendAsync("while refusing", [3]), Throws.TypeOf<JournalUnavailableException>());
            Assert.That((journal.Fault, journal.DurableSequence), Is.EqualTo((journal.Fault, 1L)).And.Not.EqualTo(((JournalUnavailableException?)null, 1L)));

            (disk.Full, disk.FlushFails) = (false, false);
            using var reader = journal.Read(1);
            Assert.That((await reader.ReadAsync(1000, default)).LastSequence, Is.EqualTo(2));
            Assert.That(await journal.KeepAsync("after", [4]), Is.EqualTo(3));
            Assert.That(journal.Fault, Is.Null);
        }

        await using var again = Fixture.Open(folder.Path);
        Assert.That(again.All().Select(record => record.Topic), Is.EqualTo(new[] { "before", "refused", "after" }));
    }

    [Test]
    public async Task Closing_while_the_disk_refuses_ends_and_leaves_what_was_durable()
    {
        using var folder = new TemporaryFolder();
        var disk = new TestDisk();
        var journal = Fixture.Open(folder.Path, disk);
        await journal.KeepAsync("before", [1]);
        disk.Full = true;
        await journal.AppendAsync("refused", [2]);
        await journal.DisposeAsync();
        await using var again = Fixture.Open(folder.Path);
        Assert.That(again.All().Select(record => record.Topic), Is.EqualTo(new[] { "before" }));
    }

    private static long Bytes(TemporaryFolder folder) => Directory.GetFiles(folder.Path, "*.journal").Sum(file => new FileInfo(file).Length);
}
