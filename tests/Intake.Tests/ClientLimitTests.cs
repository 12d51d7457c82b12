// SPDX-License-Identifier: Apache-2.0
using System.Net.Sockets;
using Detector.Intake.Limits;
using Detector.Testing;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Intake.Tests;

/// <summary>What happens beyond each limit of the embedded broker, as docs/mqtt.md says it.</summary>
[NonParallelizable]
public sealed class ClientLimitTests
{
    [Test]
    public async Task Connections_beyond_the_limit_of_an_address_are_closed_and_one_that_leaves_makes_room()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.Limits.ConnectionsPerAddress = 2);
        var port = broker.Endpoint!.Port;
        var (first, _) = await Bench.TryClientAsync(port, MqttProtocolVersion.V500);
        using var second = await Bench.ClientAsync(port, MqttProtocolVersion.V311);
        await Assert.ThatAsync(async () => await Bench.TryClientAsync(port, MqttProtocolVersion.V500), Throws.Exception);
        Assert.That(counted["detector.intake.connections.refused:connections_per_address"], Is.EqualTo(1));
        await first.DisconnectAsync();
        first.Dispose();
        await Bench.UntilAsync(() => counted["detector.intake.connections"] == 1, "it has left");
        var (third, result) = await Bench.TryClientAsync(port, MqttProtocolVersion.V500);
        Assert.That(result.ResultCode, Is.EqualTo(MqttClientConnectResultCode.Success));
        third.Dispose();
    }

    [Test]
    public async Task Connections_beyond_the_limit_of_all_are_closed()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.Limits.Connections = 1);
        using var only = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311);
        await Assert.ThatAsync(async () => await Bench.TryClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311), Throws.Exception);
        Assert.That(counted["detector.intake.connections.refused:connections"], Is.EqualTo(1));
    }

    [TestCase(MqttProtocolVersion.V311, MqttClientConnectResultCode.ServerUnavailable)]
    [TestCase(MqttProtocolVersion.V500, MqttClientConnectResultCode.ServerBusy)]
    public async Task Sessions_of_one_client_are_bounded_and_another_client_is_not_touched(MqttProtocolVersion version, MqttClientConnectResultCode code)
    {
        await using var bench = new Bench();
        var (one, two) = (bench.AddClient("m-1"), bench.AddClient("m-2"));
        await using var broker = await bench.ListenAsync(options => (options.Clients.File, options.Limits.SessionsPerClient) = (bench.In("clients"), 2));
        async Task<MqttClientConnectResultCode> ConnectAsync(string user, string password, string id)
        {
            var (_, result) = await Bench.TryClientAsync(broker.Endpoint!.Port, version, user, password, id);
            return result.ResultCode;
        }

        Assert.That(await ConnectAsync("m-1", one, "a"), Is.EqualTo(MqttClientConnectResultCode.Success));
        Assert.That(await ConnectAsync("m-1", one, "b"), Is.EqualTo(MqttClientConnectResultCode.Success));
        Assert.That(await ConnectAsync("m-1", one, "c"), Is.EqualTo(code));
        Assert.That(await ConnectAsync("m-1", one, "a"), Is.EqualTo(MqttClientConnectResultCode.Success), "its own session again");
        Assert.That(await ConnectAsync("m-2", two, "a"), Is.EqualTo(MqttClientConnectResultCode.Success));
    }

    [TestCase(MqttProtocolVersion.V311, 0U, 0U, 0U, 600)]
    [TestCase(MqttProtocolVersion.V500, 60U, 0U, 0U, 60)]
    [TestCase(MqttProtocolVersion.V500, 3_600U, 600U, 0U, 600)]
    [TestCase(MqttProtocolVersion.V500, 500U, 0U, 60U, 60)]
    [TestCase(MqttProtocolVersion.V500, 60U, 0U, 3_600U, 600)]
    public async Task A_session_kept_for_a_client_that_is_gone_ends_and_makes_room(MqttProtocolVersion version, uint asked, uint told, uint askedInLeaving, int keptSeconds)
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var broker = await bench.ListenAsync(options => (options.Limits.Sessions, options.Limits.SessionExpirySeconds) = (2, 600), time);
        async Task<(IMqttClient Client, MqttClientConnectResult Result)> ConnectAsync(string id)
        {
            var client = Bench.Mqtt.CreateMqttClient();
            var builder = Bench.Mqtt.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint!.Port).WithProtocolVersion(version).WithClientId(id).WithCleanSession(false);
            return (client, await client.ConnectAsync((version == MqttProtocolVersion.V500 ? builder.WithSessionExpiryInterval(asked) : builder).Build(), CancellationToken.None));
        }

        var (gone, welcome) = await ConnectAsync("gone");
        Assert.That(welcome.SessionExpiryInterval.GetValueOrDefault(), Is.EqualTo(told));
        await gone.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = askedInLeaving });
        await Bench.UntilAsync(() => counted["detector.intake.connections"] == 0, "it has left");
        using var staying = (await ConnectAsync("staying")).Client;
        Assert.That((await ConnectAsync("third")).Result.ResultCode, Is.Not.EqualTo(MqttClientConnectResultCode.Success), "kept, and counted");

        time.Advance(TimeSpan.FromSeconds(keptSeconds - 31));
        Assert.That(counted["detector.intake.sessions.expired"], Is.Zero);
        await Bench.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(31));
                return counted["detector.intake.sessions.expired"] == 1;
            },
            "the session of the one that is gone has ended");
        Assert.That((await ConnectAsync("third")).Result.ResultCode, Is.EqualTo(MqttClientConnectResultCode.Success));
        Assert.That((await ConnectAsync("gone")).Result.ResultCode, Is.Not.EqualTo(MqttClientConnectResultCode.Success), "a new session now, for which there is no room");
        Assert.That(staying.IsConnected, Is.True);
    }

    [Test]
    public async Task Topics_too_long_too_deep_or_too_many_are_refused_each_with_its_reason()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => (options.Limits.TopicBytes, options.Limits.TopicLevels, options.Limits.Topics) = (32, 3, 2));
        using var five = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V500);
        async Task<MqttClientPublishReasonCode> PublishAsync(string topic) => (await five.PublishAsync(Message(topic))).ReasonCode;

        Assert.That(await PublishAsync("meters/a"), Is.EqualTo(MqttClientPublishReasonCode.NoMatchingSubscribers));
        Assert.That(await PublishAsync("meters/b"), Is.EqualTo(MqttClientPublishReasonCode.NoMatchingSubscribers));
        Assert.That(await PublishAsync("meters/c"), Is.EqualTo(MqttClientPublishReasonCode.QuotaExceeded));
        Assert.That(await PublishAsync("meters/a"), Is.EqualTo(MqttClientPublishReasonCode.NoMatchingSubscribers));
        Assert.That(await PublishAsync($"meters/{new string('я', 13)}"), Is.EqualTo(MqttClientPublishReasonCode.TopicNameInvalid), "33 bytes of UTF-8");
        Assert.That(await PublishAsync("a/b/c/d"), Is.EqualTo(MqttClientPublishReasonCode.TopicNameInvalid));

        using var three = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311, "old");
        await Assert.ThatAsync(async () => await three.PublishAsync(Message("a/b/c/d")), Throws.Exception);
        Assert.That(
            (counted["detector.intake.refused:topics"], counted["detector.intake.refused:topic_length"], counted["detector.intake.refused:topic_depth"]), Is.EqualTo((1, 1, 2)));
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/a 1", "meters/b 1", "meters/a 1" }));
    }

    [TestCase(MqttProtocolVersion.V311, MqttClientSubscribeResultCode.UnspecifiedError, MqttClientSubscribeResultCode.UnspecifiedError)]
    [TestCase(MqttProtocolVersion.V500, MqttClientSubscribeResultCode.QuotaExceeded, MqttClientSubscribeResultCode.TopicFilterInvalid)]
    public async Task Filters_too_many_or_too_deep_are_refused_and_one_given_back_makes_room(MqttProtocolVersion version, MqttClientSubscribeResultCode tooMany, MqttClientSubscribeResultCode tooDeep)
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => (options.Limits.Subscriptions, options.Limits.TopicLevels) = (2, 3));
        using var client = await Bench.ClientAsync(broker.Endpoint!.Port, version);
        async Task<MqttClientSubscribeResultCode> SubscribeAsync(string filter) => (await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode;

        Assert.That(await SubscribeAsync("a"), Is.EqualTo(MqttClientSubscribeResultCode.GrantedQoS1));
        Assert.That(await SubscribeAsync("b"), Is.EqualTo(MqttClientSubscribeResultCode.GrantedQoS1));
        Assert.That(await SubscribeAsync("c"), Is.EqualTo(tooMany));
        Assert.That(await SubscribeAsync("a"), Is.EqualTo(MqttClientSubscribeResultCode.GrantedQoS1));
        Assert.That(await SubscribeAsync("a/b/c/#"), Is.EqualTo(tooDeep));
        await client.UnsubscribeAsync("a");
        Assert.That(await SubscribeAsync("c"), Is.EqualTo(MqttClientSubscribeResultCode.GrantedQoS1));
        Assert.That((counted["detector.intake.subscriptions.refused:subscriptions"], counted["detector.intake.subscriptions.refused:topic_depth"]), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_client_that_sends_faster_than_its_rate_is_slowed_and_loses_nothing()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.Limits.MessagesPerSecond = 50);
        using var client = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V311);
        var results = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => client.PublishAsync(Message("meters/m"))));
        Assert.That(results, Has.All.Property(nameof(MqttClientPublishResult.IsSuccess)).True);
        Assert.That((bench.Kept().Count, counted["detector.intake.throttled"] > 0), Is.EqualTo((80, true)));
    }

    [Test]
    public void A_rate_lets_a_second_s_worth_through_at_once_and_then_one_a_step()
    {
        var time = new FakeTimeProvider();
        var rate = new MessageRate(10, time);
        Assert.That(Enumerable.Range(0, 10).Select(_ => rate.Take()), Has.All.EqualTo(TimeSpan.Zero));
        Assert.That(rate.Take(), Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That((rate.Take(), rate.Take()), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromMilliseconds(100))));
    }

    [Test]
    public async Task A_packet_far_too_large_ends_the_connection_before_it_is_read()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.MaxPayloadBytes = 1_000);
        using var raw = await ConnectedAsync(broker.Endpoint!.Port);
        await raw.GetStream().WriteAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F }); // PUBLISH of 256 MiB, of which no byte follows
        Assert.That(await ReadToEndAsync(raw), Is.Empty);
        Assert.That(counted["detector.intake.connections.closed:packet_too_large"], Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_does_not_say_what_it_wants_is_not_waited_for()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync(options => options.Limits.ConnectSeconds = 1);
        using var silent = new TcpClient();
        await silent.ConnectAsync("127.0.0.1", broker.Endpoint!.Port);
        Assert.That(await ReadToEndAsync(silent), Is.Empty, "closed by the broker");
    }

    [TestCase(MqttProtocolVersion.V311, 60, 0)]
    [TestCase(MqttProtocolVersion.V500, 60, 10)]
    [TestCase(MqttProtocolVersion.V500, 0, 0)]
    public async Task A_keep_alive_too_long_becomes_the_longest_and_mqtt_5_is_told(MqttProtocolVersion version, int asked, int told)
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync(options => options.Limits.KeepAliveSeconds = 10);
        using var client = Bench.Mqtt.CreateMqttClient();
        var builder = Bench.Mqtt.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint!.Port).WithProtocolVersion(version).WithClientId("c").WithKeepAlivePeriod(TimeSpan.FromSeconds(asked));
        var result = await client.ConnectAsync(builder.Build(), CancellationToken.None);
        Assert.That(result.ServerKeepAlive, Is.EqualTo(told));
        await client.PublishAsync(Message("meters/m"));
        Assert.That(bench.Kept(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_silent_client_is_disconnected_after_one_and_a_half_times_the_longest_keep_alive()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.Limits.KeepAliveSeconds = 10);
        using var raw = await ConnectedAsync(broker.Endpoint!.Port, keepAliveSeconds: 0);
        Assert.That(await ReadToEndAsync(raw), Is.Empty, "ended by the broker, though the client asked for no keep-alive");
        await Bench.UntilAsync(() => counted["detector.intake.connections"] == 0, "its place was given back");
    }

    [Test]
    public async Task A_subscriber_that_reads_nothing_is_closed_and_the_others_go_on()
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options => options.Limits.SendSeconds = 1);
        using var raw = await ConnectedAsync(broker.Endpoint!.Port);
        raw.ReceiveBufferSize = 4_096;
        await raw.GetStream().WriteAsync(new byte[] { 0x82, 6, 0, 1, 0, 1, (byte)'#', 0 }); // SUBSCRIBE to # at QoS 0
        using var publisher = await Bench.ClientAsync(broker.Endpoint!.Port, MqttProtocolVersion.V500, "publisher");
        var payload = new string('x', 500_000);
        var sent = 0;
        while (counted["detector.intake.connections.closed:slow_reader"] == 0 && sent < 400)
        {
            var result = await publisher.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("meters/m").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
            Assert.That(result.IsSuccess, Is.True);
            sent++;
        }

        await Bench.UntilAsync(() => counted["detector.intake.connections.closed:slow_reader"] == 1, "the slow one was closed");
        Assert.That(bench.Kept(), Has.Count.EqualTo(sent));
    }

    private static async Task<TcpClient> ConnectedAsync(int port, byte keepAliveSeconds = 60)
    {
        var raw = new TcpClient();
        await raw.ConnectAsync("127.0.0.1", port);
        await raw.GetStream().WriteAsync(new byte[] { 0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, keepAliveSeconds, 0, 1, (byte)'r' });
        var welcome = new byte[4];
        await raw.GetStream().ReadExactlyAsync(welcome);
        Assert.That(welcome, Is.EqualTo(new byte[] { 0x20, 2, 0, 0 }));
        return raw;
    }

    private static async Task<byte[]> ReadToEndAsync(TcpClient client)
    {
        using var rest = new MemoryStream();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await client.GetStream().CopyToAsync(rest, limit.Token);
        }
        catch (IOException)
        {
            // Reset rather than closed: ended all the same.
        }

        return rest.ToArray();
    }

    private static MqttApplicationMessage Message(string topic) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("1").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
}
