// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Detector.Bench.EndToEnd;

/// <summary>What ours is measured against: a subscriber of the same library at QoS 1 that only counts, and a broker of it that only passes on.</summary>
internal static class Idle
{
    // As ours: with the library's 8 KiB a burst stalls (docs/benchmarks.md), and its rate would be that of the stall.
    private const int SocketBufferBytes = 1 << 20;

    /// <summary>A subscriber at a broker; the task ends when it has received so many messages.</summary>
    public static async Task<(IMqttClient Client, Task Received)> SubscribeAsync(string url, int messages)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = 0;
        client.ApplicationMessageReceivedAsync += _ =>
        {
            if (Interlocked.Increment(ref received) == messages)
            {
                done.SetResult();
            }

            return Task.CompletedTask;
        };
        var address = new Uri(url);
        var options = new MqttClientOptionsBuilder().WithTcpServer(address.Host, address.Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithClientId("idle-" + Guid.NewGuid().ToString("N")).WithReceiveMaximum(2_048).Build();
        ((MqttClientTcpOptions)options.ChannelOptions).BufferSize = SocketBufferBytes;
        await client.ConnectAsync(options, CancellationToken.None);
        await client.SubscribeAsync("meters/+", MqttQualityOfServiceLevel.AtLeastOnce, CancellationToken.None);
        return (client, done.Task);
    }

    /// <summary>A broker without a handler.</summary>
    public static async Task<(MqttServer Server, string Url)> ListenAsync()
    {
        var port = Testing.ServerProcess.FreePort();
        var server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPAddress(System.Net.IPAddress.Loopback)
                .WithDefaultEndpointBoundIPV6Address(System.Net.IPAddress.None).WithPersistentSessions(true).WithMaxPendingMessagesPerClient(1_000_000).Build());
        await server.StartAsync();
        return (server, string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port}"));
    }
}
