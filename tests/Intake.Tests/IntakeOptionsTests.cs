// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Detector.Journal;

namespace Detector.Intake.Tests;

public sealed class IntakeOptionsTests
{
    [Test]
    public void Defaults_lose_nothing_and_are_valid()
    {
        var options = new IntakeOptions();
        Assert.That(OptionFaults.Of(options, "Mqtt"), Is.Empty);
        Assert.That((options.ClientId, options.SessionExpirySeconds, options.ReceiveMaximum, options.EffectiveTopics), Is.EqualTo(("detector", 604_800L, 2_048, new[] { "meters/+" })));
    }

    [Test]
    public void Faults_are_reported_all_at_once_by_name_value_and_range()
    {
        var options = new IntakeOptions { ClientId = string.Empty, ReceiveMaximum = 0, MaxPayloadBytes = -1 };
        Assert.That(OptionFaults.Of(options, "Mqtt"), Has.Some.EqualTo("Mqtt:ReceiveMaximum is 0; it must be from 1 to 65535.")
            .And.Some.Contain("Mqtt:ClientId is empty").And.Some.Contain("Mqtt:MaxPayloadBytes is -1"));
    }

    [Test]
    public void Addresses_that_are_none_are_refused_by_name()
    {
        var options = new IntakeOptions { Listen = "1883", Url = "http://host" };
        Assert.That(OptionFaults.Of(options, "Mqtt"), Is.EqualTo(new[]
        {
            "Mqtt:Listen is 1883; it must be ADDRESS:PORT, e.g. 127.0.0.1:1883.",
            "Mqtt:Url is http://host; it must be mqtt://HOST:PORT or mqtts://HOST:PORT.",
        }));
    }

    [TestCase("0.0.0.0:1883", false, false)]
    [TestCase("*:1883", false, false)]
    [TestCase("[::]:1883", false, false)]
    [TestCase("0.0.0.0:8883", true, true)]
    [TestCase("127.0.0.1:1883", false, true)]
    public void Beyond_loopback_without_tls_is_refused_with_the_remedy_unless_it_is_said(string listen, bool tls, bool isFine)
    {
        var options = new IntakeOptions { Listen = listen };
        options.Tls.Certificate = tls ? "server.pem" : string.Empty;
        Assert.That(
            OptionFaults.Of(options, "Mqtt"),
            isFine ? Is.Empty : Has.One.StartsWith($"Mqtt:Listen is {listen}; ").And.One.Contains("Mqtt:AllowBeyondLoopback").And.One.Contains("Mqtt:Tls:Certificate"));
        options.AllowBeyondLoopback = true;
        Assert.That(OptionFaults.Of(options, "Mqtt"), Is.Empty);
    }

    [Test]
    public void Security_of_one_kind_of_broker_is_refused_on_the_other()
    {
        var external = new IntakeOptions { Url = "mqtts://host", Tls = { Certificate = "c", ClientAuthority = "a" } };
        var embedded = new IntakeOptions { Listen = "127.0.0.1:0", Tls = { BrokerAuthority = "a" } };
        var plain = new IntakeOptions { Url = "mqtt://host", Tls = { BrokerAuthority = "a" } };
        var twice = new IntakeOptions { Url = "mqtts://u:p@host", Password = "q" };
        Assert.Multiple(() =>
        {
            Assert.That(OptionFaults.Of(external, "Mqtt"), Has.One.Contains("Mqtt:Tls:BrokerAuthority"));
            Assert.That(OptionFaults.Of(embedded, "Mqtt"), Has.One.Contains("for an external broker"));
            Assert.That(OptionFaults.Of(plain, "Mqtt"), Has.One.Contains("mqtts://"));
            Assert.That(OptionFaults.Of(twice, "Mqtt"), Has.One.Contains("given twice"));
            Assert.That(OptionFaults.Of(new Tls.MqttTlsOptions { Key = "k" }, "Mqtt:Tls"), Has.One.StartsWith("Mqtt:Tls:Certificate is empty"));
            Assert.That(OptionFaults.Of(new Clients.ClientOptions { Publish = { "a/#/b" } }, "Mqtt:Clients"), Has.One.Contains("'a/#/b' is not a topic filter"));
        });
    }

    [TestCase("127.0.0.1:1883", "127.0.0.1:1883")]
    [TestCase("localhost:0", "127.0.0.1:0")]
    [TestCase("*:1883", "0.0.0.0:1883")]
    [TestCase("[::1]:1883", "[::1]:1883")]
    public void Listen_addresses_are_read(string text, string expected)
    {
        Assert.That((ListenAddress.TryParse(text, out var endpoint), endpoint), Is.EqualTo((true, IPEndPoint.Parse(expected))));
    }

    [TestCase("mqtt://host", "host", 1883, false, null, null)]
    [TestCase("mqtts://u%40d:p%3A%2Fw@host", "host", 8883, true, "u@d", "p:/w")]
    [TestCase("mqtt://user@[::1]:1884/", "::1", 1884, false, "user", null)]
    public void Broker_addresses_are_read(string url, string host, int port, bool tls, string? user, string? password)
    {
        Assert.That(BrokerAddress.Of(url), Is.EqualTo(new BrokerAddress(host, port, tls, user, password)));
    }

    [TestCase("meters/m/burst", true)]
    [TestCase("meters/m", false)]
    [TestCase("meters/burst", false)]
    [TestCase("meters//burst", false)]
    [TestCase("meters/a/b/burst", false)]
    public void Burst_topics_are_known(string topic, bool expected) => Assert.That(BurstCommand.IsTopic(topic), Is.EqualTo(expected));
}
