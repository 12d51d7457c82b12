// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Clients;
using Detector.Journal;
using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Detector.Intake.Broker;

/// <summary>What passes through the embedded broker: publishes into the journal, acknowledgements behind the flush, filters within rights and limits.</summary>
internal sealed class BrokerTraffic(IntakeOptions options, ArrivalJournal journal, SessionBook sessions, Metrics metrics, TimeProvider time, ILogger logger)
{
    private const int EnvelopeBytes = 128 << 10; // the longest topic and as much again of MQTT 5's properties

    private readonly Arrivals _arrivals = new(journal, time, options.MaxPayloadBytes);
    private MqttServer? _server;

    /// <summary>Longest packet that is read at all, in bytes: somewhat above the largest payload, so that a payload a little too large is refused with its reason.</summary>
    public static int MostPacketBytes(IntakeOptions options) => options.MaxPayloadBytes + EnvelopeBytes;

    public void Attach(MqttServer server)
    {
        _server = server;
        server.InterceptingInboundPacketAsync += NotePacketAsync;
        server.InterceptingPublishAsync += TakeInAsync;
        server.InterceptingSubscriptionAsync += Subscribe;
        server.ClientUnsubscribedTopicAsync += Unsubscribed;
        server.InterceptingOutboundPacketAsync += SendAsync;
        server.QueuedApplicationMessageOverwrittenAsync += Overwritten;
        server.SessionDeletedAsync += ForgetSession;
    }

    private async Task NotePacketAsync(InterceptingPacketEventArgs packet)
    {
        if (packet.Packet is not MqttPublishPacket publish)
        {
            return;
        }

        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
        {
            PendingAcknowledgements.Of(packet.SessionItems).Current = publish.PacketIdentifier;
        }

        if (sessions.Of(packet.ClientId).Rate.Take() is { Ticks: > 0 } wait)
        {
            metrics.Throttled();
            await Task.Delay(wait, time, packet.CancellationToken);
        }
    }

    private async Task TakeInAsync(InterceptingPublishEventArgs arrival)
    {
        var message = arrival.ApplicationMessage;
        if (arrival.ClientId == ClientName.Service || message.Topic.Length == 0)
        {
            return; // ours; or an alias that was never given, which the server refuses itself
        }

        var session = sessions.Of(arrival.ClientId);
        if (session.RefusePublish(message.Topic) is var (reason, why))
        {
            Refuse(arrival, session, reason, reason == "not_permitted" ? MqttPubAckReasonCode.NotAuthorized : reason == "topics" ? MqttPubAckReasonCode.QuotaExceeded : MqttPubAckReasonCode.TopicNameInvalid, why);
            return;
        }

        if (!Arrivals.IsKept(message.Topic))
        {
            return;
        }

        var pending = PendingAcknowledgements.Of(arrival.SessionItems);
        var (packet, arrivedAt) = (pending.Current, time.GetTimestamp());
        metrics.Received();
        try
        {
            var sequence = await _arrivals.AppendAsync(message.Topic, message.Payload, arrival.CancellationToken);
            if (message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce && pending.Note(packet, sequence, arrivedAt))
            {
                metrics.Waiting();
            }
        }
        catch (RecordTooLargeException fault)
        {
            Refuse(arrival, session, "too_large", MqttPubAckReasonCode.QuotaExceeded, fault.Message);
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException or OperationCanceledException)
        {
            metrics.Unaccepted(fault is JournalException ? "journal" : "closing");
            Log.NotTaken(logger, arrival.ClientId, fault.Message);
            arrival.ProcessPublish = false;
            arrival.CloseConnection = true;
        }
    }

    /// <summary>MQTT 5 is told in the acknowledgement; 3.1.1 has no way to be told (3.3.5) and is disconnected.</summary>
    private void Refuse(InterceptingPublishEventArgs arrival, ClientSession session, string reason, MqttPubAckReasonCode code, string why)
    {
        metrics.Refused(reason);
        Log.Refused(logger, arrival.ClientId, arrival.ApplicationMessage.Topic, why);
        arrival.ProcessPublish = false;
        arrival.Response.ReasonCode = code;
        arrival.Response.ReasonString = why;
        arrival.CloseConnection = !session.IsFive;
    }

    private Task Subscribe(InterceptingSubscriptionEventArgs asked)
    {
        var session = sessions.Of(asked.ClientId);
        if (session.RefuseSubscribe(asked.TopicFilter.Topic) is not var (reason, why))
        {
            return Task.CompletedTask;
        }

        metrics.SubscriptionRefused(reason);
        Log.SubscriptionRefused(logger, asked.ClientId, asked.TopicFilter.Topic, why);
        asked.ProcessSubscription = false;
        asked.ReasonString = session.IsFive ? why : null;
        asked.Response.ReasonCode = !session.IsFive ? MqttSubscribeReasonCode.UnspecifiedError : reason switch // 3.1.1 knows one failure, 0x80
        {
            "not_permitted" => MqttSubscribeReasonCode.NotAuthorized,
            "subscriptions" => MqttSubscribeReasonCode.QuotaExceeded,
            _ => MqttSubscribeReasonCode.TopicFilterInvalid,
        };
        return Task.CompletedTask;
    }

    private Task Unsubscribed(ClientUnsubscribedTopicEventArgs left)
    {
        sessions.Of(left.ClientId).Unsubscribed(left.TopicFilter);
        return Task.CompletedTask;
    }

    private Task SendAsync(InterceptingPacketEventArgs packet)
    {
        switch (packet.Packet)
        {
            case MqttPubAckPacket or MqttPubRecPacket:
                return HoldBackAsync(packet);
            case MqttConnAckPacket welcome:
                welcome.MaximumPacketSize = (uint)MostPacketBytes(options);
                var session = sessions.Of(packet.ClientId);
                welcome.ServerKeepAlive = session.KeepAliveInForce;
                welcome.SessionExpiryInterval = session.IsExpiryShortened ? session.ExpirySeconds : 0;
                break;
        }

        return Task.CompletedTask;
    }

    private async Task HoldBackAsync(InterceptingPacketEventArgs packet)
    {
        var pending = PendingAcknowledgements.Of(packet.SessionItems);
        var known = pending.TryTake(((MqttPacketWithIdentifier)packet.Packet).PacketIdentifier, out var sequence, out var arrivedAt);
        try
        {
            // A packet not noted was refused, or no meter's; waiting for all that was appended is safe for every other case.
            await journal.FlushedAsync(known ? sequence : journal.LastSequence, packet.CancellationToken);
            if (known)
            {
                metrics.Acknowledged(time.GetElapsedTime(arrivedAt));
            }
        }
        catch (Exception fault) when (fault is JournalException or ObjectDisposedException or OperationCanceledException)
        {
            packet.ProcessPacket = false;
            metrics.Abandoned(known ? 1 : 0);
            metrics.Unaccepted(fault is JournalException ? "journal" : "closing");
            Log.NotTaken(logger, packet.ClientId, fault.Message);
            await CloseAsync(packet.ClientId);
        }
    }

    private Task Overwritten(QueueMessageOverwrittenEventArgs dropped)
    {
        metrics.QueueDropped();
        return Task.CompletedTask;
    }

    private Task ForgetSession(SessionDeletedEventArgs session)
    {
        metrics.Abandoned(PendingAcknowledgements.Of(session.SessionItems).Count);
        return Task.CompletedTask;
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
