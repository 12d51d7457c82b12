// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;

namespace Detector.Intake;

/// <summary>Log lines of the intake, events 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Embedded broker listens on {Endpoint}, {Security}")]
    public static partial void Listening(ILogger logger, IPEndPoint endpoint, string security);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "Refused a message of {Client} on {Topic} (permanent): {Why}")]
    public static partial void Refused(ILogger logger, string client, string topic, string why);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "Closing {Client} (temporary), nothing acknowledged: {Why}")]
    public static partial void NotTaken(ILogger logger, string client, string why);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Information, Message = "Connected to {Broker} as {Client}: MQTT {Version}, session {Session}")]
    public static partial void Connected(ILogger logger, BrokerAddress broker, string client, MqttProtocolVersion version, string session);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Warning, Message = "Connection to {Broker} lost or not made (temporary): {Why}")]
    public static partial void Lost(ILogger logger, BrokerAddress broker, string why);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Debug, Message = "{Count} messages of {Broker} stay unacknowledged; it sends them again")]
    public static partial void Abandoned(ILogger logger, long count, BrokerAddress broker);

    [LoggerMessage(EventId = 1107, Level = LogLevel.Error, Message = "Subscription to {Broker} met a fault of its own (temporary): the session is dropped and made anew")]
    public static partial void Surprise(ILogger logger, Exception fault, BrokerAddress broker);

    [LoggerMessage(EventId = 1108, Level = LogLevel.Information, Message = "The certificate {File} was renewed; it ends {Ends}")]
    public static partial void CertificateRenewed(ILogger logger, string file, DateTimeOffset ends);

    [LoggerMessage(EventId = 1109, Level = LogLevel.Error, Message = "A certificate has changed and cannot be used (temporary), the one before stays: {Why}")]
    public static partial void CertificateNotRenewed(ILogger logger, string why);

    [LoggerMessage(EventId = 1110, Level = LogLevel.Error, Message = "The clients file has changed and cannot be read (temporary), the clients known before stay: {Why}")]
    public static partial void ClientsNotRead(ILogger logger, string why);

    [LoggerMessage(EventId = 1111, Level = LogLevel.Warning, Message = "Refused a connection from {Remote}: {Why}")]
    public static partial void ConnectionRefused(ILogger logger, EndPoint remote, string why);

    [LoggerMessage(EventId = 1112, Level = LogLevel.Warning, Message = "Refused {Client} from {Remote}: {Why}")]
    public static partial void ClientRefused(ILogger logger, string client, EndPoint remote, string why);

    [LoggerMessage(EventId = 1113, Level = LogLevel.Warning, Message = "Refused {Client} the filter {Filter}: {Why}")]
    public static partial void SubscriptionRefused(ILogger logger, string client, string filter, string why);

    [LoggerMessage(EventId = 1114, Level = LogLevel.Warning, Message = "Closed the connection from {Remote}: {Reason}")]
    public static partial void Closed(ILogger logger, EndPoint remote, string reason);

    [LoggerMessage(EventId = 1115, Level = LogLevel.Warning, Message = "A connection could not be accepted (temporary): {Why}")]
    public static partial void NotAccepted(ILogger logger, string why);

    [LoggerMessage(EventId = 1116, Level = LogLevel.Debug, Message = "The connection from {Remote} ended: {Why}")]
    public static partial void ConnectionEnded(ILogger logger, EndPoint remote, string why);

    [LoggerMessage(EventId = 1117, Level = LogLevel.Error, Message = "The connection from {Remote} met a fault of our own and was closed")]
    public static partial void ConnectionFailed(ILogger logger, Exception fault, EndPoint remote);

    [LoggerMessage(EventId = 1119, Level = LogLevel.Warning, Message = "A message on {Topic} is too large (permanent), its beginning is kept as a dead letter: {Why}")]
    public static partial void Oversized(ILogger logger, string topic, string why);

    [LoggerMessage(EventId = 1120, Level = LogLevel.Warning, Message = "{Member} of the shared group is gone; its session is taken over until it is back")]
    public static partial void Adopted(ILogger logger, string member);

    [LoggerMessage(EventId = 1121, Level = LogLevel.Information, Message = "The session of {Member} is given back")]
    public static partial void Released(ILogger logger, string member);

    [LoggerMessage(EventId = 1122, Level = LogLevel.Error, Message = "The session of {Member} could not be taken over (temporary): it is tried again")]
    public static partial void AdoptionFailed(ILogger logger, Exception fault, string member);

    [LoggerMessage(EventId = 1123, Level = LogLevel.Information, Message = "{Sessions} sessions ended: their clients had been gone for as long as sessions are kept")]
    public static partial void SessionsExpired(ILogger logger, int sessions);

    [LoggerMessage(EventId = 1118, Level = LogLevel.Warning, Message = "{Broker} is not on this machine, and what is said with it is not encrypted; mqtts:// would")]
    public static partial void PlainBeyondLoopback(ILogger logger, BrokerAddress broker);
}
