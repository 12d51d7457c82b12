// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs;
using Detector.Host.Configuration;
using Detector.Intake;
using Detector.Journal;
using Detector.Pipeline;

namespace Detector.Host.Hosting;

/// <summary>The intake as a part of the service: the embedded broker, or a subscription to an external one.</summary>
internal sealed class IntakeService(Settings settings, ArrivalJournal journal, MessageDecoder decoder, TimeProvider time, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private EmbeddedBroker? _broker;
    private Subscription? _subscription;
    private MqttPublisher? _commands;

    /// <summary>Where meters publish to.</summary>
    public string Url => _broker?.Url ?? settings.Mqtt.Url;

    /// <summary>Where messages of the service itself leave: the embedded broker hands them on, to an external one there is a connection from the first message on.</summary>
    /// <exception cref="BrokerUnreachableException">It does not answer or does not let us in.</exception>
    public async Task<IMessageOutlet> CommandsAsync(CancellationToken cancel)
    {
        if (_broker is { } broker)
        {
            return broker;
        }

        await _connecting.WaitAsync(cancel);
        try
        {
            return _commands ??= await PublisherAsync($"detector-commands-{Guid.NewGuid():N}", cancel);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>A connection of a publisher, as a meter or a gateway has it.</summary>
    /// <exception cref="BrokerUnreachableException">It does not answer or does not let us in.</exception>
    public Task<MqttPublisher> PublisherAsync(string clientId, CancellationToken cancel) => _broker?.Url is { } url
        ? MqttPublisher.ConnectAsync(url, clientId, time, loggers.CreateLogger<MqttPublisher>(), cancel)
        : MqttPublisher.ConnectAsync(settings.Mqtt, clientId, time, loggers.CreateLogger<MqttPublisher>(), cancel);

    /// <summary>State for the readiness check.</summary>
    public PartState State()
    {
        if (_broker is { } broker)
        {
            return new PartState("intake", broker.IsListening, $"embedded broker on {broker.Endpoint}");
        }

        return _subscription?.State switch
        {
            null => new PartState("intake", false, "not started"),
            { Connected: true } => new PartState("intake", true, "connected to the broker"),
            { LastError: var error } => new PartState("intake", false, $"not connected: {error ?? "connecting"}"),
        };
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(settings.Mqtt.Url))
        {
            _broker = new EmbeddedBroker(settings.Mqtt, journal, time, loggers.CreateLogger<EmbeddedBroker>());
            await _broker.StartAsync(cancellationToken);
        }
        else
        {
            if (settings.Mqtt.Topics.Count == 0)
            {
                foreach (var filter in decoder.TopicFilters)
                {
                    settings.Mqtt.Topics.Add(filter);
                }
            }

            _subscription = new Subscription(settings.Mqtt, journal, time, loggers.CreateLogger<Subscription>());
            await _subscription.StartAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_broker is not null)
        {
            await _broker.StopAsync(cancellationToken);
        }

        if (_subscription is not null)
        {
            await _subscription.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connecting.Dispose();
        if (_commands is not null)
        {
            await _commands.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        if (_subscription is not null)
        {
            await _subscription.DisposeAsync();
        }
    }
}
