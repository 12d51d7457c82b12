// SPDX-License-Identifier: Apache-2.0
using System.Threading.Channels;
using Detector.Intake.Groups;
using Detector.Journal;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Detector.Intake;

/// <summary>One connection of a subscription, from connect to its end; unacknowledged messages die with it and come again on the next.</summary>
internal sealed class SubscriptionConnection(
    IntakeOptions options, BrokerAccess access, ArrivalJournal journal, SessionRole role, TimeProvider time, Metrics metrics, ILogger logger) : IAsyncDisposable
{
    private readonly Arrivals _arrivals = new(journal, time, options.MaxPayloadBytes);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _leaving = new();

    // The broker sends no more than ReceiveMaximum before an acknowledgement; 3.1.1 brokers have limits of their own, so waiting is only a guard.
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(options.ReceiveMaximum) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private IMqttClient? _client;
    private Task _acknowledging = Task.CompletedTask;
    private long _unacknowledged;

    /// <summary>Whether it got as far as acknowledging.</summary>
    public bool AcknowledgedAny { get; private set; }

    /// <summary>Whether the broker had kept the session.</summary>
    public bool IsSessionPresent { get; private set; }

    /// <summary>Whether it ended because another connection entered the session.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>Connects, and subscribes where the session is our own.</summary>
    /// <exception cref="BrokerUnreachableException">It does not answer, or refuses the connection or a filter.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        _acknowledging = Task.Run(AcknowledgeAllAsync, CancellationToken.None);
        (_client, var result) = await MqttConnector.ConnectAsync(access, options.Protocol, TimeSpan.FromSeconds(options.TimeoutSeconds), Configure, cancel);
        IsSessionPresent = result.IsSessionPresent;
        if (role.IsOwn)
        {
            await SubscribeAsync(_client, cancel);
        }

        Log.Connected(logger, access.Address, role.ClientId, _client.Options.ProtocolVersion, result.IsSessionPresent ? "kept" : "new");
    }

    /// <summary>Publishes what a member of the group is to the others, retained.</summary>
    public async Task SayAsync(string member, string payload)
    {
        try
        {
            if (_client is { IsConnected: true } client)
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
                await client.PublishStringAsync(GroupTopic.Of(options.SharedGroup, member), payload, MqttQualityOfServiceLevel.AtLeastOnce, retain: true, limit.Token);
            }
        }
        catch (Exception fault) when (MqttConnector.IsConnectionFault(fault))
        {
            // The next connection begins with what all members said last, and says it anew.
        }
    }

    private async Task SubscribeAsync(IMqttClient client, CancellationToken cancel)
    {
        var subscribe = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in options.EffectiveTopics)
        {
            subscribe.WithTopicFilter(new MqttTopicFilter { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce });
        }

        if (options.SharedGroup.Length > 0)
        {
            subscribe.WithTopicFilter(new MqttTopicFilter { Topic = GroupTopic.All(options.SharedGroup), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce });
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
            var subscribed = await client.SubscribeAsync(subscribe.Build(), limit.Token);
            if (subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            {
                throw new BrokerUnreachableException(access.Address.ToString(), $"it refused the filter {refused.TopicFilter.Topic} ({refused.ResultCode})");
            }
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && MqttConnector.IsConnectionFault(fault))
        {
            throw new BrokerUnreachableException(access.Address.ToString(), fault.Message, fault);
        }

        if (options.SharedGroup.Length > 0)
        {
            await SayAsync(role.ClientId, GroupTopic.Online);
        }
    }

    /// <summary>Ends when the connection does, with the reason; or when asked to leave.</summary>
    public async Task<string> EndedAsync(CancellationToken leave)
    {
        try
        {
            return await _ended.Task.WaitAsync(leave);
        }
        catch (OperationCanceledException)
        {
            return "stopping";
        }
    }

    /// <summary>Takes no more, acknowledges what is durable already, and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        End("stopping");
        _waiting.Writer.TryComplete();
        await _leaving.CancelAsync();
        await _acknowledging;
        if (_client is { } client)
        {
            if (role.IsOwn && options.SharedGroup.Length > 0)
            {
                await SayAsync(role.ClientId, GroupTopic.Offline); // the others need not wait to miss us
            }

            await MqttConnector.CloseAsync(client);
        }

        var left = Interlocked.Read(ref _unacknowledged);
        if (left > 0)
        {
            metrics.Abandoned(left);
            Log.Abandoned(logger, left, access.Address);
        }

        _leaving.Dispose();
    }

    private void Configure(IMqttClient client, MqttClientOptionsBuilder builder, MqttProtocolVersion version)
    {
        builder.WithClientId(role.ClientId).WithCleanSession(false).WithKeepAlivePeriod(TimeSpan.FromSeconds(options.KeepAliveSeconds));
        if (version == MqttProtocolVersion.V500)
        {
            builder.WithSessionExpiryInterval((uint)options.SessionExpirySeconds).WithReceiveMaximum((ushort)options.ReceiveMaximum);
        }

        if (role.IsOwn && options.SharedGroup.Length > 0)
        {
            builder.WithWillTopic(GroupTopic.Of(options.SharedGroup, role.ClientId)).WithWillPayload(GroupTopic.Offline).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillDelayInterval((uint)options.TakeOverSeconds);
        }

        client.ApplicationMessageReceivedAsync += TakeInAsync;
        client.DisconnectedAsync += left =>
        {
            IsTakenOver = left.Reason == MqttClientDisconnectReason.SessionTakenOver;
            End(left.Exception?.Message ?? left.ReasonString ?? left.Reason.ToString());
            return Task.CompletedTask;
        };
    }

    private async Task TakeInAsync(MqttApplicationMessageReceivedEventArgs arrival)
    {
        arrival.AutoAcknowledge = false;
        var message = arrival.ApplicationMessage;
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        if (GroupTopic.MemberOf(message.Topic, options.SharedGroup) is { } member)
        {
            role.Heard?.Invoke(member, message.ConvertPayloadToString() ?? string.Empty);
        }

        var waiting = new Waiting(arrival, journal.DurableSequence, time.GetTimestamp());
        try
        {
            if (Arrivals.IsKept(message.Topic))
            {
                metrics.Received();
                waiting = waiting with { Sequence = await AppendAsync(message) };
            }

            metrics.Waiting();
            Interlocked.Increment(ref _unacknowledged);
            await _waiting.Writer.WriteAsync(waiting, _leaving.Token);
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException or OperationCanceledException or ChannelClosedException)
        {
            NotTaken(fault);
        }
    }

    private async ValueTask<long> AppendAsync(MqttApplicationMessage message)
    {
        try
        {
            return await _arrivals.AppendAsync(message.Topic, message.Payload, _leaving.Token);
        }
        catch (RecordTooLargeException fault)
        {
            metrics.Oversized();
            Log.Oversized(logger, message.Topic, fault.Message);
            return await _arrivals.AppendOversizedAsync(message.Topic, message.Payload, _leaving.Token);
        }
    }

    private async Task AcknowledgeAllAsync()
    {
        try
        {
            // Not cancelled by leaving: what is already durable is acknowledged still.
            while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (_waiting.Reader.TryRead(out var waiting))
                {
                    // The first of a group waits for the flush; the others of the group find it done.
                    await FlushedAsync(waiting.Sequence);
                    await waiting.Arrival.AcknowledgeAsync(CancellationToken.None);
                    metrics.Acknowledged(time.GetElapsedTime(waiting.Since));
                    Interlocked.Decrement(ref _unacknowledged);
                    AcknowledgedAny = true;
                }
            }
        }
        catch (Exception fault) when (fault is JournalException || MqttConnector.IsConnectionFault(fault))
        {
            NotTaken(fault);
        }
    }

    private async ValueTask FlushedAsync(long sequence)
    {
        try
        {
            await journal.FlushedAsync(sequence, _leaving.Token);
        }
        catch (OperationCanceledException) when (sequence <= journal.DurableSequence)
        {
            // The flush came at the moment we left.
        }
    }

    private void NotTaken(Exception fault)
    {
        if (End(fault.Message) && fault is JournalException)
        {
            metrics.Unaccepted("journal");
            Log.NotTaken(logger, role.ClientId, fault.Message);
        }
    }

    private bool End(string why) => _ended.TrySetResult(why);

    /// <summary>A message whose acknowledgement waits for the flush of its record.</summary>
    private readonly record struct Waiting(MqttApplicationMessageReceivedEventArgs Arrival, long Sequence, long Since);
}
