// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Protocol;
using RabbitMQ.Client;

namespace Detector.EndToEnd;

/// <summary>The topology of docker-compose.yml as processes: mosquitto, InfluxDB, RabbitMQ and the service.</summary>
internal sealed class TopologyTests
{
    [Test]
    [CancelAfter(240_000)]
    public async Task Readings_pass_from_mosquitto_through_influxdb_to_an_event_in_rabbitmq(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var influx = await InfluxServer.StartAsync();
        await using var rabbit = await RabbitServer.StartAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(rabbit.Url) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        await channel.ExchangeDeclareAsync("detector", ExchangeType.Topic, durable: true, cancellationToken: cancel);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancel);
        await channel.QueueBindAsync(queue.QueueName, "detector", "detector.#", cancellationToken: cancel);
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Timeline__Kind"] = "influx",
            ["DETECTOR__Timeline__Influx__Url"] = influx.Url.ToString(),
            ["DETECTOR__Timeline__Influx__Database"] = "detector",
            ["DETECTOR__Queue__Kind"] = "rabbitmq",
            ["DETECTOR__Queue__RabbitMq__Url"] = rabbit.Url,
        };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), 0, environment, "--mqtt-url", mosquitto.Url);
        await detector.SignInAsync(data.Path, "auditor");
        await PublishMonthAsync(mosquitto.Port, "m-topology", cancel);

        var account = await detector.SettledAsync(a => a.Stored >= 30 * 24, TimeSpan.FromSeconds(60));
        using var verdict = await NextEventAsync(channel, queue.QueueName, cancel);
        var count = await influx.QueryAsync("SELECT count(*) FROM /.*/", "detector");
        Assert.Multiple(() =>
        {
            Assert.That(account.Balances, Is.True);
            Assert.That(verdict.RootElement.GetProperty("specversion").GetString(), Is.EqualTo("1.0"));
            Assert.That(verdict.RootElement.GetProperty("type").GetString(), Is.EqualTo("detector.site.verdict"));
            Assert.That(verdict.RootElement.GetProperty("subject").GetString(), Is.EqualTo("m-topology"));
            Assert.That(count, Does.Contain("720"));
        });
    }

    private static async Task PublishMonthAsync(int port, string meter, CancellationToken cancel)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancel);
        for (var day = 0; day < 30; day++)
        {
            var hours = Enumerable.Range(day * 24, 24).Select(h => string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":{1767225600L + (h * 3600L)},\"kw\":{80 + (20 * Math.Sin(h * Math.PI / 12)) + (h % 5):0.00}}}"));
            var payload = Encoding.UTF8.GetBytes($"[{string.Join(',', hours)}]");
            await client.PublishAsync(new MqttApplicationMessage { Topic = $"meters/{meter}", Payload = new(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, cancel);
        }
    }

    private static async Task<JsonDocument> NextEventAsync(IChannel channel, string queue, CancellationToken cancel)
    {
        while (true)
        {
            if (await channel.BasicGetAsync(queue, autoAck: true, cancel) is { } message)
            {
                return JsonDocument.Parse(message.Body);
            }

            await Task.Delay(100, cancel);
        }
    }
}
