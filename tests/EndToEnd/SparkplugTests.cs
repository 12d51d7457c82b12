// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd;

/// <summary>An edge node publishes into the running service: it is asked for its birth, and what came before the birth is read after it.</summary>
internal sealed class SparkplugTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task Node_is_asked_for_its_birth_and_nothing_of_it_is_lost(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["DETECTOR__Codecs__Mappings__0__Profile"] = "sparkplug-b" };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        await detector.SignInAsync(data.Path, "admin");
        using var client = new MqttClientFactory().CreateMqttClient();
        var asked = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += message =>
        {
            asked.TrySetResult(message.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", detector.MqttPort).Build(), cancel);
        await client.SubscribeAsync("spBv1.0/plant/NCMD/gateway", MqttQualityOfServiceLevel.AtLeastOnce, cancel);

        await PublishAsync(client, "NDATA", "rejected_unborn", cancel);
        var command = await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
        await PublishAsync(client, "NBIRTH", "node_birth", cancel);
        await detector.SettledAsync(a => a is { Stored: 1, DeadLettered: 1 }, TimeSpan.FromSeconds(30));
        using var all = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await detector.Http.PostAsync(new Uri("/api/v1/dead-letters/replay", UriKind.Relative), all, cancel);
        var account = await detector.SettledAsync(a => a.Stored == 2, TimeSpan.FromSeconds(30));

        Assert.That(Encoding.UTF8.GetString(command), Does.Contain("Node Control/Rebirth"));
        Assert.That(answer.IsSuccessStatusCode, Is.True);
        Assert.That(account, Is.EqualTo(new Account(2, 2, 0, 0, 0, 0)), "the command itself is no message of a meter");
    }

    private static async Task PublishAsync(IMqttClient client, string type, string example, CancellationToken cancel)
    {
        var payload = await File.ReadAllBytesAsync(Path.Combine(Requires.Repository(), "src", "Codecs", "SparkplugB", "examples", $"{example}.in"), cancel);
        await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic($"spBv1.0/plant/{type}/gateway").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), cancel);
    }
}
