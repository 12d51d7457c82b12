// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Outbox;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Detector.Cases.Queues.RabbitMq;

/// <summary>Publishes to the durable topic exchange <c>detector</c>; the routing key is the event's type.</summary>
/// <remarks>Persistent messages, publisher confirms. An event that no queue is bound for comes back: nobody listening to it is no fault of the event,
/// and it is counted, because a binding may also be lost with a broker.
/// The client's own recovery is off: after a fault the next publish makes a new connection, and the outbox knows what was not confirmed.</remarks>
internal sealed class RabbitMqQueue(RabbitMqOptions options) : IEventQueue
{
    /// <summary>Name of the exchange.</summary>
    public const string Exchange = "detector";

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <inheritdoc />
    public string Name => new UriBuilder(options.Url) { UserName = string.Empty, Password = string.Empty }.Uri.ToString();

    /// <inheritdoc />
    public async Task PublishAsync(OutboxEvent happened, CancellationToken cancel)
    {
        var channel = await ChannelAsync(cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.ConfirmWithin);
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = CloudEventJson.ContentType,
            MessageId = happened.Id,
            Type = happened.Type,
            AppId = "detector",
            Timestamp = new AmqpTimestamp(happened.Time.ToUnixTimeSeconds()),
            Headers = new Dictionary<string, object?>
            {
                ["subject"] = happened.Subject,
                ["sequence"] = happened.Sequence.ToString(CultureInfo.InvariantCulture),
            },
        };
        try
        {
            await channel.BasicPublishAsync(Exchange, happened.Type, mandatory: true, properties, CloudEventJson.Encode(happened), limit.Token);
        }
        catch (PublishReturnException)
        {
            Metrics.Unrouted(happened.Type);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The broker did not confirm event {happened.Id} within {options.ConfirmWithin}.");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _connecting.Dispose();
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancel)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await _connecting.WaitAsync(cancel);
        try
        {
            if (_channel is { IsOpen: true } opened)
            {
                return opened;
            }

            await DropAsync();
            var factory = new ConnectionFactory
            {
                Uri = new Uri(options.Url),
                AutomaticRecoveryEnabled = false,
                ClientProvidedName = "detector-outbox",
                RequestedConnectionTimeout = ConnectWithin,
                ContinuationTimeout = ConnectWithin,
            };
            _connection = await factory.CreateConnectionAsync(cancel);
            _channel = await _connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
            await _channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancel);
            return _channel;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Lets go of a connection that may already be dead; its end must not hide the fault that led here.</summary>
    private async Task DropAsync()
    {
        var (channel, connection) = (_channel, _connection);
        (_channel, _connection) = (null, null);
        foreach (var part in new IAsyncDisposable?[] { channel, connection })
        {
            try
            {
                await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
            catch (Exception fault) when (fault is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // Closing a broken connection fails in as many ways as it broke.
            }
        }
    }
}
