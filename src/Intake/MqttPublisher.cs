// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.Intake;

/// <summary>Publishes at QoS 1, many in flight, and stays connected: what was not acknowledged when a connection ends is sent again on the next.</summary>
/// <remarks>Delivery is at least once; readings are idempotent by meter and time. A broker that stays away fails the waiting calls after <see cref="PatienceSeconds"/>.</remarks>
public sealed class MqttPublisher : IMessageOutlet, IAsyncDisposable
{
    /// <summary>How long a publish waits for a broker that went away, in seconds.</summary>
    public const int PatienceSeconds = 60;

    private const int TimeoutSeconds = 10;
    private const int MostInFlight = 1_024;

    private readonly BrokerAccess _access;
    private readonly string _clientId;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _connecting = new(1);
    private volatile Link? _link;
    private bool _closed;

    private MqttPublisher(IntakeOptions options, string clientId, TimeProvider time, ILogger logger)
    {
        _access = BrokerAccess.Of(options);
        _clientId = clientId;
        _time = time;
        _logger = logger;
    }

    /// <summary>Connects to a broker that asks for no more than its URL says.</summary>
    /// <exception cref="BrokerUnreachableException">It does not answer or does not let us in.</exception>
    /// <exception cref="FormatException">The URL is not <c>mqtt://…</c> or <c>mqtts://…</c>.</exception>
    public static Task<MqttPublisher> ConnectAsync(string url, string clientId, TimeProvider time, ILogger<MqttPublisher> logger, CancellationToken cancel) =>
        ConnectAsync(new IntakeOptions { Url = url }, clientId, time, logger, cancel);

    /// <summary>Connects to the external broker of the options, with their credentials and TLS.</summary>
    /// <exception cref="BrokerUnreachableException">It does not answer or does not let us in.</exception>
    /// <exception cref="FormatException">The URL is not <c>mqtt://…</c> or <c>mqtts://…</c>.</exception>
    public static async Task<MqttPublisher> ConnectAsync(IntakeOptions options, string clientId, TimeProvider time, ILogger<MqttPublisher> logger, CancellationToken cancel)
    {
        var publisher = new MqttPublisher(options, clientId, time, logger);
        try
        {
            await publisher.OpenAsync(cancel);
            return publisher;
        }
        catch
        {
            await publisher.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes and ends when the broker has acknowledged. Any number of calls may wait at once; the broker's window is kept.</summary>
    /// <exception cref="BrokerUnreachableException">The broker went away and did not come back in time.</exception>
    /// <exception cref="PublishRefusedException">The broker refused this message for good.</exception>
    public async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        var started = _time.GetTimestamp();
        while (true)
        {
            var link = await ConnectedAsync(started, cancel);
            await link.Window.WaitAsync(cancel);
            try
            {
                var result = await link.Client.PublishAsync(message, cancel);
                if (result.IsSuccess)
                {
                    return;
                }

                throw new PublishRefusedException(topic, result.ReasonString ?? result.ReasonCode.ToString());
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested && MqttConnector.IsConnectionFault(fault))
            {
                ObjectDisposedException.ThrowIf(_closed, this);
            }
            finally
            {
                link.Window.Release();
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        if (_link is { } link)
        {
            await MqttConnector.CloseAsync(link.Client);
        }

        _connecting.Dispose();
    }

    private async Task<Link> ConnectedAsync(long started, CancellationToken cancel)
    {
        if (_link is { Client.IsConnected: true } connected)
        {
            return connected;
        }

        await _connecting.WaitAsync(cancel);
        try
        {
            var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), _time);
            while (_link is not { Client.IsConnected: true })
            {
                try
                {
                    await OpenAsync(cancel);
                }
                catch (BrokerUnreachableException fault) when (_time.GetElapsedTime(started) < TimeSpan.FromSeconds(PatienceSeconds))
                {
                    Log.Lost(_logger, _access.Address, fault.Message);
                    await backoff.PauseAsync(cancel);
                }
            }

            return _link;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task OpenAsync(CancellationToken cancel)
    {
        var old = _link;
        var (client, result) = await MqttConnector.ConnectAsync(
            _access,
            MqttProtocol.Newest,
            TimeSpan.FromSeconds(TimeoutSeconds),
            (_, builder, _) => builder.WithClientId(_clientId).WithCleanStart(true).WithKeepAlivePeriod(TimeSpan.FromSeconds(30)),
            cancel);
        _link = new Link(client, new SemaphoreSlim(Math.Min(MostInFlight, (int)(result.ReceiveMaximum is > 0 and var most ? most : ushort.MaxValue))));
        old?.Client.Dispose();
    }

    /// <summary>One connection and how many messages its broker takes before the first acknowledgement.</summary>
    private sealed record Link(IMqttClient Client, SemaphoreSlim Window);
}
