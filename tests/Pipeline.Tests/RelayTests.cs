// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs;
using Detector.Metering;

namespace Detector.Pipeline.Tests;

internal sealed class RelayTests
{
    private const int Messages = 60; // several batches of the bench's 64 KiB
    private static readonly MeterId Meter = MeterId.Of("m-1");

    [Test]
    public async Task What_arrived_is_stored_and_accounted_for()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", Array(0, 96));
        await bench.ArriveAsync("meters/m-1", One(96));
        await bench.DrainAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(97, 97, 0, 0, 0, 0)));
            Assert.That(await bench.Timeline.CountAsync(CancellationToken.None), Is.EqualTo(97));
            Assert.That(bench.States.Count, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task What_is_not_relayed_yet_is_pending()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", Array(0, 96));
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(1, 0, 0, 0, 0, 1)));
    }

    [Test]
    public async Task The_same_reading_twice_is_a_duplicate_and_another_value_is_held_back()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", One(0));
        await bench.ArriveAsync("meters/m-1", One(0));
        await bench.ArriveAsync("meters/m-1", """{"ts":"2026-01-01T00:00:00Z","kw":999}""");
        await bench.DrainAsync();
        Assert.Multiple(() =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(3, 1, 1, 1, 0, 0)));
            Assert.That(bench.Parts.Quarantine.List(0, 10).Single().Rule, Is.EqualTo("conflict"));
            Assert.That(bench.Parts.Quarantine.List(0, 10).Single().Reading.PowerKilowatts, Is.EqualTo(999));
        });
    }

    [Test]
    public async Task A_batch_that_was_written_but_not_settled_is_stored_once_and_counted_as_stored()
    {
        await using var bench = await RelayBench.OpenAsync(inner => new FaultyTimeline(inner) { DiesAfterWrite = 1 });
        await bench.ArriveAsync("meters/m-1", Array(0, 50));
        await Assert.ThatAsync(bench.DrainAsync, Throws.TypeOf<PowerCutException>());
        await bench.RestartAsync();
        await bench.DrainAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(50, 50, 0, 0, 0, 0)));
            Assert.That(await bench.Timeline.CountAsync(CancellationToken.None), Is.EqualTo(50));
        });
    }

    [Test]
    public async Task A_batch_read_while_another_is_written_is_settled_after_it_or_read_again()
    {
        FaultyTimeline? timeline = null;
        await using var bench = await RelayBench.OpenAsync(inner => timeline = new FaultyTimeline(inner));
        await ArriveManyAsync(bench);

        timeline!.DiesAfterWrite = 1;
        await Assert.ThatAsync(bench.DrainAsync, Throws.TypeOf<PowerCutException>());
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(Messages, 0, 0, 0, 0, Messages)), "what was read ahead is not settled");
        await bench.RestartAsync(inner => timeline = new FaultyTimeline(inner));
        await bench.DrainAsync();
        Assert.Multiple(() =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(Messages * 96, Messages * 96, 0, 0, 0, 0)));
            Assert.That(timeline!.Writes, Has.Count.GreaterThan(2).And.Ordered.Ascending);
        });
    }

    [Test]
    public async Task A_replay_that_is_asked_for_under_load_waits_for_the_batches_that_are_on_their_way()
    {
        FaultyTimeline? timeline = null;
        await using var bench = await RelayBench.OpenAsync(inner => timeline = new FaultyTimeline(inner));
        await bench.ArriveAsync("meters/m-1", "garbage");
        await bench.DrainAsync();
        await ArriveManyAsync(bench);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        timeline!.Held = held.Task;
        var drain = bench.DrainAsync();
        Assert.That(() => timeline.Writes.Count, Is.EqualTo(1).After(10_000, 10));
        var replay = bench.Parts.DeadLetters.ReplayAsync(null, CancellationToken.None);
        Assert.That(replay.IsCompleted, Is.False, "a batch is between the timeline and the book");
        held.SetResult();
        Assert.That(await replay, Is.EqualTo(new ReplayOutcome(0, 1, 0)));
        await drain;
        Assert.Multiple(() =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(1 + (Messages * 96), Messages * 96, 0, 0, 1, 0)));
            Assert.That(timeline.Writes, Has.Count.GreaterThan(2).And.Ordered.Ascending);
        });
    }

    [Test]
    public async Task While_the_timeline_is_away_readings_wait_and_then_arrive()
    {
        FaultyTimeline? faulty = null;
        await using var bench = await RelayBench.OpenAsync(inner => faulty = new FaultyTimeline(inner) { Away = 5 });
        await bench.ArriveAsync("meters/m-1", Array(0, 50));
        await bench.DrainAsync();
        Assert.Multiple(() =>
        {
            Assert.That(faulty!.Away, Is.Negative);
            Assert.That(bench.Parts.Relay.WaitingFor, Is.Null);
            Assert.That(bench.Parts.Relay.Snapshot().Stored, Is.EqualTo(50));
        });
    }

    [Test]
    public async Task The_account_balances_at_every_moment()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var stop = new CancellationTokenSource();
        var relaying = bench.Parts.Relay.RunAsync(stop.Token);
        var snapshots = new List<LedgerSnapshot>();
        for (var i = 0; i < 200; i++)
        {
            await bench.ArriveAsync(i % 7 == 0 ? "nobody/knows" : "meters/m-1", i % 5 == 0 ? "{" : Array(i * 10, 10));
            snapshots.Add(bench.Parts.Relay.Snapshot());
        }

        await stop.CancelAsync();
        await relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.Multiple(() =>
        {
            Assert.That(snapshots.Where(s => !s.Balances), Is.Empty);
            Assert.That(snapshots.Zip(snapshots.Skip(1)).Where(p => p.Second.Received < p.First.Received), Is.Empty, "received never falls");
        });
    }

    [Test]
    public async Task A_dead_letter_comes_back_after_its_mapping_is_mended_and_only_once()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("maker/m-1/power", One(0));
        await bench.ArriveAsync("meters/m-1", "{\"ts\":");
        await bench.DrainAsync();
        var before = bench.Parts.Relay.Snapshot();
        var letters = bench.Parts.DeadLetters.List(0, 10);

        await bench.RestartAsync(decoder: new MessageDecoder(CodecCatalog.Default(), [.. TopicMapping.Defaults(), new TopicMapping { Topic = "maker/{meter}/power" }]));
        var first = await bench.Parts.DeadLetters.ReplayAsync(null, CancellationToken.None);
        var second = await bench.Parts.DeadLetters.ReplayAsync(null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new LedgerSnapshot(2, 0, 0, 0, 2, 0)));
            Assert.That(letters.Select(l => l.Topic), Is.EqualTo(new[] { "maker/m-1/power", "meters/m-1" }));
            Assert.That(letters.Select(l => l.Position), Is.EqualTo(new[] { 1L, 2L }));
            Assert.That(letters.Select(l => l.Reason), Has.All.Not.Empty);
            Assert.That(first, Is.EqualTo(new ReplayOutcome(1, 1, 1)));
            Assert.That(second, Is.EqualTo(new ReplayOutcome(0, 1, 0)));
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(2, 1, 0, 0, 1, 0)));
            Assert.That(bench.Parts.DeadLetters.List(0, 10).Single().Id, Is.EqualTo(letters[1].Id));
        });
    }

    [Test]
    public async Task A_reading_from_the_future_is_held_back_whole()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", """{"ts":"2199-01-01T00:00:00Z","kw":12.3456789}""");
        await bench.DrainAsync();
        var held = bench.Parts.Quarantine.List(0, 10).Single();
        Assert.Multiple(() =>
        {
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(1, 0, 0, 1, 0, 0)));
            Assert.That(held.Reading.PowerKilowatts, Is.EqualTo(12.3456789));
            Assert.That(held.Reading.Volts, Is.NaN);
            Assert.That(held.Reading.Meter, Is.EqualTo(Meter));
        });
    }

    [Test]
    public async Task Another_process_sees_the_account_and_can_ask_for_a_replay()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", Array(0, 10));
        await bench.ArriveAsync("meters/m-1", "garbage");
        await bench.DrainAsync();
        using var book = Book.Open(bench.Folder, Path.Combine(bench.Folder, "journal"));
        var snapshot = book!.Snapshot();
        var asked = book.RequestReplay(null);
        var outcome = await bench.Parts.DeadLetters.ReplayAsync([], CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(snapshot, Is.EqualTo(new LedgerSnapshot(11, 10, 0, 0, 1, 0)));
            Assert.That(asked, Is.EqualTo(1));
            Assert.That(outcome.StillDead, Is.EqualTo(1));
            Assert.That(book.HasRequests(), Is.False);
        });
    }

    private static async Task ArriveManyAsync(RelayBench bench)
    {
        for (var message = 0; message < Messages; message++)
        {
            await bench.ArriveAsync("meters/m-1", Array(message * 96, 96));
        }
    }

    private static string One(int number) => $$"""{"ts":"{{Time(number)}}","kw":{{100 + (number % 9)}}.5}""";

    private static string Array(int from, int count) => $"[{string.Join(',', Enumerable.Range(from, count).Select(One))}]";

    private static string Time(int number) => UtcText.Write(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * number));
}
