// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Detector.Intake.Tests;

/// <summary>Names and passwords on the embedded broker.</summary>
[NonParallelizable]
public sealed class EmbeddedPasswordTests
{
    private static readonly MqttProtocolVersion[] Versions = [MqttProtocolVersion.V311, MqttProtocolVersion.V500];

    [TestCase("mqttv311", 4, 5)]
    [TestCase("mqttv5", 0x86, 0x87)]
    public async Task Mosquitto_s_own_publisher_is_let_in_with_its_password_and_told_the_protocol_s_code_without(string version, int wrongCode, int anonymousCode)
    {
        await using var bench = new Bench();
        using var counted = new Counted("Detector.Intake");
        var password = bench.AddClient("m-1");
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var port = broker.Endpoint!.Port;

        var right = await Bench.MosquittoPubAsync(port, version, "meters/m-1", "1", "-u", "m-1", "-P", password);
        var wrong = await Bench.MosquittoPubAsync(port, version, "meters/m-1", "2", "-u", "m-1", "-P", "not-the-secret");
        var unknown = await Bench.MosquittoPubAsync(port, version, "meters/m-2", "3", "-u", "m-2", "-P", "not-the-secret");
        var anonymous = await Bench.MosquittoPubAsync(port, version, "meters/m-1", "4");
        Assert.Multiple(() =>
        {
            Assert.That(right.Code, Is.Zero, right.Output);
            Assert.That((wrong.Code, unknown.Code, anonymous.Code), Is.EqualTo((wrongCode, wrongCode, anonymousCode)), wrong.Output + unknown.Output + anonymous.Output);
            Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m-1 1" }));
            Assert.That(counted["detector.intake.connections.refused:credentials"], Is.EqualTo(2));
            Assert.That(counted["detector.intake.connections.refused:anonymous"], Is.EqualTo(1));
            Assert.That(bench.Logged.Lines, Has.Some.Contain("name or password is wrong").And.Some.Contain("m-1"));
            Assert.That(string.Concat(bench.Logged.Lines), Does.Not.Contain("not-the-secret").And.Not.Contain(password));
        });
    }

    [Test]
    public async Task A_client_added_or_given_a_new_password_or_removed_beside_a_running_broker_is_known_at_once()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var port = broker.Endpoint!.Port;
        async Task<MqttClientConnectResultCode> ConnectAsync(string? user, string? password)
        {
            var (client, result) = await Bench.TryClientAsync(port, MqttProtocolVersion.V500, user, password);
            client.Dispose();
            return result.ResultCode;
        }

        Assert.That(await ConnectAsync(null, null), Is.EqualTo(MqttClientConnectResultCode.Success), "no client is known: this machine is let in");
        var first = bench.AddClient("m-1");
        bench.AddClient("m-2");
        Assert.That(await ConnectAsync(null, null), Is.EqualTo(MqttClientConnectResultCode.NotAuthorized));
        Assert.That(await ConnectAsync("m-1", first), Is.EqualTo(MqttClientConnectResultCode.Success));
        Assert.That(await ConnectAsync("m-1", first), Is.EqualTo(MqttClientConnectResultCode.Success), "verified before, in this process");
        var second = bench.AddClient("m-1");
        Assert.That(await ConnectAsync("m-1", first), Is.EqualTo(MqttClientConnectResultCode.BadUserNameOrPassword));
        Assert.That(await ConnectAsync("m-1", second), Is.EqualTo(MqttClientConnectResultCode.Success));
        Clients.ClientsFile.Remove(bench.In("clients"), "m-1");
        Clients.ClientsFile.Remove(bench.In("clients"), "m-2");
        Assert.That(await ConnectAsync("m-1", second), Is.EqualTo(MqttClientConnectResultCode.BadUserNameOrPassword));
        Assert.That(await ConnectAsync(null, null), Is.EqualTo(MqttClientConnectResultCode.NotAuthorized), "an emptied file does not open the broker again");
    }

    [TestCaseSource(nameof(Versions))]
    public async Task A_client_cannot_take_over_the_session_of_another_by_giving_its_client_id(MqttProtocolVersion version)
    {
        await using var bench = new Bench();
        var (one, two) = (bench.AddClient("m-1"), bench.AddClient("m-2"));
        await using var broker = await bench.ListenAsync(options => options.Clients.File = bench.In("clients"));
        var (first, _) = await Bench.TryClientAsync(broker.Endpoint!.Port, version, "m-1", one, "m-1");
        var (second, result) = await Bench.TryClientAsync(broker.Endpoint!.Port, version, "m-2", two, "m-1");
        Assert.That(result.ResultCode, Is.EqualTo(MqttClientConnectResultCode.Success));
        await second.PublishAsync(Message("meters/m-2"));
        await first.PublishAsync(Message("meters/m-1"));
        Assert.That((first.IsConnected, second.IsConnected), Is.EqualTo((true, true)));
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m-2 1", "meters/m-1 1" }));
        first.Dispose();
        second.Dispose();
    }

    [Test]
    public async Task A_clients_file_with_a_line_that_is_none_is_refused_by_file_and_line()
    {
        await using var bench = new Bench();
        await File.WriteAllTextAsync(bench.In("clients"), "# clients\nm-1:secret\n");
        await Assert.ThatAsync(
            async () => await bench.ListenAsync(options => options.Clients.File = bench.In("clients")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{bench.In("clients")}:2").And.Message.Not.Contains("secret"));
    }

    [Test]
    public async Task Enhanced_authentication_is_refused_by_its_code()
    {
        await using var bench = new Bench();
        await using var broker = await bench.ListenAsync();
        using var client = Bench.Mqtt.CreateMqttClient();
        var options = Bench.Mqtt.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Endpoint!.Port).WithProtocolVersion(MqttProtocolVersion.V500).WithEnhancedAuthentication("SCRAM-SHA-256", [1]).Build();
        var result = await client.ConnectAsync(options, CancellationToken.None);
        Assert.That(result.ResultCode, Is.EqualTo(MqttClientConnectResultCode.BadAuthenticationMethod));
    }

    private static MqttApplicationMessage Message(string topic) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("1").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
}
