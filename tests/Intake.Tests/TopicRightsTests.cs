// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Clients;
using Detector.Metering;
using Detector.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Intake.Tests;

/// <summary>A meter publishes as itself and hears its own commands, nothing else.</summary>
[NonParallelizable]
public sealed class TopicRightsTests
{
    [TestCase("meters/m", "meters/m", true)]
    [TestCase("meters/m", "meters/m2", false)]
    [TestCase("meters/m", "meters/m/kw", false)]
    [TestCase("meters/m/+", "meters/m/kw", true)]
    [TestCase("meters/m/+", "meters/m/+", true)]
    [TestCase("meters/m/+", "meters/m/#", false)]
    [TestCase("meters/m/+", "meters/m", false)]
    [TestCase("meters/m/+", "meters/m/a/b", false)]
    [TestCase("meters/+", "meters/+", true)]
    [TestCase("meters/m", "meters/+", false)]
    [TestCase("meters/#", "meters", true)]
    [TestCase("meters/#", "meters/a/b/#", true)]
    [TestCase("meters/#", "#", false)]
    [TestCase("#", "meters/+/x", true)]
    [TestCase("#", "$SYS/x", false)]
    [TestCase("+/x", "$SYS/x", false)]
    [TestCase("$SYS/#", "$SYS/x", true)]
    [TestCase("a//b", "a//b", true)]
    [TestCase("a/+/b", "a//b", true)]
    public void A_filter_covers_what_it_matches_and_no_more(string allowed, string asked, bool expected) => Assert.That(TopicFilters.Covers(allowed, asked), Is.EqualTo(expected));

    [TestCase("meters/{client}/#", true)]
    [TestCase("+/+", true)]
    [TestCase("", false)]
    [TestCase("a/#/b", false)]
    [TestCase("a/b+", false)]
    [TestCase("a#", false)]
    public void Filters_that_are_none_are_known(string filter, bool expected) => Assert.That(TopicFilters.IsValid(filter), Is.EqualTo(expected));

    [TestCase("meters/m-1", true)]
    [TestCase("meters/m-1/kw", true)]
    [TestCase("meters/m-2", false)]
    [TestCase("meters/m-1/burst", false)]
    [TestCase("meters/m-1/kw/x", false)]
    [TestCase("other/m-1", false)]
    [TestCase("gateway/g-1/a", false)]
    public void By_default_a_meter_publishes_as_itself(string topic, bool expected) => Assert.That(TopicRights.Of("m-1", new ClientOptions()).MayPublish(topic), Is.EqualTo(expected));

    [Test]
    public void A_named_client_has_filters_of_its_own()
    {
        var options = new ClientOptions { Named = { ["g-1"] = new ClientPermissions { Publish = { "meters/+", "gateway/{client}/#" }, Subscribe = { "meters/+/burst" } } } };
        var rights = TopicRights.Of("g-1", options);
        Assert.That((rights.MayPublish("meters/m-7"), rights.MayPublish("gateway/g-1/a"), rights.MayPublish("gateway/g-2/a"), rights.MaySubscribe("meters/+/burst"), rights.MaySubscribe("meters/#")), Is.EqualTo((true, true, false, true, false)));
    }

    [TestCase("")]
    [TestCase("a/b")]
    [TestCase("+")]
    [TestCase("#")]
    [TestCase("a:b")]
    [TestCase(" a")]
    [TestCase("$SYS")]
    public void Names_that_could_reach_beyond_one_level_are_none(string name) => Assert.That(ClientName.Fault(name), Is.Not.Null);

    [TestCase(null, "id", "id")]
    [TestCase(null, "m-1/id", "/m-1/id")]
    [TestCase(null, "/detector", "//detector")]
    [TestCase("m-1", "id", "m-1/id")]
    [TestCase("m-1", "m-2/id", "m-1/m-2/id")]
    public void Sessions_belong_to_their_client(string? name, string clientId, string expected) =>
        Assert.That((ClientName.Session(name, clientId), ClientName.OfSession(ClientName.Session(name, clientId))), Is.EqualTo((expected, name)));

    [Test]
    public async Task Mqtt_5_is_told_in_the_acknowledgement_and_goes_on()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        var password = bench.AddClient("m-1");
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var (client, _) = await Bench.TryClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V500, "m-1", password);
        var refused = await client.PublishAsync(Message("meters/m-2", "1"));
        var command = await client.PublishAsync(Message("meters/m-1/burst", "1"));
        var taken = await client.PublishAsync(Message("meters/m-1", "2"));
        var others = await client.SubscribeAsync("meters/m-2/burst");
        var all = await client.SubscribeAsync("#");
        var shared = await client.SubscribeAsync("$share/g/meters/m-1/burst");
        var own = await client.SubscribeAsync("meters/m-1/burst", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Multiple(() =>
        {
            Assert.That((refused.ReasonCode, command.ReasonCode), Is.EqualTo((MqttClientPublishReasonCode.NotAuthorized, MqttClientPublishReasonCode.NotAuthorized)));
            Assert.That(taken.IsSuccess, Is.True);
            Assert.That(
                new[] { others, all, shared, own }.Select(r => r.Items.Single().ResultCode),
                Is.EqualTo(new[] { MqttClientSubscribeResultCode.NotAuthorized, MqttClientSubscribeResultCode.NotAuthorized, MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported, MqttClientSubscribeResultCode.GrantedQoS1 }));
            Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m-1 2" }));
            Assert.That((counted["detector.intake.refused:not_permitted"], counted["detector.intake.subscriptions.refused:not_permitted"]), Is.EqualTo((2, 2)));
        });

        var heard = new TaskCompletionSource<string>();
        client.ApplicationMessageReceivedAsync += arrival =>
        {
            heard.TrySetResult(arrival.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await BurstCommand.SendAsync(broker, MeterId.Of("m-1"), TimeSpan.FromSeconds(60), 1, CancellationToken.None);
        Assert.That(await heard.Task.WaitAsync(TimeSpan.FromSeconds(30)), Is.EqualTo("meters/m-1/burst"), "the service itself needs no credentials");
        client.Dispose();
    }

    [Test]
    public async Task Mqtt_3_1_1_cannot_be_told_and_is_disconnected_and_a_filter_gets_its_one_failure_code()
    {
        await using var bench = new Bench();
        var password = bench.AddClient("m-1");
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var (client, _) = await Bench.TryClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311, "m-1", password);
        var others = await client.SubscribeAsync("meters/m-2/burst");
        Assert.That(others.Items.Single().ResultCode, Is.EqualTo(MqttClientSubscribeResultCode.UnspecifiedError));
        await Assert.ThatAsync(async () => await client.PublishAsync(Message("meters/m-2", "1")), Throws.Exception);
        await Bench.UntilAsync(() => !client.IsConnected, "it was disconnected");
        Assert.That(bench.Kept(), Is.Empty);
        client.Dispose();
    }

    [TestCase("mqttv311")]
    [TestCase("mqttv5")]
    public async Task Mosquitto_s_own_publisher_cannot_speak_for_another_meter(string version)
    {
        await using var bench = new Bench();
        var password = bench.AddClient("m-1");
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var port = broker.Endpoint!.Port;
        await Bench.MosquittoPubAsync(port, version, "meters/m-2", "1", "-u", "m-1", "-P", password);
        var own = await Bench.MosquittoPubAsync(port, version, "meters/m-1", "2", "-u", "m-1", "-P", password);
        Assert.That(own.Code, Is.Zero, own.Output);
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m-1 2" }));
    }

    private static MqttApplicationMessage Message(string topic, string payload) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
}
