// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake;

/// <summary>Where messages of ours leave: commands to meters, requests to sources.</summary>
public interface IMessageOutlet
{
    /// <summary>Publishes at QoS 1 and ends when the broker has it.</summary>
    /// <exception cref="BrokerUnreachableException">The broker went away and did not come back in time.</exception>
    /// <exception cref="PublishRefusedException">The broker refused this message for good.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel);
}
