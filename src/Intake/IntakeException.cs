// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake;

/// <summary>A broker does not answer, or does not let us in.</summary>
public sealed class BrokerUnreachableException(string broker, string why, Exception? inner = null)
    : Exception($"The broker {broker} cannot be reached: {why}", inner)
{
    /// <summary>The broker, without user and password.</summary>
    public string Broker { get; } = broker;
}

/// <summary>A broker took the connection but refused a message for good.</summary>
public sealed class PublishRefusedException(string topic, string why) : Exception($"The broker refused a message on {topic}: {why}")
{
    /// <summary>The topic of the message.</summary>
    public string Topic { get; } = topic;
}
