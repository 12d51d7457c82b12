// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests.Bursts;

internal sealed class BurstDeskTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_meter_is_asked_once_a_day_also_over_a_restart()
    {
        await using var bench = await RelayBench.OpenAsync();
        var (commands, time) = (new Commands(), new Clock(Now));
        using (var book = Open(bench))
        {
            var desk = Desk(bench, book, commands, time, new BurstRequestOptions { Enabled = true });
            Assert.That(await desk.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("sent"));
            Assert.That(await desk.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("left_alone"));
        }

        using var again = Open(bench);
        var restarted = Desk(bench, again, commands, time, new BurstRequestOptions { Enabled = true });
        Assert.That(await restarted.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("left_alone"));
        time.Now += TimeSpan.FromDays(1);
        Assert.That(await restarted.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("sent"));
        Assert.That(commands.Asked, Is.EqualTo(new[] { ("m-1", 60.0, 1.0), ("m-1", 60.0, 1.0) }));
    }

    [Test]
    public async Task The_hour_has_room_for_so_many_meters()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var time = new Clock(Now);
        var desk = Desk(bench, book, new Commands(), time, new BurstRequestOptions { Enabled = true, MostPerHour = 2 });
        var outcomes = new List<string>();
        foreach (var meter in new[] { "m-1", "m-2", "m-3" })
        {
            outcomes.Add(await desk.AskAsync(Watched(meter), CancellationToken.None));
        }

        time.Now += TimeSpan.FromMinutes(61);
        outcomes.Add(await desk.AskAsync(Watched("m-3"), CancellationToken.None));
        Assert.That(outcomes, Is.EqualTo(new[] { "sent", "sent", "hour_full", "sent" }));
    }

    [Test]
    public async Task A_broker_that_is_away_is_in_the_book_and_not_asked_in_a_circle()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var desk = Desk(bench, book, new Commands { Fault = "the broker is away" }, new Clock(Now), new BurstRequestOptions { Enabled = true });
        Assert.That(await desk.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("failed"));
        Assert.That(await desk.AskAsync(Watched("m-1"), CancellationToken.None), Is.EqualTo("left_alone"));
        Assert.That(book.Latest(MeterId.Of("m-1")), Is.EqualTo(new BurstRequest(MeterId.Of("m-1"), Now, 60, 1, "watch", "failed")));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public async Task Only_where_bursts_are_on_and_one_would_decide_is_a_meter_asked(bool enabled, int expected)
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var commands = new Commands();
        var desk = Desk(bench, book, commands, new Clock(Now), new BurstRequestOptions { Enabled = enabled });
        desk.Consider(Watched("m-clear") with { Verdict = Verdict.Clear, Missing = [] });
        desk.Consider(Watched("m-1"));
        using var stop = new CancellationTokenSource();
        var run = desk.RunAsync(stop.Token);
        if (expected > 0)
        {
            await commands.First.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(commands.Asked, Has.Count.EqualTo(expected));
        Assert.That(commands.Asked.Select(a => a.Meter), Is.All.EqualTo("m-1"));
    }

    [Test]
    public async Task What_came_is_stored_counted_and_brought_into_the_finding()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var desk = Desk(bench, book, new Commands(), new Clock(Now), new BurstRequestOptions { Enabled = true });
        await desk.AskAsync(Watched("m-1"), CancellationToken.None);
        Assert.That((await desk.ApplyAsync(Watched("m-1"), CancellationToken.None)).Reasons, Is.Empty, "nothing has come yet");

        for (var i = 0; i < 60; i++)
        {
            var kilowatts = i % 6 < 3 ? 900 : 240; // computing in bouts
            await bench.ArriveAsync("meters/m-1", FormattableString.Invariant($$"""{"ts":"{{Now.AddSeconds(i):O}}","kw":{{kilowatts + (i % 7)}}}"""));
        }

        await bench.DrainAsync();
        var account = bench.Parts.Relay.Snapshot();
        var finding = await desk.ApplyAsync(Watched("m-1"), CancellationToken.None);
        Assert.That((account.Received, account.Stored), Is.EqualTo((60L, 60L)));
        Assert.That(finding.Reasons.Single(), Has.Property("Group").EqualTo("burst").And.Property("ForMining").False);
        Assert.That(finding.Missing.Select(m => m.Code), Has.None.EqualTo("burst"));
    }

    [Test]
    public async Task Two_people_at_once_give_one_command_and_the_book_knows_who_asked()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var commands = new Commands();
        var requests = Requests(bench, book, commands, new Clock(Now), new BurstRequestOptions { Enabled = true });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => requests.AskAsync(MeterId.Of("m-1"), 300, 1, $"person-{i}", CancellationToken.None))));
        Assert.That(answers.Count(a => a.Outcome == "sent"), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Outcome != "sent"), Is.All.EqualTo(new BurstAnswer("left_alone", Now.AddDays(1))));
        Assert.That(commands.Asked, Is.EqualTo(new[] { ("m-1", 300.0, 1.0) }));
        Assert.That(book.Latest(MeterId.Of("m-1"))!.By, Does.StartWith("person-"));
        Assert.That((await requests.StandingAsync(MeterId.Of("m-1"), CancellationToken.None)).State, Is.EqualTo("waiting"));
    }

    [Test]
    public async Task A_person_may_repeat_what_the_broker_did_not_take_but_not_where_bursts_are_off_or_there_is_no_meter()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var away = Requests(bench, book, new Commands { Fault = "the broker is away" }, new Clock(Now), new BurstRequestOptions { Enabled = true });
        Assert.That(await away.AskAsync(MeterId.Of("m-1"), 60, 1, "olga", CancellationToken.None), Is.EqualTo(new BurstAnswer("failed", Why: "the broker is away")));
        Assert.That((await away.StandingAsync(MeterId.Of("m-1"), CancellationToken.None)).State, Is.EqualTo("failed"));
        var back = Requests(bench, book, new Commands(), new Clock(Now), new BurstRequestOptions { Enabled = true });
        Assert.That((await back.AskAsync(MeterId.Of("m-1"), 60, 1, "olga", CancellationToken.None)).Outcome, Is.EqualTo("sent"));
        Assert.That((await back.AskAsync(MeterId.Of("m-2~residual"), 60, 1, "olga", CancellationToken.None)).Outcome, Is.EqualTo("calculated"));
        var off = Requests(bench, book, new Commands(), new Clock(Now), new BurstRequestOptions());
        Assert.That((await off.AskAsync(MeterId.Of("m-3"), 60, 1, "olga", CancellationToken.None)).Outcome, Is.EqualTo("off"));
        var none = Requests(bench, book, new Commands { Away = "no broker" }, new Clock(Now), new BurstRequestOptions { Enabled = true });
        Assert.That((await none.StandingAsync(MeterId.Of("m-3"), CancellationToken.None)).Refusal, Is.EqualTo("away"));
    }

    [Test]
    public async Task What_came_makes_a_request_arrived_and_what_did_not_silent()
    {
        await using var bench = await RelayBench.OpenAsync();
        using var book = Open(bench);
        var time = new Clock(Now);
        var requests = Requests(bench, book, new Commands(), time, new BurstRequestOptions { Enabled = true });
        foreach (var meter in new[] { "m-1", "m-2" })
        {
            await requests.AskAsync(MeterId.Of(meter), 60, 1, "olga", CancellationToken.None);
            await bench.ArriveAsync($"meters/{meter}", FormattableString.Invariant($$"""{"ts":"{{Now.AddSeconds(1):O}}","kw":5}"""));
        }

        for (var i = 2; i < 50; i++)
        {
            await bench.ArriveAsync("meters/m-1", FormattableString.Invariant($$"""{"ts":"{{Now.AddSeconds(i):O}}","kw":5}"""));
        }

        await bench.DrainAsync();
        time.Now += TimeSpan.FromMinutes(4);
        var (came, silent) = (await requests.StandingAsync(MeterId.Of("m-1"), CancellationToken.None), await requests.StandingAsync(MeterId.Of("m-2"), CancellationToken.None));
        Assert.That((came.State, came.Readings, silent.State, silent.Readings), Is.EqualTo(("arrived", 49, "silent", 1)));
        Assert.That((came.Refusal, came.From), Is.EqualTo(("left_alone", (DateTimeOffset?)Now.AddDays(1))));
    }

    [Test]
    public async Task A_book_from_before_people_could_ask_is_brought_forward()
    {
        await using var bench = await RelayBench.OpenAsync();
        var path = Path.Combine(bench.Folder, "old.db");
        using (var old = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await old.OpenAsync();
            using var command = old.CreateCommand();
            command.CommandText = """
                CREATE TABLE requests (id INTEGER PRIMARY KEY AUTOINCREMENT, meter TEXT NOT NULL, asked_us INTEGER NOT NULL, seconds INTEGER NOT NULL, hertz REAL NOT NULL, verdict TEXT NOT NULL, outcome TEXT NOT NULL);
                INSERT INTO requests (meter, asked_us, seconds, hertz, verdict, outcome) VALUES ('m-1', 0, 60, 1, 'watch', 'sent');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var book = BurstBook.Open(path);
        Assert.That(book.Latest(MeterId.Of("m-1")), Is.EqualTo(new BurstRequest(MeterId.Of("m-1"), DateTimeOffset.UnixEpoch, 60, 1, "watch", "sent", BurstRequest.ByVerdict)));
    }

    private static BurstRequests Requests(RelayBench bench, BurstBook book, Commands commands, TimeProvider time, BurstRequestOptions options) =>
        new(book, commands, bench.Timeline, options, time, NullLogger<BurstRequests>.Instance);

    private static BurstBook Open(RelayBench bench) => BurstBook.Open(Path.Combine(bench.Folder, BurstBook.FileName));

    private static BurstDesk Desk(RelayBench bench, BurstBook book, Commands commands, TimeProvider time, BurstRequestOptions options)
    {
        var model = DetectorModel.Load(Path.Combine(Requires.Repository(), "models", "hashrate", "1"));
        var judge = new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        return new BurstDesk(book, Requests(bench, book, commands, time, options), bench.Timeline, new SeriesAssessor(), judge, options, time);
    }

    private static Finding Watched(string meter) => new()
    {
        Meter = MeterId.Of(meter),
        Site = meter,
        Verdict = Verdict.Watch,
        Probability = 0.4,
        Window = new TimeRange(Now.AddDays(-91), Now),
        CadenceSeconds = 900,
        Coverage = 1,
        Missing = [new MissingEvidence("burst", "A burst.", "秒级采样。"), new MissingEvidence("history", "History.", "历史。")],
        Model = "hashrate/1",
    };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Commands : IMeterCommands
    {
        public List<(string Meter, double Seconds, double Hertz)> Asked { get; } = [];

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Fault { get; init; }

        public string? Away { get; init; }

        public Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
        {
            Asked.Add((meter.Value, duration.TotalSeconds, hertz));
            First.TrySetResult();
            return Task.FromResult(Fault);
        }
    }
}
