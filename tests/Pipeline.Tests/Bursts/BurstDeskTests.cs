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

    private static BurstBook Open(RelayBench bench) => BurstBook.Open(Path.Combine(bench.Folder, BurstBook.FileName));

    private static BurstDesk Desk(RelayBench bench, BurstBook book, Commands commands, TimeProvider time, BurstRequestOptions options)
    {
        var model = DetectorModel.Load(Path.Combine(Requires.Repository(), "models", "hashrate", "1"));
        var judge = new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        return new BurstDesk(book, commands, bench.Timeline, new SeriesAssessor(), judge, bench.Registry, options, time, NullLogger<BurstDesk>.Instance);
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

        public Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
        {
            Asked.Add((meter.Value, duration.TotalSeconds, hertz));
            First.TrySetResult();
            return Task.FromResult(Fault);
        }
    }
}
