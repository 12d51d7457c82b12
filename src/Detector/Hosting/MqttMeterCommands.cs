// SPDX-License-Identifier: Apache-2.0
using Detector.Intake;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Host.Hosting;

/// <summary>Commands to meters over the broker they publish to.</summary>
internal sealed class MqttMeterCommands(IntakeService intake) : IMeterCommands
{
    public string? Away => intake.State() is { Ready: false, Detail: var why } ? why : null;

    public async Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
    {
        try
        {
            await BurstCommand.SendAsync(await intake.CommandsAsync(cancel), meter, duration, hertz, cancel);
            return null;
        }
        catch (Exception fault) when (fault is BrokerUnreachableException or PublishRefusedException)
        {
            return fault.Message;
        }
    }
}
