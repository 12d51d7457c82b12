// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography.X509Certificates;
using Detector.Intake.Tls;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Intake.Tests;

/// <summary>TLS of the embedded broker, with mosquitto's own client on the other side.</summary>
[NonParallelizable]
public sealed class EmbeddedTlsTests
{
    private static readonly string[] Versions = ["mqttv311", "mqttv5"];

    [TestCaseSource(nameof(Versions))]
    public async Task Clients_that_trust_the_authority_are_served_and_others_go(string version)
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        using var other = bench.Authority("other");
        await using var broker = await bench.ListenAsync(options => (options.Tls.Certificate, options.Tls.Key) = ours.Server());
        var port = broker.Endpoint!.Port;

        var trusting = await Bench.MosquittoPubAsync(port, version, "meters/m", "1", "--cafile", ours.RootFile);
        var distrusting = await Bench.MosquittoPubAsync(port, version, "meters/m", "2", "--cafile", other.RootFile);
        var plain = await Bench.MosquittoPubAsync(port, version, "meters/m", "3");
        Assert.Multiple(() =>
        {
            Assert.That(broker.Url, Does.StartWith("mqtts://"));
            Assert.That(trusting.Code, Is.Zero, trusting.Output);
            Assert.That(distrusting.Code, Is.Not.Zero, distrusting.Output);
            Assert.That(plain.Code, Is.Not.Zero, plain.Output);
            Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m 1" }));
        });
    }

    [TestCaseSource(nameof(Versions))]
    public async Task With_a_client_authority_the_certificate_says_who_a_client_is_and_none_comes_without(string version)
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        using var other = bench.Authority("other");
        using var counted = new Counted("Detector.Intake");
        await using var broker = await bench.ListenAsync(options =>
        {
            (options.Tls.Certificate, options.Tls.Key) = ours.Server();
            options.Tls.ClientAuthority = ours.RootFile;
            options.Clients.Blocked.Add("m-9");
        });
        var port = broker.Endpoint!.Port;

        Task<(int Code, string Output)> PublishAsync(string topic, (string Certificate, string Key)? shown, params string[] more) => Bench.MosquittoPubAsync(
            port, version, topic, "1", ["--cafile", ours.RootFile, .. shown is var (certificate, key) ? new[] { "--cert", certificate, "--key", key } : [], .. more]);

        var mine = ours.Client("m-1");
        var own = await PublishAsync("meters/m-1", mine);
        var quantity = await PublishAsync("meters/m-1/kw", mine);
        var foreign = await PublishAsync("meters/m-2", mine);
        var pretending = await PublishAsync("meters/m-2", mine, "-u", "m-2", "-P", "x");
        var without = await PublishAsync("meters/m-1", null);
        var unsigned = await PublishAsync("meters/m-1", other.Client("m-1"));
        var blocked = await PublishAsync("meters/m-9", ours.Client("m-9"));
        Assert.Multiple(() =>
        {
            Assert.That((own.Code, quantity.Code), Is.EqualTo((0, 0)), own.Output + quantity.Output);
            Assert.That(new[] { pretending.Code, without.Code, unsigned.Code, blocked.Code }, Has.None.Zero);
            Assert.That(bench.Kept(), Is.EqualTo(new[] { "meters/m-1 1", "meters/m-1/kw 1" }), foreign.Output);
            Assert.That(counted["detector.intake.refused:not_permitted"], Is.GreaterThanOrEqualTo(1));
            Assert.That(counted["detector.intake.connections.refused:handshake"], Is.GreaterThanOrEqualTo(2));
            Assert.That(counted["detector.intake.connections.refused:identity"], Is.GreaterThanOrEqualTo(1));
            Assert.That(counted["detector.intake.connections.refused:blocked"], Is.GreaterThanOrEqualTo(1));
        });
    }

    [Test]
    public async Task A_certificate_may_come_as_pkcs12_with_its_password_in_a_file()
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        await File.WriteAllTextAsync(bench.In("password"), "opens-it\n");
        await using var broker = await bench.ListenAsync(options => (options.Tls.Certificate, options.Tls.PasswordFile) = (ours.ServerPkcs12("opens-it"), bench.In("password")));
        var published = await Bench.MosquittoPubAsync(broker.Endpoint!.Port, "mqttv5", "meters/m", "1", "--cafile", ours.RootFile);
        Assert.That((published.Code, bench.Kept().Count), Is.EqualTo((0, 1)), published.Output);
    }

    [Test]
    public async Task Files_that_cannot_be_used_are_named_and_no_password_is_shown()
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        var (certificate, key) = ours.Server();
        var foreignKey = ours.Client("m").Key;
        var packed = ours.ServerPkcs12("right");
        CertificateException Fault(Action<MqttTlsOptions> set)
        {
            var options = new MqttTlsOptions();
            set(options);
            return Assert.Throws<CertificateException>(() => ServerCertificate.Open(options, "Mqtt:Tls", TimeProvider.System, NullLogger.Instance))!;
        }

        Assert.Multiple(() =>
        {
            Assert.That(Fault(o => (o.Certificate, o.Key) = (bench.In("absent"), key)).Message, Does.Contain("Mqtt:Tls:Certificate").And.Contain(bench.In("absent")));
            Assert.That(Fault(o => (o.Certificate, o.Key) = (certificate, foreignKey)).Message, Does.Contain("belong together"));
            Assert.That(Fault(o => (o.Certificate, o.Password) = (packed, "wrong-secret")).Message, Does.Contain("password").And.Not.Contain("wrong-secret"));
            Assert.That(Fault(o => (o.Certificate, o.Key, o.Password) = (packed, key, "right")).Message, Does.Contain("Mqtt:Tls:Key"));
            Assert.That(Fault(o => (o.Certificate, o.Key, o.ClientAuthority) = (certificate, key, key)).Message, Does.Contain("Mqtt:Tls:ClientAuthority"));
        });
    }

    [Test]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        await using var bench = new Bench();
        using var ours = bench.Authority();
        var time = new FakeTimeProvider();
        var log = new CollectingLogger<EmbeddedBroker>();
        var options = new HttpTlsOptions();
        (options.Certificate, options.Key) = ours.Server();
        var certificate = ServerCertificate.Open(options, "Http:Tls", time, log);
        X509Certificate2 Shown() => certificate.Handshake().ServerCertificateContext!.TargetCertificate;
        var first = Shown().Thumbprint;

        ours.Server();
        File.SetLastWriteTimeUtc(options.Key, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Shown().Thumbprint, Is.EqualTo(first), "looked at no more than every ten seconds");
        time.Advance(TimeSpan.FromSeconds(10));
        var second = Shown().Thumbprint;
        Assert.That(second, Is.Not.EqualTo(first));

        await File.WriteAllTextAsync(options.Key, "half a ke");
        File.SetLastWriteTimeUtc(options.Key, new DateTime(2030, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(Shown().Thumbprint, Is.EqualTo(second));
        Assert.That(log.Lines, Has.Some.Contain("the one before stays"));
    }
}
