// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using Detector.Codecs;
using Detector.Intake;
using Detector.Journal;
using Detector.Metering;
using Detector.Pipeline;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.EndToEnd;

/// <summary>The way of a reading as the service has it: intake, journal, relay, store (DuckDB, unless another is named); in a temporary folder.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private CancellationTokenSource _stopping = new();
    private readonly RelayParts _parts;
    private readonly ArrivalJournal _journal;
    private readonly ITimeline _timeline;
    private Task _relaying = Task.CompletedTask;
    private EmbeddedBroker? _broker;
    private Subscription? _subscription;

    private Service(TemporaryFolder folder, ITimeline timeline, SiteRegistry register)
    {
        (_folder, _timeline) = (folder, timeline);
        _journal = ArrivalJournal.Open(new JournalOptions { Folder = folder.In("journal") }, TimeProvider.System, NullLogger<ArrivalJournal>.Instance);
        _parts = PipelineRegistration.MakeRelay(
            folder.Path,
            _journal,
            MessageDecoder.Default(),
            new ReadingValidator(new ValidationOptions()),
            timeline,
            new RegistryHolder(register, TimeProvider.System),
            new MeterStates(),
            new RelayOptions(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    /// <summary>Where the embedded broker listens.</summary>
    public string Url => _broker?.Url ?? string.Empty;

    public static async Task<Service> OpenAsync(Action<TimelineOptions>? change = null, SiteRegistry? register = null)
    {
        var folder = new TemporaryFolder();
        var options = new TimelineOptions();
        options.DuckDb.File = folder.In("timeline.duckdb");
        change?.Invoke(options);
        return new Service(folder, await TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None), register ?? SiteRegistry.Empty);
    }

    /// <summary>The options of a store in a database of an InfluxDB.</summary>
    public static Action<TimelineOptions> Into(InfluxServer server, string database) => options =>
    {
        options.Kind = "influx";
        (options.Influx.Url, options.Influx.Database) = (server.Url.ToString(), database);
    };

    /// <summary>Begins to carry what is journalled into the store.</summary>
    public void StartRelay() => _relaying = _parts.Relay.RunAsync(_stopping.Token);

    /// <summary>Stops carrying; what is journalled meanwhile waits.</summary>
    public async Task StopRelayAsync()
    {
        await _stopping.CancelAsync();
        await _relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
    }

    /// <summary>Listens with the embedded broker.</summary>
    public async Task ListenAsync()
    {
        _broker = new EmbeddedBroker(new IntakeOptions { Listen = "127.0.0.1:0" }, _journal, TimeProvider.System, NullLogger<EmbeddedBroker>.Instance);
        await _broker.StartAsync(CancellationToken.None);
    }

    /// <summary>Subscribes at an external broker.</summary>
    public async Task SubscribeAsync(string url)
    {
        _subscription = new Subscription(new IntakeOptions { Url = url, ClientId = "bench-" + Guid.NewGuid().ToString("N") }, _journal, TimeProvider.System, NullLogger<Subscription>.Instance);
        await _subscription.StartAsync(CancellationToken.None);
        while (!_subscription.State.Connected)
        {
            await Task.Delay(10);
        }
    }

    /// <summary>Journals messages as they would arrive.</summary>
    public async Task JournalAsync(IEnumerable<(string Topic, byte[] Payload)> messages)
    {
        var last = 0L;
        foreach (var (topic, payload) in messages)
        {
            last = await _journal.AppendAsync(TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes(topic), new ReadOnlySequence<byte>(payload), CancellationToken.None);
        }

        await _journal.FlushedAsync(last, CancellationToken.None);
    }

    /// <summary>Ends when so many readings are stored, each of them counted once.</summary>
    /// <exception cref="InvalidOperationException">Something did not go into the store, or more did than was sent.</exception>
    public async Task StoredAsync(long readings)
    {
        while (_parts.Relay.Snapshot() is var account && account.Stored < readings)
        {
            if (account.Quarantined + account.DeadLettered > 0)
            {
                throw new InvalidOperationException($"Not all was stored: {account}");
            }

            await Task.WhenAny(_relaying, Task.Delay(5));
            if (_relaying.IsCompleted)
            {
                await _relaying;
            }
        }

        if (_parts.Relay.Snapshot() is not { Pending: 0, Balances: true } || await _timeline.CountAsync(CancellationToken.None) != readings)
        {
            throw new InvalidOperationException($"The account does not agree with what was sent: {_parts.Relay.Snapshot()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_subscription is not null)
        {
            await _subscription.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        await _stopping.CancelAsync();
        await _relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _parts.Dispose();
        await _timeline.DisposeAsync();
        await _journal.DisposeAsync();
        _stopping.Dispose();
        _folder.Dispose();
    }
}
