// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Detector.Intake.Limits;
using Detector.Intake.Tls;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace Detector.Intake.Broker;

/// <summary>Accepts connections within the limits, speaks TLS where there is a certificate, and hands each to the server.</summary>
/// <remarks>Own, where the library has one, because that one has no limit on connections, on the handshake's time or on a packet's length, and cannot name the authority of clients.</remarks>
internal sealed class BrokerListener(IPEndPoint endpoint, ServerCertificate? certificate, ClientLimits limits, int mostPacketBytes, Metrics metrics, TimeProvider time, ILogger logger) : IMqttServerAdapter
{
    private const int Backlog = 1_024;

    private readonly ConnectionGate _gate = new(limits);
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _socket;
    private MqttServerOptions? _options;
    private IMqttNetLogger? _serverLog;

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <exception cref="SocketException">The endpoint is taken or is not ours.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        (_options, _serverLog) = (options, logger);
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        _ = Task.Run(() => AcceptAsync(_socket, _stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _socket?.Dispose();
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Socket listening, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var accepted = await listening.AcceptAsync(cancel);
                _ = Task.Run(() => ServeAsync(accepted, cancel), CancellationToken.None);
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException fault)
            {
                // No more file handles, or a client gone before it was accepted: the others go on.
                Log.NotAccepted(logger, fault.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancel)
    {
        var remote = (IPEndPoint?)socket.RemoteEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        if (_gate.Enter(remote.Address) is { } full)
        {
            Refuse(remote, full, "the limit of connections is reached (Mqtt:Limits)");
            socket.Dispose();
            return;
        }

        metrics.Connected(1);
        try
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await ServeAsync(stream, remote, cancel);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Log.ConnectionEnded(logger, remote, fault.Message);
        }
        catch (Exception fault)
        {
            Log.ConnectionFailed(logger, fault, remote);
        }
        finally
        {
            metrics.Connected(-1);
            _gate.Leave(remote.Address);
        }
    }

    private async Task ServeAsync(Stream stream, IPEndPoint remote, CancellationToken cancel)
    {
        if (certificate is null)
        {
            await ServeAsync(stream, remote, null);
            return;
        }

        await using var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        if (await ShakeHandsAsync(secure, remote, cancel))
        {
            await ServeAsync(secure, remote, secure.RemoteCertificate as X509Certificate2);
        }
    }

    private async Task<bool> ShakeHandsAsync(SslStream secure, IPEndPoint remote, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(limits.ConnectSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await secure.AuthenticateAsServerAsync(certificate!.Handshake(), both.Token);
            return true;
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException || (fault is OperationCanceledException && limit.IsCancellationRequested))
        {
            Refuse(remote, "handshake", fault is OperationCanceledException ? "no TLS handshake in time" : fault.InnerException?.Message ?? fault.Message);
            return false;
        }
    }

    private async Task ServeAsync(Stream stream, IPEndPoint remote, X509Certificate2? shown)
    {
        using var bytes = new MqttTcpChannel(stream, endpoint, remote, shown);
        using var buffered = new BufferedChannel(bytes, new SendingPatience(TimeSpan.FromSeconds(limits.SendSeconds), time, () => Close(remote, "slow_reader")));
        using var channel = new GuardedChannel(buffered, mostPacketBytes, why => Close(remote, why));
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(_options!.WriterBufferSize, _options.WriterBufferSizeMax));
        using var adapter = new MqttChannelAdapter(channel, formatter, _serverLog!);
        using var client = new ClientChannel(adapter, limits);
        await ClientHandler(client);
    }

    private void Refuse(IPEndPoint remote, string reason, string why)
    {
        metrics.ConnectionRefused(reason);
        Log.ConnectionRefused(logger, remote, why);
    }

    private void Close(IPEndPoint remote, string reason)
    {
        metrics.Closed(reason);
        Log.Closed(logger, remote, reason);
    }
}
