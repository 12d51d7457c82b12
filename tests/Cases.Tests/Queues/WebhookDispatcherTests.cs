// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Detector.Cases.Outbox;
using Detector.Cases.Queues;
using Detector.Cases.Queues.Webhooks;
using Detector.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Queues;

/// <summary>Over real HTTP on loopback.</summary>
public sealed class WebhookDispatcherTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private CasesBench _bench = null!;
    private CancellationTokenSource _stop = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _stop = new CancellationTokenSource(TimeSpan.FromSeconds(90));
    }

    [TearDown]
    public async Task Close()
    {
        _stop.Dispose();
        await _bench.DisposeAsync();
    }

    [Test]
    public async Task Every_event_is_posted_signed_once_and_in_order_of_its_case()
    {
        await using var receiver = new Receiver(_ => 204);
        await _bench.OpenRefutedAsync("s-1");
        await _bench.OpenConfirmedAsync("s-2");
        await RunAsync(receiver, () => Task.FromResult(true));

        var events = await _bench.EventsAsync();
        Assert.That(receiver.Taken.Select(t => t.Id), Is.EquivalentTo(events.Select(e => e.Id)));
        Assert.That(receiver.Taken.Select(t => t.IsSigned), Is.All.True);
        AssertOrdered(receiver);
        Assert.That(Encoding.UTF8.GetString(receiver.Taken.Single(t => t.Id == events[0].Id).Body), Is.EqualTo(events[0].ToCloudEventJson()));
    }

    [Test]
    public async Task Only_the_types_asked_for_are_posted_and_the_position_passes_the_others()
    {
        await using var receiver = new Receiver(_ => 200);
        await _bench.OpenRefutedAsync();
        await RunAsync(receiver, () => Task.FromResult(true), types: [EventTypes.CaseTransitioned]);
        Assert.That(receiver.Taken.Select(t => t.Type), Is.EqualTo(Enumerable.Repeat(EventTypes.CaseTransitioned, 3)));
    }

    [TestCase(500)]
    [TestCase(404)]
    [TestCase(302)]
    public async Task An_event_that_is_refused_is_parked_with_what_follows_of_its_case_and_the_others_go_on(int status)
    {
        var poison = string.Empty;
        var mended = false;
        await using var receiver = new Receiver(r => !mended && r.Id == poison ? status : 200);
        await _bench.OpenRefutedAsync("s-1");
        await _bench.OpenRefutedAsync("s-2");
        var events = await _bench.EventsAsync();
        poison = events.First(e => e is { Subject: "c-1", Type: EventTypes.CaseTransitioned }).Id;
        await RunAsync(receiver, () => Task.FromResult(true));

        var book = Book(receiver);
        var parked = await book.ParkedAsync("crm", 0, 100, default);
        Assert.That(parked.Select(p => p.Sequence), Is.EqualTo(events.Where(e => e.Subject == "c-1").Skip(1).Select(e => e.Sequence)));
        Assert.That(parked.Select(p => p.Attempts), Is.EqualTo(new[] { 3, 0, 0 }));
        Assert.That(parked[0].Fault, Is.EqualTo($"answered {status}"));
        Assert.That(receiver.Tries.Count(t => t == poison), Is.EqualTo(3));
        Assert.That(receiver.Taken.Count(t => t.Subject == "c-2"), Is.EqualTo(4));

        // What comes later of that case waits too; refused again, it stays; mended, all of it arrives in order.
        await _bench.Desk.NoteAsync("c-1", "late", CasesBench.Ana, default);
        Assert.That(await book.ReplayAsync("crm", ["c-1"], "ana", default), Is.EqualTo(3));
        await RunAsync(receiver, async () => (await book.ParkedAsync("crm", 0, 100, default)).Count(p => !p.Replay) == 4);
        Assert.That((await book.ParkedAsync("crm", 0, 1, default))[0].Attempts, Is.EqualTo(6));
        mended = true;
        Assert.That(await book.ReplayAsync("crm", null, "ana", default), Is.EqualTo(4));
        await RunAsync(receiver, async () => (await book.StatesAsync(default))[0].Parked == 0);
        AssertOrdered(receiver);
        Assert.That(receiver.Taken.Select(t => t.Id), Is.EquivalentTo((await _bench.EventsAsync()).Select(e => e.Id)));
    }

    [TestCase(503)]
    [TestCase(429)]
    public async Task An_endpoint_that_is_away_parks_nothing_and_gets_everything_when_it_is_back(int status)
    {
        var away = 12;
        await using var receiver = new Receiver(_ => Interlocked.Decrement(ref away) >= 0 ? status : 200);
        await _bench.OpenRefutedAsync();
        await RunAsync(receiver, () => Task.FromResult(true));
        Assert.That(receiver.Taken.Select(t => t.Id), Is.EquivalentTo((await _bench.EventsAsync()).Select(e => e.Id)));
        Assert.That((await Book(receiver).StatesAsync(default))[0].Parked, Is.Zero);
        AssertOrdered(receiver);
    }

    [Test]
    public async Task A_process_that_ends_between_posting_and_noting_posts_again_with_the_same_ids()
    {
        await _bench.OpenRefutedAsync();
        var events = await _bench.EventsAsync();
        using var killed = new CancellationTokenSource();
        await using var receiver = new Receiver(_ => 200);
        receiver.OnTaken = taken =>
        {
            if (taken == 3)
            {
                killed.Cancel(); // the answer is on its way, the note is not written
            }
        };
        using (var dispatcher = Dispatcher(receiver))
        {
            await dispatcher.RunAsync(killed.Token);
        }

        Assert.That((await Book(receiver).StatesAsync(default))[0].Position, Is.Zero);
        await RunAsync(receiver, () => Task.FromResult(true));
        Assert.That(receiver.Taken.Count, Is.GreaterThan(events.Count));
        Assert.That(receiver.Taken.Select(t => t.Id).Distinct(), Is.EquivalentTo(events.Select(e => e.Id)));
        AssertOrdered(receiver);
    }

    [Test]
    public async Task The_sample_consumer_keeps_every_event_once_over_its_own_death()
    {
        var python = Requires.Program("python3", "python3");
        var sample = Path.Combine(Requires.Repository(), "samples", "webhooks", "consumer.py");
        var port = ServerProcess.FreePort();
        var environment = new Dictionary<string, string> { ["WEBHOOK_SECRET"] = Secret };
        string[] arguments = [sample, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--store", _bench.Folder.In("events.db")];
        var book = new WebhookBook(_bench.Desk, Options($"http://127.0.0.1:{port}/"), NullLoggerFactory.Instance);
        using var dispatcher = new WebhookDispatcher(_bench.Desk, Options($"http://127.0.0.1:{port}/"), TimeProvider.System, NullLoggerFactory.Instance);
        var running = dispatcher.RunAsync(_stop.Token);
        await using (var first = ServerProcess.Start(python, arguments, environment))
        {
            await first.ListensAsync(port);
            await _bench.OpenRefutedAsync("s-1");
            await first.UntilAsync(async () => (await book.StatesAsync(default))[0].Waiting == 0);
            await first.KillAsync();
        }

        await _bench.OpenRefutedAsync("s-2");
        await using (var second = ServerProcess.Start(python, arguments, environment))
        {
            await second.UntilAsync(async () => (await book.StatesAsync(default))[0].Waiting == 0);
            using var client = new HttpClient();
            using var forged = new StringContent("{}");
            using var refused = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/"), forged);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        await _stop.CancelAsync();
        await running;
        Assert.That(Kept(), Is.EqualTo((await _bench.EventsAsync()).Select(e => e.Id)));
        Assert.That((await book.StatesAsync(default))[0].Parked, Is.Zero);
    }

    [Test]
    public void A_signature_is_of_this_body_at_this_time_under_this_secret()
    {
        var body = "{}"u8.ToArray();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var signature = WebhookSignature.Of(Secret, 1_800_000_000, body);
        bool Verify(string secret, string? text, string? time, byte[] bytes) => WebhookSignature.Verify(secret, text, time, bytes, now, TimeSpan.FromMinutes(5));
        Assert.That(Verify(Secret, signature, "1800000000", body), Is.True);
        Assert.That(Verify(Secret + "x", signature, "1800000000", body), Is.False);
        Assert.That(Verify(Secret, signature, "1800000001", body), Is.False);
        Assert.That(Verify(Secret, signature, "1800000000", "{ }"u8.ToArray()), Is.False);
        Assert.That(Verify(Secret, null, null, body), Is.False);
        Assert.That(WebhookSignature.Verify(Secret, signature, "1800000000", body, now.AddMinutes(6), TimeSpan.FromMinutes(5)), Is.False, "too old");
        Assert.That(signature, Is.EqualTo("v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "1800000000.{}"u8))));
    }

    [TestCase("http://example.com/", Secret, "", false)]
    [TestCase("https://user:word@example.com/", Secret, "", false)]
    [TestCase("https://example.com/", "short", "", false)]
    [TestCase("https://example.com/", Secret, "detector.nothing", false)]
    [TestCase("https://example.com/", Secret, "detector.case.opened", true)]
    [TestCase("http://127.0.0.1:9/", Secret, "", true)]
    public void An_endpoint_is_checked_when_the_service_starts(string url, string secret, string type, bool good)
    {
        var endpoint = new WebhookEndpoint { Name = "crm", Url = url, Secret = secret, Types = type.Length == 0 ? [] : [type] };
        Assert.That(System.ComponentModel.DataAnnotations.Validator.TryValidateObject(endpoint, new(endpoint), null, true), Is.EqualTo(good));
    }

    private static void AssertOrdered(Receiver receiver)
    {
        foreach (var subject in receiver.Taken.DistinctBy(t => t.Id).GroupBy(t => t.Subject))
        {
            Assert.That(subject.Select(t => t.Sequence), Is.Ordered, subject.Key);
        }
    }

    private static QueueOptions Options(string url, IEnumerable<string>? types = null) => new()
    {
        Webhooks = new WebhookOptions
        {
            Endpoints = [new WebhookEndpoint { Name = "crm", Url = url, Secret = Secret, Types = [.. types ?? []] }],
            Attempts = 3,
            FirstBackOff = TimeSpan.FromMilliseconds(10),
            LongestBackOff = TimeSpan.FromMilliseconds(100),
            PollEvery = TimeSpan.FromMilliseconds(20),
        },
    };

    private WebhookBook Book(Receiver receiver) => new(_bench.Desk, Options(receiver.Url), NullLoggerFactory.Instance);

    private WebhookDispatcher Dispatcher(Receiver receiver, IEnumerable<string>? types = null) =>
        new(_bench.Desk, Options(receiver.Url, types), TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>Runs a dispatcher until nothing waits and a condition holds.</summary>
    private async Task RunAsync(Receiver receiver, Func<Task<bool>> holds, IEnumerable<string>? types = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var dispatcher = Dispatcher(receiver, types);
        var running = dispatcher.RunAsync(enough.Token);
        while ((await Book(receiver).StatesAsync(_stop.Token))[0].Waiting > 0 || !await holds())
        {
            await Task.Delay(20, _stop.Token);
        }

        await enough.CancelAsync();
        await running;
    }

    private List<string> Kept()
    {
        using var connection = new SqliteConnection($"Data Source={_bench.Folder.In("events.db")}");
        connection.Open();
        using var command = new SqliteCommand("SELECT id FROM events ORDER BY place", connection);
        using var rows = command.ExecuteReader();
        var ids = new List<string>();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    private sealed record Received(string Id, string Subject, string Type, long Sequence, bool IsSigned, byte[] Body);

    /// <summary>An endpoint that answers as it is told.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<Received, int> _answer;
        private readonly Task _listening;

        public Receiver(Func<Received, int> answer)
        {
            _answer = answer;
            Url = $"http://127.0.0.1:{ServerProcess.FreePort()}/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _listening = ListenAsync();
        }

        public string Url { get; }

        public ConcurrentQueue<Received> Taken { get; } = new();

        public ConcurrentQueue<string> Tries { get; } = new();

        public Action<int>? OnTaken { get; set; }

        public async ValueTask DisposeAsync()
        {
            _stopping.SetResult();
            await _listening;
            _listener.Close();
        }

        private async Task ListenAsync()
        {
            while (true)
            {
                // A listener that stops as it is asked for a request may never complete that request: the end is awaited beside it.
                var next = _listener.GetContextAsync();
                if (await Task.WhenAny(next, _stopping.Task) != next)
                {
                    return;
                }

                try
                {
                    await AnswerAsync(await next);
                }
                catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
                {
                    // The other side ended in the middle.
                }
            }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            using var json = JsonDocument.Parse(body.ToArray());
            string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
            var headers = context.Request.Headers;
            var signed = WebhookSignature.Verify(
                Secret, headers[WebhookSignature.Header], headers[WebhookSignature.TimeHeader], body.ToArray(), TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1))
                && headers[WebhookSignature.IdHeader] == Text("id");
            var received = new Received(Text("id"), Text("subject"), Text("type"), long.Parse(Text("sequence"), System.Globalization.CultureInfo.InvariantCulture), signed, body.ToArray());
            Tries.Enqueue(received.Id);
            var status = _answer(received);
            if (status < 300)
            {
                Taken.Enqueue(received);
                OnTaken?.Invoke(Taken.Count);
            }

            context.Response.StatusCode = status;
            context.Response.Close();
        }
    }
}
