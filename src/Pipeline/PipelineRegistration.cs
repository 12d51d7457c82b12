// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Measures;
using Detector.Codecs;
using Detector.Detection;
using Detector.Journal;
using Detector.Pipeline.Drift;
using Detector.Pipeline.Retention;
using Detector.Pipeline.Weather;
using Detector.Timeline;
using Detector.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Puts the pipeline's parts together.</summary>
public static class PipelineRegistration
{
    /// <summary>Name of the relay's book in the data folder.</summary>
    public const string BookName = "relay.db";

    /// <summary>Makes a relay by hand, for verbs that carry a journal without a service.</summary>
    /// <remarks>Dispose the returned parts in their order: they own the book.</remarks>
    public static RelayParts MakeRelay(
        string dataFolder,
        ArrivalJournal journal,
        MessageDecoder decoder,
        ReadingValidator validator,
        ITimeline timeline,
        RegistryHolder registry,
        MeterStates states,
        RelayOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(loggers);
        var store = RelayStore.Open(Path.Combine(dataFolder, BookName));
        decoder.Memory.Load(store.Sources());
        var writer = new TimelineWriter(timeline, states, options, time, loggers.CreateLogger<TimelineWriter>());
        var relay = new Relay(journal, store, new BatchReader(decoder, validator, registry), writer, options, time, loggers.CreateLogger<Relay>());
        return new RelayParts(store, relay, new DeadLetterDesk(store, relay, options, time));
    }

    /// <summary>Adds relay, dead letters, watch and outbox as services; what they need must be registered.</summary>
    public static IServiceCollection AddDetectorPipeline(this IServiceCollection services, string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<MeterStates>();
        services.AddSingleton(s => MakeRelay(
            dataFolder,
            s.GetRequiredService<ArrivalJournal>(),
            s.GetRequiredService<MessageDecoder>(),
            s.GetRequiredService<ReadingValidator>(),
            s.GetRequiredService<ITimeline>(),
            s.GetRequiredService<RegistryHolder>(),
            s.GetRequiredService<MeterStates>(),
            s.GetRequiredService<RelayOptions>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(s => s.GetRequiredService<RelayParts>().Relay);
        services.AddSingleton<ILedger>(s => s.GetRequiredService<Relay>());
        services.AddSingleton(s => s.GetRequiredService<RelayParts>().Desk);
        services.AddSingleton<IDeadLetters>(s => s.GetRequiredService<RelayParts>().DeadLetters);
        services.AddSingleton<IQuarantine>(s => s.GetRequiredService<RelayParts>().Quarantine);
        services.AddSingleton<NeighbourWatch>();
        services.AddSingleton<LoadEventFinder>();
        services.AddSingleton(_ => BurstBook.Open(Path.Combine(dataFolder, BurstBook.FileName)));
        services.AddSingleton<BurstRequests>();
        services.AddSingleton<IBursts>(s => s.GetRequiredService<BurstRequests>());
        services.AddSingleton<BurstDesk>();
        services.AddSingleton(s => DriftBook.Open(Path.Combine(dataFolder, DriftBook.FileName), s.GetRequiredService<Judge>().Model, s.GetRequiredService<ILogger<DriftBook>>()));
        services.AddSingleton(_ => WeatherBook.Open(Path.Combine(dataFolder, WeatherBook.FileName)));
        services.AddSingleton(s => new WeatherDesk(s.GetRequiredService<WeatherBook>(), dataFolder, s.GetRequiredService<ILogger<WeatherDesk>>()));
        services.AddSingleton<SiteWeather>();
        services.AddSingleton<Watch>();
        services.AddSingleton<IRetentionHolds, CaseHolds>();
        services.AddSingleton<RetentionSweep>();
        services.AddHostedService<RegisterService>();
        services.AddHostedService<RelayService>();
        services.AddHostedService<ReplayService>();
        services.AddHostedService<WatchService>();
        services.AddHostedService<BurstService>();
        services.AddHostedService<RetentionService>();
        services.AddHostedService<OutboxService>();
        services.AddHostedService<WebhookService>();
        services.AddHostedService<DeadlineService>();
        services.AddSingleton<MeasureDesk>();
        services.AddHostedService<ExitPlanService>();
        return services;
    }
}

/// <summary>The relay with the book it keeps and the desk for what it could not settle.</summary>
public sealed class RelayParts : IDisposable
{
    private readonly RelayStore _store;

    internal RelayParts(RelayStore store, Relay relay, DeadLetterDesk desk)
    {
        _store = store;
        Relay = relay;
        Desk = desk;
    }

    /// <summary>The relay.</summary>
    public Relay Relay { get; }

    /// <summary>The dead letters.</summary>
    public IDeadLetters DeadLetters => Desk;

    /// <summary>The quarantine.</summary>
    public IQuarantine Quarantine => Desk;

    internal DeadLetterDesk Desk { get; }

    /// <summary>What is remembered of sources, as the book has it.</summary>
    public IReadOnlyList<SourceRecord> Sources() => _store.Sources();

    /// <inheritdoc />
    public void Dispose()
    {
        Relay.Dispose();
        _store.Dispose();
    }
}
