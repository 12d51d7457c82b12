// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using Detector.Codecs;
using Detector.Journal;
using Detector.Metering;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Pipeline.Tests;

/// <summary>A relay on real parts in a temporary folder: journal, codecs, validation, DuckDB.</summary>
internal sealed class RelayBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RelayBench()
    {
    }

    public ArrivalJournal Journal { get; private set; } = null!;

    public ITimeline Timeline { get; private set; } = null!;

    public RelayParts Parts { get; private set; } = null!;

    public MeterStates States { get; private set; } = new();

    public RegistryHolder Registry { get; } = new(SiteRegistry.Empty, TimeProvider.System);

    public string Folder => _folder.Path;

    public static async Task<RelayBench> OpenAsync(Func<ITimeline, ITimeline>? wrap = null, MessageDecoder? decoder = null)
    {
        var bench = new RelayBench();
        await bench.StartAsync(wrap, decoder);
        return bench;
    }

    /// <summary>Stops everything and opens it again on the same folder, as a restart does.</summary>
    public async Task RestartAsync(Func<ITimeline, ITimeline>? wrap = null, MessageDecoder? decoder = null, Action<string>? beforeOpening = null, ValidationOptions? validation = null)
    {
        await StopAsync();
        beforeOpening?.Invoke(_folder.Path);
        await StartAsync(wrap, decoder, validation);
    }

    public Task ArriveAsync(string topic, string payload) => ArriveAsync(topic, Encoding.UTF8.GetBytes(payload));

    public async Task ArriveAsync(string topic, byte[] payload)
    {
        var position = await Journal.AppendAsync(TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes(topic), new ReadOnlySequence<byte>(payload), CancellationToken.None);
        await Journal.FlushedAsync(position, CancellationToken.None);
    }

    public Task DrainAsync() => Parts.Relay.DrainAsync(progress: null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(Func<ITimeline, ITimeline>? wrap, MessageDecoder? decoder, ValidationOptions? validation = null)
    {
        States = new MeterStates();
        Journal = ArrivalJournal.Open(new JournalOptions { Folder = _folder.In("journal") }, TimeProvider.System, NullLogger<ArrivalJournal>.Instance);
        var options = new TimelineOptions();
        options.DuckDb.File = _folder.In("timeline.duckdb");
        var timeline = await TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);
        Timeline = wrap is null ? timeline : wrap(timeline);
        Parts = PipelineRegistration.MakeRelay(
            _folder.Path,
            Journal,
            decoder ?? MessageDecoder.Default(),
            new ReadingValidator(validation ?? new ValidationOptions()),
            Timeline,
            Registry,
            States,
            new RelayOptions { BatchBytes = 64 << 10, FirstWait = TimeSpan.FromMilliseconds(10), LongestWait = TimeSpan.FromMilliseconds(20) },
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    private async Task StopAsync()
    {
        Parts.Dispose();
        await Timeline.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
