// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline.Tests;

internal sealed class QuarantineTests
{
    private const string TooMuch = """{"ts":"2026-01-01T00:00:00Z","kw":20000000}""";

    private static readonly ValidationOptions Higher = new() { MaxPowerKilowatts = 1e9 };

    [Test]
    public async Task A_reading_is_let_go_once_its_rule_no_longer_holds()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.ArriveAsync("meters/m-2", TooMuch);
        await bench.DrainAsync();
        Assert.That(await ReleaseAsync(bench, QuarantineChoice.All), Is.EqualTo(new ReleaseOutcome(0, 2)), "the rule still holds");
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(2, 0, 0, 2, 0, 0)));

        await bench.RestartAsync(validation: Higher);
        Assert.That(await ReleaseAsync(bench, new QuarantineChoice(Meter: MeterId.Of("m-2"))), Is.EqualTo(new ReleaseOutcome(1, 0)));
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(2, 1, 0, 1, 0, 0)));
        Assert.That(bench.Parts.Quarantine.List(0, 10).Single().Reading.Meter, Is.EqualTo(MeterId.Of("m-1")));
        var stored = await bench.Timeline.ReadAsync(MeterId.Of("m-2"), Year2026, CancellationToken.None).SingleAsync();
        Assert.That((stored.PowerKilowatts, stored.Quality), Is.EqualTo((2e7, QualityFlags.None)), "the flag of the rule is gone with the rule");
        Assert.That(bench.States.Count, Is.EqualTo(1), "its meter is judged again");

        Assert.That(await ReleaseAsync(bench, new QuarantineChoice(Rule: "future_time")), Is.EqualTo(new ReleaseOutcome(0, 0)));
        Assert.That(await ReleaseAsync(bench, QuarantineChoice.All), Is.EqualTo(new ReleaseOutcome(1, 0)));
        Assert.That(await ReleaseAsync(bench, QuarantineChoice.All), Is.EqualTo(new ReleaseOutcome(0, 0)), "what was let go is not let go again");
        using var book = Book.Open(bench.Folder, Path.Combine(bench.Folder, "journal"))!;
        Assert.That((book.Snapshot(), book.Recount()), Is.EqualTo((new LedgerSnapshot(2, 2, 0, 0, 0, 0), (0L, 0L))));
    }

    [Test]
    public async Task What_is_stored_meanwhile_makes_it_a_duplicate_and_another_value_keeps_it_held()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.ArriveAsync("meters/m-2", TooMuch);
        await bench.DrainAsync();
        await bench.RestartAsync(validation: Higher);
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.ArriveAsync("meters/m-2", TooMuch.Replace("20000000", "20", StringComparison.Ordinal));
        await bench.DrainAsync();
        Assert.That(await ReleaseAsync(bench, QuarantineChoice.All), Is.EqualTo(new ReleaseOutcome(1, 1)));
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(4, 2, 1, 1, 0, 0)));
        var held = bench.Parts.Quarantine.List(0, 10).Single();
        Assert.That((held.Rule, held.Reading.PowerKilowatts), Is.EqualTo(("conflict", 2e7)), "the reason is the one that it has now");
    }

    [Test]
    public async Task Written_but_not_settled_when_the_power_fails_it_is_stored_once()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.DrainAsync();
        await bench.RestartAsync(inner => new FaultyTimeline(inner) { DiesAfterWrite = 1 }, validation: Higher);
        await Assert.ThatAsync(() => ReleaseAsync(bench, QuarantineChoice.All), Throws.TypeOf<PowerCutException>());
        await bench.RestartAsync(validation: Higher);
        Assert.That(await ReleaseAsync(bench, new QuarantineChoice([])), Is.EqualTo(new ReleaseOutcome(1, 0)), "what was asked for is still asked for");
        Assert.That((bench.Parts.Relay.Snapshot(), await bench.Timeline.CountAsync(CancellationToken.None)), Is.EqualTo((new LedgerSnapshot(1, 1, 0, 0, 0, 0), 1L)));
    }

    [Test]
    public async Task Another_process_asks_the_running_relay_and_who_asked_is_kept()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.DrainAsync();
        await bench.RestartAsync(validation: Higher);
        using var book = Book.Open(bench.Folder, Path.Combine(bench.Folder, "journal"))!;
        var asked = book.RequestRelease(new QuarantineChoice([1, 99]), "omar");
        Assert.That((asked, book.HasRequests(), book.CountReleased(asked)), Is.EqualTo((new List<long> { 1 }, true, 0L)));
        using var stop = new CancellationTokenSource();
        var serving = bench.Parts.Desk.ServeRequestsAsync(stop.Token);
        while (book.HasRequests())
        {
            await Task.Delay(10, CancellationToken.None);
        }

        await stop.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(book.CountReleased(asked), Is.EqualTo(1));
        Assert.That(Ask(bench.Folder, "SELECT state || ' ' || asked_by FROM quarantine"), Is.EqualTo("released omar"));
    }

    [Test]
    public async Task A_book_of_the_schema_before_knows_the_meters_of_what_it_holds()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", TooMuch);
        await bench.DrainAsync();
        await bench.RestartAsync(validation: Higher, beforeOpening: folder => Ask(
            folder,
            "DROP INDEX quarantine_state; ALTER TABLE quarantine DROP COLUMN meter; ALTER TABLE quarantine DROP COLUMN state; ALTER TABLE quarantine DROP COLUMN asked_by; PRAGMA user_version = 2"));
        Assert.That(await ReleaseAsync(bench, new QuarantineChoice(Meter: MeterId.Of("m-1"))), Is.EqualTo(new ReleaseOutcome(1, 0)));
    }

    private static TimeRange Year2026 => new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static Task<ReleaseOutcome> ReleaseAsync(RelayBench bench, QuarantineChoice choice) => bench.Parts.Quarantine.ReleaseAsync(choice, "olga", CancellationToken.None);

    private static object? Ask(string folder, string sql)
    {
        using var book = new SqliteConnection($"Data Source={Path.Combine(folder, PipelineRegistration.BookName)};Pooling=False");
        book.Open();
        using var command = book.CreateCommand();
#pragma warning disable CA2100 // Texts of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
