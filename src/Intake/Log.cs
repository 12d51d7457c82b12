// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Microsoft.Extensions.Logging;
using MQTTnet.Formatter;

namespace Detector.Intake;

/// <summary>Log lines of the intake, events 1100 to 1199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Embedded broker listens on {Endpoint}")]
    public static partial void Listening(ILogger logger, IPEndPoint endpoint);

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
}
