// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Detector.Intake.Clients;
using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Detector.Intake.Broker;

/// <summary>Lets clients into the embedded broker, or tells them why not in the code that their protocol has for it.</summary>
/// <remarks>Refusals: MQTT 5 / 3.1.1: wrong name or password 0x86 / 4; not authorized 0x87 / 5; a limit or too many wrong attempts 0x89 / 3; authentication method 0x8C / 5.</remarks>
internal sealed class BrokerDoor(Authenticator authenticator, SessionBook sessions, Metrics metrics, TimeProvider time, ILogger logger)
{
    public void Attach(MqttServer server)
    {
        server.ValidatingConnectionAsync += AdmitAsync;
        server.ClientConnectedAsync += here =>
        {
            sessions.Enter(here.ClientId);
            return Task.CompletedTask;
        };
        server.ClientDisconnectedAsync += gone =>
        {
            if (gone.DisconnectType != MqttClientDisconnectType.Takeover) // else another connection is in the session
            {
                sessions.Leave(gone.ClientId, time.GetUtcNow(), gone.SessionExpiryInterval);
            }

            return Task.CompletedTask;
        };
        server.SessionDeletedAsync += ended =>
        {
            sessions.Close(ended.Id);
            return Task.CompletedTask;
        };
    }

    private async Task AdmitAsync(ValidatingConnectionEventArgs connecting)
    {
        var channel = (ClientChannel)connecting.ChannelAdapter;
        var remote = (IPEndPoint)channel.RemoteEndPoint;
        var shown = new Credentials(channel.Subject, connecting.UserName, connecting.RawPassword, connecting.AuthenticationMethod, remote.Address);
        var admission = await authenticator.AdmitAsync(shown, CancellationToken.None);
        if (admission.IsGranted && connecting.ClientId is { Length: > 0 } id)
        {
            admission = Open(channel, id, admission.Name, connecting.CleanSession ?? true) is not { } limit
                ? admission
                : new Admission(null, MqttConnectReasonCode.ServerBusy, limit, "a limit of sessions is reached (Mqtt:Limits)");
        }

        if (!admission.IsGranted)
        {
            connecting.ReasonCode = admission.Code;
            connecting.ReasonString = admission.Why;
            metrics.ConnectionRefused(admission.Reason);
            Log.ClientRefused(logger, connecting.ClientId, remote, admission.Why);
            return;
        }

        connecting.AssignedClientIdentifier = channel.AssignedName;
    }

    private string? Open(ClientChannel channel, string id, string? client, bool startsClean)
    {
        var limit = sessions.Open(id, client, startsClean, out var session);
        if (session is not null)
        {
            session.IsFive = channel.PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;
            session.KeepAliveInForce = channel.KeepAliveInForce;
            (session.ExpirySeconds, session.IsExpiryShortened) = (channel.SessionExpiry, channel.IsExpiryShortened);
        }

        return limit;
    }
}
