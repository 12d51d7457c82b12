// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Detector.Testing;

namespace Detector.EndToEnd.Faults;

/// <summary>Random faults over a seeded workload with real servers: nothing acknowledged is lost, nothing is stored twice, the account balances each time, and a verdict of every meter reaches the queue.</summary>
/// <remarks>
/// Each kind once in every run; 200 faults by <c>./dev faults</c>. A fault is a round and a test of its own: four meters of that round publish 150 readings each, in pieces, while it strikes. Where the broker itself is
/// killed it loses what it had acknowledged to the meters and not saved: they send that round again, as a meter does that keeps its readings, and repeats count as duplicates.
/// </remarks>
[NonParallelizable]
internal sealed class FaultTests
{
    private const int Meters = 4;
    private const int Pieces = 6;
    private const int ReadingsInPiece = 25;
    private const int Readings = Pieces * ReadingsInPiece;

    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(2);
    private readonly Stopwatch _elapsed = new();
    private readonly Dictionary<FaultKind, int> _survived = [];
    private FaultWorld _world = null!;
    private Account? _lastAccount;

    private static IEnumerable<TestCaseData> Rounds() => FaultPlan.Current.Kinds.Select((kind, round) => new TestCaseData(round, kind));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _world = await FaultWorld.StartAsync(CancellationToken.None);
        _elapsed.Start();
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_world is null)
        {
            return;
        }

        await TestContext.Progress.WriteLineAsync(
            $"seed {FaultPlan.Current.Seed}: {_survived.Values.Sum()} of {FaultPlan.Current.Kinds.Count} faults survived in {_elapsed.Elapsed:hh\\:mm\\:ss} ({string.Join(", ", _survived.OrderBy(k => k.Key).Select(k => $"{k.Value} {k.Key}"))}); the service ended by itself {_world.EndedByItself} times; {_lastAccount}");
        await _world.DisposeAsync();
    }

    [TestCaseSource(nameof(Rounds))]
    [CancelAfter(400_000)]
    public async Task Nothing_acknowledged_is_lost_or_stored_twice(int round, FaultKind kind, CancellationToken cancel)
    {
        if (_world.Lacks(kind) is { } reason)
        {
            Requires.Lacking($"{kind} was left out: {reason}");
        }

        await _world.UpAsync(cancel);
        var before = await _world.Detector.AccountAsync();
        var ended = _world.EndedByItself;
        await PublishThroughAsync(kind, round, cancel);
        var stored = before.Stored + (Meters * Readings);
        var account = await SettledAsync(stored, cancel);
        Assert.Multiple(() =>
        {
            Assert.That(account.Balances, Is.True, account.ToString());
            Assert.That(account.Stored, Is.EqualTo(stored), account.ToString());
            Assert.That(account.Quarantined + account.DeadLettered, Is.EqualTo(before.Quarantined + before.DeadLettered), account.ToString());
        });
        await ReadAsync(round, cancel);
        await JudgedAsync(round, cancel);
        Assert.That(_world.EndedByItself, Is.EqualTo(ended), "the service goes on by itself when the fault is over");
        _lastAccount = account;
        _survived[kind] = _survived.GetValueOrDefault(kind) + 1;
    }

    private static string Meter(int round, int p) => string.Create(CultureInfo.InvariantCulture, $"round-{round}-{p}");

    private static async Task PublishAsync(Publisher publisher, string meter, IEnumerable<TimeSpan> pauses, CancellationToken cancel)
    {
        var from = 0;
        foreach (var pause in pauses)
        {
            await publisher.PublishAsync(meter, from, ReadingsInPiece, inFlight: 8, cancel);
            await Task.Delay(pause, cancel);
            from += ReadingsInPiece;
        }
    }

    private async Task PublishThroughAsync(FaultKind kind, int round, CancellationToken cancel)
    {
        var random = FaultPlan.Current.RandomOf(round);
        var publishers = new Publisher[Meters];
        var publishing = new Task[Meters];
        for (var p = 0; p < Meters; p++)
        {
            publishers[p] = new Publisher(_world.BrokerPort, Meter(round, p));
            publishing[p] = PublishAsync(publishers[p], Meter(round, p), [.. Enumerable.Range(0, Pieces).Select(_ => TimeSpan.FromMilliseconds(random.Next(0, 400)))], cancel);
        }

        await Task.Delay(random.Next(0, 500), cancel);
        await _world.StrikeAsync(kind, random, cancel);
        await Task.WhenAll(publishing);
        Assert.That(publishers.Sum(p => p.Acknowledged.Count), Is.EqualTo(Meters * Readings));
        if (kind == FaultKind.KillBroker)
        {
            await _world.UpAsync(cancel);
            await Task.WhenAll(publishers.Select((publisher, p) => publisher.PublishAsync(Meter(round, p), 0, Readings, inFlight: 8, cancel)));
        }
    }

    // A service that ended by itself is started again, as whatever supervises it would, so that what it lost would show as well.
    private async Task<Account> SettledAsync(long stored, CancellationToken cancel)
    {
        Account? account = null;
        for (var limit = Stopwatch.StartNew(); limit.Elapsed < LongestSettling; await Task.Delay(50, cancel))
        {
            await _world.UpAsync(cancel);
            try
            {
                account = await _world.Detector.AccountAsync();
                Assert.That(account.Balances, Is.True, account.ToString());
                if (account.Pending == 0 && account.Stored >= stored)
                {
                    return account;
                }
            }
            catch (HttpRequestException ended) when (ended.StatusCode is null)
            {
                // It ended between the two questions.
            }
        }

        throw new AssertionException($"not settled: {account}; {_world.Said}");
    }

    private async Task ReadAsync(int round, CancellationToken cancel)
    {
        var expected = Enumerable.Range(0, Readings).Select(Publisher.TimeOf).ToList();
        for (var p = 0; p < Meters; p++)
        {
            var rows = await _world.Detector.Http.GetFromJsonAsync<List<StoredRow>>(
                $"/api/v1/meters/{Meter(round, p)}/readings?from=2025-12-31T00:00:00Z&to=2026-02-01T00:00:00Z", DetectorProcess.Json, cancel);
            Assert.That(rows!.Select(r => r.Ts), Is.EqualTo(expected), Meter(round, p));
        }
    }

    private async Task JudgedAsync(int round, CancellationToken cancel)
    {
        var waiting = Enumerable.Range(0, Meters).Select(p => Meter(round, p)).ToHashSet();
        for (var limit = Stopwatch.StartNew(); waiting.Count > 0 && limit.Elapsed < LongestSettling; await Task.Delay(100, cancel))
        {
            await _world.UpAsync(cancel);
            waiting.ExceptWith(await _world.EventSubjectsAsync(cancel));
        }

        Assert.That(waiting, Is.Empty, () => $"no verdict reached the queue; {_world.Said}");
    }

    private sealed record StoredRow(string Ts, double? Kw);
}
