// SPDX-License-Identifier: Apache-2.0
using Detector.Host.Configuration;
using Detector.Journal;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Hosting;

/// <summary>Journal, timeline and relay opened by a verb while no service runs: it holds the journal's lock meanwhile.</summary>
internal sealed class OfflineParts : IAsyncDisposable
{
    private OfflineParts(ArrivalJournal journal, ITimeline timeline, RelayParts relay)
    {
        Journal = journal;
        Timeline = timeline;
        Relay = relay;
    }

    public ArrivalJournal Journal { get; }

    public ITimeline Timeline { get; }

    public RelayParts Relay { get; }

    /// <summary>Opens the parts.</summary>
    /// <exception cref="JournalInUseException">A service runs on this data folder.</exception>
    public static async Task<OfflineParts> OpenAsync(Settings settings, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Data.Folder);
        var journal = ArrivalJournal.Open(settings.Journal, TimeProvider.System, NullLogger<ArrivalJournal>.Instance);
        var timeline = await Parts.OpenTimelineAsync(settings, cancel);
        var relay = PipelineRegistration.MakeRelay(
            settings.Data.Folder,
            journal,
            Parts.MakeDecoder(settings),
            new ReadingValidator(settings.Validation),
            timeline,
            Parts.OpenRegistry(settings),
            new MeterStates(),
            settings.Relay,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        return new OfflineParts(journal, timeline, relay);
    }

    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        await Timeline.DisposeAsync();
        await Journal.DisposeAsync();
    }
}
