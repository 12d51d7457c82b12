// SPDX-License-Identifier: Apache-2.0
using System.Net.Sockets;
using System.Security.Authentication;
using Detector.Intake.Tls;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace Detector.Intake;

/// <summary>Makes connections to a broker; the newest protocol first, the older one where the broker does not know it.</summary>
internal static class MqttConnector
{
    // The library asks the kernel for 8 KiB. A burst of small messages is more than that with the kernel's own book-keeping, what does not fit is dropped and sent again after 200 ms at the least, and a broker that had 12,000
    // messages a second for us was left with 300 (docs/benchmarks.md). The kernel gives no more than net.core.rmem_max and wmem_max.
    private const int SocketBufferBytes = 1 << 20;

    private static readonly MqttClientFactory Factory = new();
    private static readonly BufferedAdapterFactory Adapters = new();

    /// <param name="access">The broker, and how we show ourselves to it.</param>
    /// <param name="protocol">Which protocol to speak.</param>
    /// <param name="timeout">Longest wait for an answer.</param>
    /// <param name="configure">Session and handlers.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="BrokerUnreachableException">It does not answer or does not let us in.</exception>
    public static async Task<(IMqttClient Client, MqttClientConnectResult Result)> ConnectAsync(
        BrokerAccess access, MqttProtocol protocol, TimeSpan timeout, Action<IMqttClient, MqttClientOptionsBuilder, MqttProtocolVersion> configure, CancellationToken cancel)
    {
        var first = protocol == MqttProtocol.V311 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;
        var (client, result, fault) = await TryAsync(access, first, timeout, configure, cancel);
        if (client is null && protocol == MqttProtocol.Newest && IsAboutVersion(result, fault))
        {
            (client, result, fault) = await TryAsync(access, MqttProtocolVersion.V311, timeout, configure, cancel);
        }

        return client is null ? throw new BrokerUnreachableException(access.Address.ToString(), Reason(result, fault), fault) : (client, result!);
    }

    /// <summary>Leaves and frees a connection, whatever its state.</summary>
    public static async Task CloseAsync(IMqttClient client)
    {
        try
        {
            if (client.IsConnected)
            {
                await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
            }
        }
        catch (Exception fault) when (IsConnectionFault(fault))
        {
            // It went by itself.
        }
        finally
        {
            client.Dispose();
        }
    }

    /// <summary>Whether an exception says no more than that the connection is gone or was not made.</summary>
    public static bool IsConnectionFault(Exception fault) => fault
        is MqttCommunicationException or MqttClientDisconnectedException or MqttClientNotConnectedException or MqttClientUnexpectedDisconnectReceivedException
        or SocketException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException;

    private static async Task<(IMqttClient? Client, MqttClientConnectResult? Result, Exception? Fault)> TryAsync(
        BrokerAccess access, MqttProtocolVersion version, TimeSpan timeout, Action<IMqttClient, MqttClientOptionsBuilder, MqttProtocolVersion> configure, CancellationToken cancel)
    {
        var builder = Factory.CreateClientOptionsBuilder()
            .WithTcpServer(access.Address.Host, access.Address.Port)
            .WithProtocolVersion(version)
            .WithTimeout(timeout);
        var client = Factory.CreateMqttClient(Adapters);

        // The client keeps its own timeout only where it is given a token that cannot be cancelled.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        try
        {
            access.Configure(builder);
            configure(client, builder, version);
            var result = await client.ConnectAsync(Build(builder), limit.Token);
            if (result.ResultCode == MqttClientConnectResultCode.Success)
            {
                return (client, result, null);
            }

            client.Dispose();
            return (null, result, null);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            client.Dispose();
            return (null, null, fault);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static MqttClientOptions Build(MqttClientOptionsBuilder builder)
    {
        var options = builder.Build();
        if (options.ChannelOptions is MqttClientTcpOptions tcp)
        {
            // The library's default resets the connection on leaving, and the broker then loses acknowledgements it has not read yet.
            tcp.LingerState = new LingerOption(false, 0);
            tcp.BufferSize = SocketBufferBytes;
        }

        return options;
    }

    /// <summary>Brokers that know only 3.1.1 answer so, or not at all by the book.</summary>
    private static bool IsAboutVersion(MqttClientConnectResult? result, Exception? fault) =>
        fault is MqttProtocolViolationException
        || result?.ResultCode is MqttClientConnectResultCode.UnsupportedProtocolVersion or MqttClientConnectResultCode.ProtocolError
            or MqttClientConnectResultCode.MalformedPacket or MqttClientConnectResultCode.UnspecifiedError;

    private static string Reason(MqttClientConnectResult? result, Exception? fault) => fault switch
    {
        OperationCanceledException => "no answer in time",
        CertificateException => fault.Message,
        _ when Authentication(fault) is { } tls => $"TLS: {tls.InnerException?.Message ?? tls.Message} Check Mqtt:Tls:BrokerAuthority (who signed its certificate), the host's name in Mqtt:Url, and Mqtt:Tls:Certificate where it asks for one.",
        null => result is null ? "no answer" : string.IsNullOrEmpty(result.ReasonString) ? result.ResultCode.ToString() : result.ReasonString,
        { InnerException: { } inner } => inner.Message,
        _ => fault.Message,
    };

    private static AuthenticationException? Authentication(Exception? fault) => fault switch
    {
        null => null,
        AuthenticationException found => found,
        _ => Authentication(fault.InnerException),
    };
}
