// SPDX-License-Identifier: Apache-2.0
using System.Threading.Channels;
using Detector.Codecs;
using Detector.Intake;

namespace Detector.Host.Hosting;

/// <summary>Publishes what codecs ask of sources, such as a Sparkplug rebirth, over the broker they publish to.</summary>
/// <remarks>Up to <see cref="MostWaiting"/> requests wait; a further one is not taken, which its codec counts and asks again. One that the broker refuses is logged; it is asked again with the next message that needs it.</remarks>
internal sealed class SourceCommandService(IntakeService intake, MessageDecoder decoder, ILogger<SourceCommandService> logger) : BackgroundService, ICommandOutlet
{
    private const int MostWaiting = 1_000;

    private readonly Channel<(string Topic, ReadOnlyMemory<byte> Payload)> _waiting =
        Channel.CreateBounded<(string, ReadOnlyMemory<byte>)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public bool TrySend(string topic, ReadOnlyMemory<byte> payload) => _waiting.Writer.TryWrite((topic, payload));

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        decoder.Memory.Outlet = this;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (topic, payload) in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    var outlet = await intake.CommandsAsync(stoppingToken);
                    await outlet.PublishAsync(topic, payload, stoppingToken);
                    HostLog.SourceAsked(logger, topic);
                }
                catch (Exception fault) when (fault is BrokerUnreachableException or PublishRefusedException)
                {
                    HostLog.SourceNotAsked(logger, topic, fault.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A clean stop.
        }
    }
}
