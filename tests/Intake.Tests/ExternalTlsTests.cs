// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Intake.Tests;

/// <summary>Our client against a real mosquitto with TLS, client certificates and passwords.</summary>
public sealed class ExternalTlsTests
{
    [TestCase(MqttProtocol.V5)]
    [TestCase(MqttProtocol.V311)]
    public async Task Over_tls_with_the_right_authority_messages_come_and_with_another_the_error_says_where_to_look(MqttProtocol protocol)
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        using var other = bench.Authority("other");
        var (certificate, key) = ours.Server();
        await using var mosquitto = await Mosquitto.StartAsync($"allow_anonymous true\ncertfile {certificate}\nkeyfile {key}");
        await using var subscription = bench.Subscribe(mosquitto.Url, options => (options.Protocol, options.Tls.BrokerAuthority) = (protocol, ours.RootFile));
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        await using var publisher = await MqttPublisher.ConnectAsync(Options(mosquitto, options => options.Tls.BrokerAuthority = ours.RootFile), "publisher", TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None);
        await publisher.PublishAsync("meters/m", Bench.Text("1"), CancellationToken.None);
        await Bench.UntilAsync(() => bench.Journal.DurableSequence == 1, "it was journalled");

        await Assert.ThatAsync(
            async () => await MqttPublisher.ConnectAsync(Options(mosquitto, options => options.Tls.BrokerAuthority = other.RootFile), "other", TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None),
            Throws.TypeOf<BrokerUnreachableException>().With.Message.Contains("Mqtt:Tls:BrokerAuthority"));
    }

    [Test]
    public async Task A_broker_that_demands_a_certificate_and_a_password_gets_both_from_files()
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        var (certificate, key) = ours.Server();
        var mine = ours.Client("detector");
        await HashAsync(bench.In("passwords"), "detector", "its-password");
        await File.WriteAllTextAsync(bench.In("secret"), "its-password\n");
        await File.WriteAllTextAsync(bench.In("wrong"), "another-password\n");
        await using var mosquitto = await Mosquitto.StartAsync($"""
            allow_anonymous false
            password_file {bench.In("passwords")}
            certfile {certificate}
            keyfile {key}
            cafile {ours.RootFile}
            require_certificate true
            """);
        void Right(IntakeOptions options)
        {
            (options.Tls.BrokerAuthority, options.Tls.Certificate, options.Tls.Key) = (ours.RootFile, mine.Certificate, mine.Key);
            (options.Username, options.PasswordFile) = ("detector", bench.In("secret"));
        }

        await using var subscription = bench.Subscribe(mosquitto.Url, Right);
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        await using var publisher = await MqttPublisher.ConnectAsync(Options(mosquitto, Right), "publisher", TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None);
        await publisher.PublishAsync("meters/m", Bench.Text("1"), CancellationToken.None);
        await Bench.UntilAsync(() => bench.Journal.DurableSequence == 1, "it was journalled");

        await using var wrong = bench.Subscribe(mosquitto.Url, options =>
        {
            Right(options);
            (options.ClientId, options.PasswordFile) = ("other", bench.In("wrong"));
        });
        await wrong.StartAsync(CancellationToken.None);
        await using var without = bench.Subscribe(mosquitto.Url, options =>
        {
            Right(options);
            (options.ClientId, options.Tls.Certificate, options.Tls.Key) = ("third", string.Empty, string.Empty);
        });
        await without.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => wrong.State.LastError is not null && without.State.LastError is not null, "both were refused");
        Assert.That(wrong.State.LastError, Does.Not.Contain("another-password"));
        Assert.That((wrong.State.Connected, without.State.Connected), Is.EqualTo((false, false)));
    }

    private static IntakeOptions Options(Mosquitto mosquitto, Action<IntakeOptions> change)
    {
        var options = new IntakeOptions { Url = mosquitto.Url };
        change(options);
        return options;
    }

    private static async Task HashAsync(string file, string user, string password)
    {
        await using var make = ServerProcess.Start(Requires.Program("mosquitto_passwd", "mosquitto"), ["-b", "-c", file, user, password]);
        Assert.That(await make.EndAsync(TimeSpan.FromSeconds(30)), Is.Zero, make.Output);
    }
}
