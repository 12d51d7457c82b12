// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Intake.Tests;

public sealed class EmbeddedBrokerTests
{
    private static readonly MqttProtocolVersion[] Versions = [MqttProtocolVersion.V311, MqttProtocolVersion.V500];

    [TestCaseSource(nameof(Versions))]
    public async Task The_acknowledgement_leaves_only_after_the_flush(MqttProtocolVersion version)
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        using var client = await Bench.ClientAsync(broker.Endpoint!.Port, version);
        foreach (var qos in new[] { MqttQualityOfServiceLevel.AtLeastOnce, MqttQualityOfServiceLevel.ExactlyOnce })
        {
            var last = bench.Journal.LastSequence;
            bench.Disk.Hold();
            var publishes = Enumerable.Range(0, 10).Select(i => client.PublishAsync(Message("meters/m", $"{i}", qos))).ToList();
            await Bench.UntilAsync(() => bench.Journal.LastSequence == last + 10, "all ten in flight were appended behind one flush");

            Assert.That((publishes.Count(publish => publish.IsCompleted), bench.Journal.DurableSequence), Is.EqualTo((0, last)));
            bench.Disk.LetGo();
            var results = await Task.WhenAll(publishes);
            Assert.That(results, Has.All.Property(nameof(MqttClientPublishResult.IsSuccess)).True);
            Assert.That(bench.Journal.DurableSequence, Is.EqualTo(last + 10));
        }
    }

    [TestCaseSource(nameof(Versions))]
    public async Task Every_quality_of_service_is_journalled_in_order(MqttProtocolVersion version)
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        using var client = await Bench.ClientAsync(broker.Endpoint!.Port, version);
        await client.PublishAsync(Message("meters/a", "0", MqttQualityOfServiceLevel.AtMostOnce));
        await client.PublishAsync(Message("meters/a", "1", MqttQualityOfServiceLevel.AtLeastOnce));
        await client.PublishAsync(Message("other/топик", "2", MqttQualityOfServiceLevel.ExactlyOnce));
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/a 0", "meters/a 1", "other/топик 2" }));
    }

    [Test]
    public async Task A_payload_too_large_is_refused_with_a_reason_and_the_connection_goes_on_where_the_protocol_can_say_so()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync(options => options.MaxPayloadBytes = 100);
        using var five = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V500);
        var refused = await five.PublishAsync(Message("meters/a", new string('x', 101), MqttQualityOfServiceLevel.AtLeastOnce));
        Assert.That((refused.IsSuccess, refused.ReasonString), Is.EqualTo((false, "A record of 101 bytes is larger than the 100 bytes allowed.")));
        await five.PublishAsync(Message("meters/a", "fits", MqttQualityOfServiceLevel.AtLeastOnce));

        using var three = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311, "old");
        await Assert.ThatAsync(
            async () => await three.PublishAsync(Message("meters/b", new string('x', 101), MqttQualityOfServiceLevel.AtLeastOnce)), Throws.Exception);
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/a fits" }));
    }

    [Test]
    public async Task When_the_journal_refuses_nothing_is_acknowledged_and_the_message_sent_again_is_kept()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        await using var publisher = await Bench.PublisherAsync(broker.Url!);
        bench.Disk.Full = true;
        var publish = publisher.PublishAsync("meters/m", Bench.Text("1"), CancellationToken.None);
        await Bench.UntilAsync(() => bench.Journal.Fault is not null, "the disk refused");
        Assert.That(publish.IsCompleted, Is.False);
        bench.Disk.Full = false;
        await publish;
        Assert.That(bench.Kept(), Has.Count.GreaterThanOrEqualTo(1).And.All.EqualTo("meters/m 1"));
    }

    [Test]
    public async Task Burst_commands_reach_the_meter_and_are_not_journalled()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        using var meter = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311, "meter");
        var heard = new TaskCompletionSource<string>();
        meter.ApplicationMessageReceivedAsync += arrival =>
        {
            heard.TrySetResult($"{arrival.ApplicationMessage.Topic} {arrival.ApplicationMessage.ConvertPayloadToString()}");
            return Task.CompletedTask;
        };
        await meter.SubscribeAsync("meters/m-1/burst", MqttQualityOfServiceLevel.AtLeastOnce);
        await using var publisher = await Bench.PublisherAsync(broker.Url!);
        await BurstCommand.SendAsync(publisher, MeterId.Of("m-1"), TimeSpan.FromSeconds(60), 1, CancellationToken.None);
        Assert.That(await heard.Task.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo("meters/m-1/burst {\"seconds\":60,\"hz\":1}"));
        Assert.That(bench.Journal.LastSequence, Is.Zero);
    }

    [Test]
    public async Task Mosquitto_s_own_publisher_is_understood()
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        foreach (var version in new[] { "mqttv311", "mqttv5" })
        {
            await using var publish = ServerProcess.Start(
                program, ["-h", "127.0.0.1", "-p", broker.Endpoint!.Port.ToString(CultureInfo.InvariantCulture), "-V", version, "-q", "1", "-t", "meters/m", "-m", version]);
            Assert.That(await publish.EndAsync(TimeSpan.FromSeconds(30)), Is.Zero, publish.Output);
        }

        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m mqttv311", "meters/m mqttv5" }));
    }

    [Test]
    public async Task An_endpoint_that_is_taken_is_named()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        await Assert.ThatAsync(
            async () => await bench.ListenAsync(options => options.Listen = broker.Endpoint!.ToString()), Throws.TypeOf<IOException>().With.Message.Contains(broker.Endpoint!.ToString()));
    }

    private static MqttApplicationMessage Message(string topic, string payload, MqttQualityOfServiceLevel qos) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qos).Build();
}
