// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Detector.Testing;
using Detector.Timeline.Influx;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Timeline.Tests.Influx;

/// <summary>What is tried again and what is not, on a clock that the test moves.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class InfluxResilienceTests
{
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task The_pause_that_the_server_asks_for_is_kept(int status)
    {
        var refusals = 1;
        await using var server = new StubServer(
            request => !request.IsWrite ? StubServer.NoRows : Interlocked.Decrement(ref refusals) >= 0 ? new StubAnswer(status, "busy", "7") : new StubAnswer(204));
        using var log = new ListLog();
        var time = new FakeTimeProvider();
        await using var timeline = await OpenAsync(server.Url, time, log, new InfluxOptions());
        var write = timeline.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None);
        await UntilAsync(() => log.Lines.Any(line => line.Contains("follows in 7000 ms", StringComparison.Ordinal)), write);
        do
        {
            time.Advance(TimeSpan.FromSeconds(7)); // again where the pause began only after the clock was moved: it is logged before
        }
        while (await Task.WhenAny(write, Task.Delay(50)) != write);
        var outcome = await write;

        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(server.Writes.Select(request => request.Body).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Retries_end_in_unavailable_with_the_servers_words()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(503, "out of order") : StubServer.NoRows);
        using var log = new ListLog();
        await using var timeline = await OpenAsync(server.Url, TimeProvider.System, log, new InfluxOptions { Retries = 3, RetrySeconds = 0.005, LongestRetrySeconds = 0.02 });

        await Assert.ThatAsync(
            () => timeline.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None),
            Throws.TypeOf<TimelineUnavailableException>().With.Message.Contains("out of order"));
        Assert.That(server.Writes.Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task A_server_that_falls_silent_while_it_says_why_is_given_up()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(400, "partial wr") { PromisedBytes = 100 } : StubServer.NoRows);
        using var log = new ListLog();
        await using var timeline = await OpenAsync(server.Url, TimeProvider.System, log, new InfluxOptions { AttemptSeconds = 1 });

        await Assert.ThatAsync(
            () => timeline.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)),
            Throws.TypeOf<TimelineUnavailableException>().With.Message.Contains("fell silent"));
    }

    [Test]
    public async Task An_open_circuit_answers_without_asking_and_closes_when_the_server_is_back()
    {
        var ill = true;
        await using var server = new StubServer(request => !request.IsWrite ? StubServer.NoRows : ill ? new StubAnswer(503) : new StubAnswer(204));
        using var log = new ListLog();
        using var states = new CircuitStates();
        var time = new FakeTimeProvider();
        await using var timeline = await OpenAsync(server.Url, time, log, new InfluxOptions { Retries = 0, CircuitFailures = 2, CircuitSeconds = 5 });
        Task<WriteOutcome> Write() => timeline.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None);

        for (var i = 0; i < 30 && !log.Lines.Any(line => line.Contains("opened for", StringComparison.Ordinal)); i++)
        {
            await Assert.ThatAsync(Write, Throws.TypeOf<TimelineUnavailableException>());
        }

        var asked = server.Writes.Count();
        await Assert.ThatAsync(Write, Throws.TypeOf<TimelineUnavailableException>());
        Assert.That(server.Writes.Count(), Is.EqualTo(asked));
        ill = false;
        time.Advance(TimeSpan.FromSeconds(5));
        var outcome = await Write();
        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(states.Seen, Is.EqualTo(new[] { 2, 1, 0 }));
    }

    [Test]
    public async Task A_server_that_is_silent_is_given_up_after_the_bound_of_the_call()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var log = new ListLog();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}";
        await using var timeline = await OpenAsync(url, TimeProvider.System, log, new InfluxOptions { AttemptSeconds = 0.1, TotalSeconds = 0.5, RetrySeconds = 0.01, Retries = 100 });

        await Assert.ThatAsync(() => timeline.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None), Throws.TypeOf<TimelineUnavailableException>());
    }

    [Test]
    public async Task A_cancelled_wait_for_a_silent_server_ends_as_cancelled()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        using var log = new ListLog();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}";
        await using var timeline = await OpenAsync(url, TimeProvider.System, log, new InfluxOptions());
        using var cancel = new CancellationTokenSource();
        var write = timeline.WriteAsync(InfluxProtocolTests.Batch(1), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThatAsync(() => write, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Against_a_real_server_with_accounts_a_missing_password_is_a_fault_of_the_configuration()
    {
        await using var server = await InfluxServer.StartAsync("  auth-enabled = true");
        await server.QueryAsync("CREATE USER ann WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
        using var log = new ListLog();
        await using var without = await OpenAsync(server.Url.AbsoluteUri, TimeProvider.System, log, new InfluxOptions());
        await using var with = await OpenAsync(
            server.Url.AbsoluteUri.Replace("://", "://ann:secret@", StringComparison.Ordinal), TimeProvider.System, log, new InfluxOptions());
        var outcome = await with.WriteAsync(InfluxProtocolTests.Batch(2), CancellationToken.None);

        await Assert.ThatAsync(() => without.WriteAsync(InfluxProtocolTests.Batch(1), CancellationToken.None), Throws.TypeOf<TimelineConfigurationException>());
        await Assert.ThatAsync(() => without.ProbeAsync(CancellationToken.None), Throws.TypeOf<TimelineConfigurationException>());
        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(log.Lines, Has.None.Contain("secret"));
    }

    private static Task<ITimeline> OpenAsync(string url, TimeProvider time, ListLog log, InfluxOptions influx)
    {
        influx.Url = url;
        return TimelineCatalog.Standard().OpenAsync(
            new TimelineSetup(new TimelineOptions { Kind = "influx", Influx = influx }, time, log), CancellationToken.None);
    }

    private static async Task UntilAsync(Func<bool> holds, Task unless)
    {
        while (!holds())
        {
            if (unless.IsCompleted)
            {
                await unless;
                Assert.Fail("The write ended before it was to wait.");
            }

            await Task.Delay(5);
        }
    }

    /// <summary>The circuit's states as the gauge tells them.</summary>
    private sealed class CircuitStates : IDisposable
    {
        private readonly MeterListener _listener = new();

        public CircuitStates()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "detector.timeline.circuit.state")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, state, tags, _) => Note(state, tags));
            _listener.Start();
        }

        public ConcurrentQueue<int> Seen { get; } = [];

        public void Dispose() => _listener.Dispose();

        private void Note(int state, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Contains(new KeyValuePair<string, object?>("operation", "write")))
            {
                Seen.Enqueue(state);
            }
        }
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class ListLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
