// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Detector.Intake.Clients;
using Detector.Intake.Limits;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Detector.Intake.Broker;

/// <summary>The packets of one connection; the CONNECT among them is fitted to the broker: a name where it brings none, the session under its owner, keep-alive and expiry within the limits.</summary>
/// <remarks>
/// MQTT 3.1.1 lets a client come without a name where its session is clean (3.1.3.1); the server by itself refuses it. The usual case: mosquitto_pub and other tools that connect,
/// publish and go. MQTT 5 clients are told the name in the CONNACK, by <see cref="EmbeddedBroker"/>.
/// </remarks>
internal sealed class ClientChannel(IMqttChannelAdapter inner, ClientLimits limits) : IMqttChannelAdapter
{
    /// <summary>Common name of the verified certificate; null where none was shown.</summary>
    public string? Subject { get; } = inner.ClientCertificate is { } certificate ? ClientName.Of(certificate) : null;

    /// <summary>The name given to an MQTT 5 client that brought none, as it is told; null where it brought one.</summary>
    public string? AssignedName { get; private set; }

    /// <summary>The keep-alive in force, in seconds, where the client asked for a longer one; else zero.</summary>
    public ushort KeepAliveInForce { get; private set; }

    /// <summary>How long the session is kept after the client is gone, in seconds; zero where it ends with the connection.</summary>
    public uint SessionExpiry { get; private set; }

    /// <summary>Whether that is less than what the client asked for.</summary>
    public bool IsExpiryShortened { get; private set; }

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken);
        if (packet is MqttConnectPacket connect)
        {
            Fit(connect);
        }

        return packet;
    }

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => inner.SendPacketAsync(packet, cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    private void Fit(MqttConnectPacket connect)
    {
        var isFive = PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;
        var name = connect.ClientId ?? string.Empty;
        if (name.Length == 0 && (isFive || connect.CleanSession))
        {
            name = $"unnamed-{Guid.NewGuid():N}";
            AssignedName = isFive ? name : null;
        }

        // Still a claim: the password is verified next, before there is a session.
        var claimed = Subject ?? (string.IsNullOrEmpty(connect.Username) ? null : connect.Username);
        connect.ClientId = name.Length == 0 ? name : ClientName.Session(claimed is not null && ClientName.Fault(claimed) is null ? claimed : null, name);
        FitExpiry(connect, isFive);
        var mostKeepAliveSeconds = (ushort)limits.KeepAliveSeconds;
        if (connect.KeepAlivePeriod > mostKeepAliveSeconds)
        {
            connect.KeepAlivePeriod = KeepAliveInForce = mostKeepAliveSeconds;
        }
        else if (connect.KeepAlivePeriod == 0)
        {
            // Not announced: clients that want none do not all bear to be given one. A server may end an idle connection all the same (MQTT 5, 3.1.2.10).
            connect.KeepAlivePeriod = mostKeepAliveSeconds;
        }
    }

    private void FitExpiry(MqttConnectPacket connect, bool isFive)
    {
        var most = (uint)limits.SessionExpirySeconds;
        if (!isFive)
        {
            SessionExpiry = connect.CleanSession ? 0 : most; // 3.1.1 has no word for how long
            return;
        }

        IsExpiryShortened = connect.SessionExpiryInterval > most;
        connect.SessionExpiryInterval = SessionExpiry = Math.Min(connect.SessionExpiryInterval, most);
    }
}
