// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Detector.Intake.Broker;
using Detector.Intake.Clients;
using Detector.Intake.Tls;
using Detector.Journal;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Detector.Intake;

/// <summary>A broker of our own, MQTT 3.1.1 and 5: journals what meters publish and lets an acknowledgement leave only after the flush that covers it.</summary>
/// <remarks>
/// A publish is appended as it is taken in; its PUBACK (QoS 1) or PUBREC (QoS 2) is held back on its way out until the record is durable.
/// So publishes in flight on one connection share a flush, where waiting on the way in would cost each a flush of its own.
/// Refused for good: payloads above <see cref="IntakeOptions.MaxPayloadBytes"/>, topics that the client has no right to or that break a limit; told to MQTT 5 in the
/// acknowledgement; MQTT 3.1.1 cannot be told and is disconnected. Journal refusing: the connection is closed without acknowledgement, and the client sends again.
/// QoS 0 has no acknowledgement: it is journalled, but its sender never learns whether. Who is let in: <see cref="ClientOptions"/>.
/// </remarks>
public sealed class EmbeddedBroker : IMessageOutlet, IAsyncDisposable
{
    private const int PortAttempts = 20;

    private readonly IntakeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Metrics _metrics = new("embedded");
    private readonly ServerCertificate? _certificate;
    private readonly Authenticator _authenticator;
    private readonly BrokerDoor _door;
    private readonly BrokerTraffic _traffic;
    private readonly SessionSweep _sweep;
    private MqttServer? _server;

    /// <summary>Made, not started.</summary>
    /// <exception cref="ArgumentException">Options out of range, all faults named.</exception>
    /// <exception cref="CertificateException">The certificate cannot be used.</exception>
    /// <exception cref="InvalidDataException">The clients file cannot be read.</exception>
    public EmbeddedBroker(IntakeOptions options, ArrivalJournal journal, TimeProvider time, ILogger<EmbeddedBroker> logger)
    {
        OptionFaults.Refuse(options, "Mqtt");
        OptionFaults.Refuse(options.Tls, "Mqtt:Tls");
        OptionFaults.Refuse(options.Clients, "Mqtt:Clients");
        OptionFaults.Refuse(options.Limits, "Mqtt:Limits");
        _options = options;
        _time = time;
        _logger = logger;
        _certificate = options.Tls.IsSet ? ServerCertificate.Open(options.Tls, "Mqtt:Tls", time, logger) : null;
        var sessions = new SessionBook(options.Clients, options.Limits, time);
        _authenticator = new Authenticator(options.Clients, options.Tls, time, logger);
        _door = new BrokerDoor(_authenticator, sessions, _metrics, time, logger);
        _traffic = new BrokerTraffic(options, journal, sessions, _metrics, time, logger);
        _sweep = new SessionSweep(sessions, _metrics, time, logger);
    }

    /// <summary>Where it listens, with the port taken; null before the start.</summary>
    public IPEndPoint? Endpoint { get; private set; }

    /// <summary>Where a client on this machine reaches it; null before the start.</summary>
    public string? Url => Endpoint is not { } at ? null : new BrokerAddress(Reachable(at.Address).ToString(), at.Port, _certificate is not null, null, null).ToString();

    /// <summary>Whether it accepts connections.</summary>
    public bool IsListening => _server is { IsStarted: true };

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The endpoint is taken or is not ours.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (!ListenAddress.TryParse(_options.Listen, out var wanted))
        {
            throw new ArgumentException("Mqtt:Listen is empty; the embedded broker needs ADDRESS:PORT.");
        }

        for (var attempt = 1; ; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            var endpoint = wanted.Port > 0 ? wanted : new IPEndPoint(wanted.Address, FreePort(wanted.Address));
            try
            {
                _server = await ListenAsync(endpoint);
                _sweep.Attach(_server);
                Endpoint = endpoint;
                Log.Listening(_logger, endpoint, _certificate switch { null => "no TLS", { RequiresClient: true } => "TLS, client certificates required", _ => "TLS" });
                return;
            }
            catch (SocketException fault)
            {
                // A free port may be taken between the look and the listening; a named one stays taken.
                if (wanted.Port > 0 || attempt == PortAttempts)
                {
                    throw new IOException($"Mqtt:Listen (--mqtt) is {_options.Listen}, which the embedded broker cannot listen on: {fault.Message}. Stop the program that has it, or choose another port.", fault);
                }
            }
        }
    }

    /// <summary>Closes every connection and stops listening; what was not acknowledged, clients send again.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await _sweep.DisposeAsync();
            await server.StopAsync(new MqttServerStopOptions());
            server.Dispose();
        }
    }

    /// <summary>Gives a message of the service itself to those who subscribe to its topic; it needs no connection and no credentials.</summary>
    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var server = _server ?? throw new BrokerUnreachableException(Url ?? _options.Listen, "the embedded broker does not listen");
        var message = new MqttApplicationMessage { Topic = topic, Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
        return server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { SenderClientId = ClientName.Service }, cancel);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _authenticator.Dispose();
        _metrics.Dispose();
    }

    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The server disposes of its adapters.")]
    private async Task<MqttServer> ListenAsync(IPEndPoint endpoint)
    {
        var options = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithPersistentSessions(true)
            .WithDefaultCommunicationTimeout(TimeSpan.FromSeconds(_options.Limits.ConnectSeconds))
            .WithMaxPendingMessagesPerClient(_options.Limits.QueuedMessages)
            .Build();
        var listener = new BrokerListener(endpoint, _certificate, _options.Limits, BrokerTraffic.MostPacketBytes(_options), _metrics, _time, _logger);
        var server = new MqttServerFactory().CreateMqttServer(options, [listener]);
        _door.Attach(server);
        _traffic.Attach(server);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
