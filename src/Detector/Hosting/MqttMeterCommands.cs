// SPDX-License-Identifier: Apache-2.0
using Detector.Intake;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Host.Hosting;

/// <summary>Commands to meters over the broker they publish to; connects with the first one.</summary>
internal sealed class MqttMeterCommands(IntakeService intake, TimeProvider time, ILogger<MqttPublisher> logger) : IMeterCommands, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private MqttPublisher? _publisher;

    public async Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _publisher ??= await MqttPublisher.ConnectAsync(intake.Url, $"detector-commands-{Guid.NewGuid():N}", time, logger, cancel);
            await BurstCommand.SendAsync(_publisher, meter, duration, hertz, cancel);
            return null;
        }
        catch (Exception fault) when (fault is BrokerUnreachableException or PublishRefusedException)
        {
            return fault.Message;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is { } publisher)
        {
            await publisher.DisposeAsync();
        }

        _turn.Dispose();
    }
}
