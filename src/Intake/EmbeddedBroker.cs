// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Detector.Journal;
using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Detector.Intake;

/// <summary>A broker of our own, MQTT 3.1.1 and 5: journals what meters publish and lets an acknowledgement leave only after the flush that covers it.</summary>
/// <remarks>
/// A publish is appended as it is taken in; its PUBACK (QoS 1) or PUBREC (QoS 2) is held back on its way out until the record is durable.
/// So publishes in flight on one connection share a flush, where waiting on the way in would cost each a flush of its own.
/// Refused for good: payloads above <see cref="IntakeOptions.MaxPayloadBytes"/>, told to MQTT 5 in the acknowledgement; MQTT 3.1.1 cannot be told
/// and is disconnected. Journal refusing: the connection is closed without acknowledgement, and the client sends again.
/// QoS 0 has no acknowledgement: it is journalled, but its sender never learns whether.
/// </remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int PortAttempts = 20;

    private readonly IntakeOptions _options;
    private readonly ArrivalJournal _journal;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Arrivals _arrivals;
    private readonly Metrics _metrics = new("embedded");
    private MqttServer? _server;

    /// <summary>Made, not started.</summary>
    /// <exception cref="ArgumentException">Options out of range, all faults named.</exception>
    public EmbeddedBroker(IntakeOptions options, ArrivalJournal journal, TimeProvider time, ILogger<EmbeddedBroker> logger)
    {
        OptionFaults.Refuse(options, "Mqtt");
        _options = options;
        _journal = journal;
        _time = time;
        _logger = logger;
        _arrivals = new Arrivals(journal, time, options.MaxPayloadBytes);
    }

    /// <summary>Where it listens, with the port taken; null before the start.</summary>
    public IPEndPoint? Endpoint { get; private set; }

    /// <summary>Where a client on this machine reaches it; null before the start.</summary>
    public string? Url => Endpoint is not { } at ? null : new BrokerAddress(Reachable(at.Address).ToString(), at.Port, false, null, null).ToString();

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
                Endpoint = endpoint;
                Log.Listening(_logger, endpoint);
                return;
            }
            catch (SocketException fault)
            {
                // A free port may be taken between the look and the listening; a named one stays taken.
                if (wanted.Port > 0 || attempt == PortAttempts)
                {
                    throw new IOException($"The embedded broker cannot listen on {endpoint}: {fault.Message}", fault);
                }
            }
        }
    }

    /// <summary>Closes every connection and stops listening; what was not acknowledged, clients send again.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.StopAsync(new MqttServerStopOptions());
            server.Dispose();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
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
        var six = endpoint.AddressFamily == AddressFamily.InterNetworkV6;
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(endpoint.Port)
            .WithDefaultEndpointBoundIPAddress(six ? IPAddress.None : endpoint.Address)
            .WithDefaultEndpointBoundIPV6Address(six ? endpoint.Address : IPAddress.None)
            .WithPersistentSessions(true)
            .Build();
        var server = new MqttServerFactory().CreateMqttServer(options, [new NamingAdapter()]);
        server.ValidatingConnectionAsync += connecting =>
        {
            connecting.AssignedClientIdentifier = string.IsNullOrEmpty(connecting.ClientId) ? NamingAdapter.NewName() : null;
            return Task.CompletedTask;
        };
        server.InterceptingInboundPacketAsync += NotePacket;
        server.InterceptingPublishAsync += TakeInAsync;
        server.InterceptingOutboundPacketAsync += HoldBackAsync;
        server.SessionDeletedAsync += ForgetSession;
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

    private Task NotePacket(InterceptingPacketEventArgs packet)
    {
        if (packet.Packet is MqttPublishPacket { QualityOfServiceLevel: not MqttQualityOfServiceLevel.AtMostOnce } publish)
        {
            PendingAcknowledgements.Of(packet.SessionItems).Current = publish.PacketIdentifier;
        }

        return Task.CompletedTask;
    }

    private async Task TakeInAsync(InterceptingPublishEventArgs arrival)
    {
        var message = arrival.ApplicationMessage;
        if (!Arrivals.IsKept(message.Topic))
        {
            return;
        }

        var pending = PendingAcknowledgements.Of(arrival.SessionItems);
        var (packet, arrivedAt) = (pending.Current, _time.GetTimestamp());
        _metrics.Received();
        try
        {
            var sequence = await _arrivals.AppendAsync(message.Topic, message.Payload, arrival.CancellationToken);
            if (message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce && pending.Note(packet, sequence, arrivedAt))
            {
                _metrics.Waiting();
            }
        }
        catch (RecordTooLargeException fault)
        {
            _metrics.Refused("too_large");
            Log.Refused(_logger, arrival.ClientId, message.Topic, fault.Message);
            arrival.ProcessPublish = false;
            arrival.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
            arrival.Response.ReasonString = fault.Message;
            arrival.CloseConnection = await SpeaksOldAsync(arrival.ClientId);
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException or OperationCanceledException)
        {
            _metrics.Unaccepted(fault is JournalException ? "journal" : "closing");
            Log.NotTaken(_logger, arrival.ClientId, fault.Message);
            arrival.ProcessPublish = false;
            arrival.CloseConnection = true;
        }
    }

    private async Task HoldBackAsync(InterceptingPacketEventArgs packet)
    {
        if (packet.Packet is not (MqttPubAckPacket or MqttPubRecPacket))
        {
            return;
        }

        var pending = PendingAcknowledgements.Of(packet.SessionItems);
        var known = pending.TryTake(((MqttPacketWithIdentifier)packet.Packet).PacketIdentifier, out var sequence, out var arrivedAt);
        try
        {
            // A packet not noted was refused, or no meter's; waiting for all that was appended is safe for every other case.
            await _journal.FlushedAsync(known ? sequence : _journal.LastSequence, packet.CancellationToken);
            if (known)
            {
                _metrics.Acknowledged(_time.GetElapsedTime(arrivedAt));
            }
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException or OperationCanceledException)
        {
            packet.ProcessPacket = false;
            _metrics.Abandoned(known ? 1 : 0);
            _metrics.Unaccepted(fault is JournalException ? "journal" : "closing");
            Log.NotTaken(_logger, packet.ClientId, fault.Message);
            await CloseAsync(packet.ClientId);
        }
    }

    private Task ForgetSession(SessionDeletedEventArgs session)
    {
        _metrics.Abandoned(PendingAcknowledgements.Of(session.SessionItems).Count);
        return Task.CompletedTask;
    }

    private async Task<bool> SpeaksOldAsync(string client)
    {
        var clients = _server is { } server ? await server.GetClientsAsync() : [];
        return clients.FirstOrDefault(known => known.Id == client)?.ProtocolVersion != MQTTnet.Formatter.MqttProtocolVersion.V500;
    }

    private async Task CloseAsync(string client)
    {
        try
        {
            await (_server?.DisconnectClientAsync(client, new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerBusy }) ?? Task.CompletedTask);
        }
        catch (InvalidOperationException)
        {
            // It went by itself.
        }
    }
}
