// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>The service with TLS, client certificates and passwords, with real clients on the other side.</summary>
internal sealed class SecurityTests
{
    [TestCase("--http", "Http", "0.0.0.0:0")]
    [TestCase("--mqtt", "Mqtt", "0.0.0.0:0")]
    [TestCase("--mqtt", "Mqtt", "[::]:0")]
    public async Task Beyond_loopback_without_tls_is_refused_at_the_start_with_the_remedy(string option, string section, string address)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await DetectorProcess.RunAsync(["serve", "--data", folder.Path, option, address]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2), error);
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Contain($"{section}:Listen is").And.Contain($"{section}:Tls:Certificate").And.Contain($"{section}:AllowBeyondLoopback"));
        });
    }

    [Test]
    public async Task What_is_wrong_with_certificates_and_clients_is_named_all_at_once_and_no_secret_is_shown()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("mqtt-clients"), "m-1:plain-secret\n");
        var environment = new Dictionary<string, string> { ["DETECTOR__Http__Tls__Certificate"] = folder.In("no.pem"), ["DETECTOR__Http__Tls__Password"] = "the-secret", ["DETECTOR__Mqtt__Tls__Certificate"] = folder.In("none.pem") };
        var (code, _, error) = await DetectorProcess.RunAsync(["serve", "--data", folder.Path], environment);
        Assert.That(code, Is.EqualTo(2), error);
        Assert.That(error, Does.Contain("Http:Tls:Certificate").And.Contain("Mqtt:Tls:Certificate").And.Contain("mqtt-clients:1").And.Not.Contain("the-secret").And.Not.Contain("plain-secret"));
    }

    [Test]
    public async Task The_sample_of_a_secured_service_has_only_keys_that_are_known()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await DetectorProcess.RunAsync(["doctor", "--data", folder.Path, "--config", Path.Combine(Requires.Repository(), "samples", "config", "security.json")]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..], Has.All.Contains("server.pem"), "nothing is wrong but that its certificates are not here");
    }

    [Test]
    public async Task Mistakes_about_the_identity_provider_stop_the_start_and_the_doctor_says_when_it_is_away()
    {
        using var folder = new TemporaryFolder();
        var sample = Path.Combine(Requires.Repository(), "samples", "config", "openid.json");
        var (code, _, error) = await DetectorProcess.RunAsync(["serve", "--data", folder.Path, "--config", sample], new Dictionary<string, string> { ["DETECTOR__Http__OpenId__ClientSecret"] = "the-secret" });
        Assert.That((code, error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]), Is.EqualTo((2, new[] { "  Http:OpenId:ClientSecretFile is openid-secret: the secret is given twice; keep one of ClientSecret and ClientSecretFile" })), "every key of the sample is known");

        var authority = $"http://127.0.0.1:{ServerProcess.FreePort()}/";
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Http__OpenId__Authority"] = authority,
            ["DETECTOR__Http__OpenId__ClientId"] = "console",
            ["DETECTOR__Http__OpenId__ClientSecret"] = "the-secret",
            ["DETECTOR__Http__OpenId__Grants__0__Value"] = "desk",
            ["DETECTOR__Http__OpenId__Grants__0__Role"] = "boss",
        };
        var wrong = await DetectorProcess.RunAsync(["doctor", "--data", folder.Path], environment);
        environment["DETECTOR__Http__OpenId__Grants__0__Role"] = "operator";
        var away = await DetectorProcess.RunAsync(["doctor", "--data", folder.Path, "--format", "csv"], environment);
        Assert.Multiple(() =>
        {
            Assert.That(wrong.Code, Is.EqualTo(2), wrong.Error);
            Assert.That(wrong.Error, Does.Contain("Http:OpenId:Grants:0:Role").And.Contain("it must be operator, supervisor, analyst, auditor or admin"));
            Assert.That(away.Code, Is.EqualTo(3), away.Error);
            Assert.That(away.Output, Does.Contain("identity provider").And.Contain($"{authority}.well-known/openid-configuration cannot be read"));
            Assert.That(wrong.Error + wrong.Output + away.Error + away.Output, Does.Not.Contain("the-secret"));
        });
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task Api_and_broker_speak_tls_and_a_meter_is_known_by_its_certificate(CancellationToken cancel)
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority(folder.Path, "authority");
        var (certificate, key) = authority.Server();
        var (http, mqtt) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Http__Tls__Certificate"] = certificate,
            ["DETECTOR__Http__Tls__Key"] = key,
            ["DETECTOR__Mqtt__Tls__Certificate"] = certificate,
            ["DETECTOR__Mqtt__Tls__Key"] = key,
            ["DETECTOR__Mqtt__Tls__ClientAuthority"] = authority.RootFile,
        };

        // Beyond loopback too: with TLS nothing more need be said.
        await using var service = ServerProcess.Start(DetectorProcess.Program, ["serve", "--data", folder.In("data"), "--http", At("0.0.0.0", http), "--mqtt", At("0.0.0.0", mqtt)], environment);
        using var client = Trusting(authority);
        client.BaseAddress = new Uri($"https://{At("localhost", http)}");
        await service.UntilAsync(() => AnswersAsync(client));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(folder.In("data"), environment));

        var meter = authority.Client("m-1");
        async Task<int> PublishAsync(string topic, params string[] shown)
        {
            await using var publish = ServerProcess.Start(program, ["-h", "localhost", "-p", mqtt.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", topic, "-m", """{"ts":"2026-01-01T00:00:00Z","kw":5}""", "--cafile", authority.RootFile, .. shown]);
            return await publish.EndAsync(TimeSpan.FromSeconds(60));
        }

        Assert.That(await PublishAsync("meters/m-1", "--cert", meter.Certificate, "--key", meter.Key), Is.Zero);
        Assert.That(await PublishAsync("meters/m-1"), Is.Not.Zero);
        await PublishAsync("meters/m-2", "--cert", meter.Certificate, "--key", meter.Key);
        Account? account = null;
        await service.UntilAsync(async () => (account = await client.GetFromJsonAsync<Account>("/api/v1/ledger", DetectorProcess.Json, cancel)) is { Stored: 1, Pending: 0 });
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel);
        using var plain = new HttpClient();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((account!.Received, account.Balances), Is.EqualTo((1, true)));
            Assert.That(metrics, Does.Contain("detector_intake_refused").And.Contain("not_permitted").And.Contain("detector_intake_connections_refused"));
            await Assert.ThatAsync(() => plain.GetAsync(new Uri($"http://{At("localhost", http)}/health/live"), cancel), Throws.InstanceOf<HttpRequestException>());
            await Assert.ThatAsync(() => plain.GetAsync(new Uri($"https://{At("localhost", http)}/health/live"), cancel), Throws.InstanceOf<HttpRequestException>(), "an authority that this machine does not trust");
        });
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_client_made_by_the_command_line_publishes_as_itself_and_anonymous_ones_are_shut_out(CancellationToken cancel)
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        using var folder = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(folder.Path, ServerProcess.FreePort(), ServerProcess.FreePort());
        async Task<int> PublishAsync(string topic, params string[] more)
        {
            await using var publish = ServerProcess.Start(program, ["-h", "127.0.0.1", "-p", detector.MqttPort.ToString(CultureInfo.InvariantCulture), "-V", "mqttv311", "-q", "1", "-t", topic, "-m", """{"kw":5}""", .. more]);
            return await publish.EndAsync(TimeSpan.FromSeconds(60));
        }

        Assert.That(await PublishAsync("meters/m-0"), Is.Zero, "as long as no client is known, this machine is let in");
        var added = await DetectorProcess.RunAsync(["clients", "add", "m-1", "--data", folder.Path]);
        var chosen = await AddByStandardInputAsync("m-2", "a-password-of-my-own", folder.Path, cancel);
        var tooShort = await AddByStandardInputAsync("m-3", "short", folder.Path, cancel);
        var bad = await DetectorProcess.RunAsync(["clients", "add", "a/b", "--data", folder.Path]);
        var list = await DetectorProcess.RunAsync(["clients", "list", "--format", "csv", "--data", folder.Path]);
        Assert.Multiple(() =>
        {
            Assert.That((added.Code, added.Output.Trim().Length, added.Error), Is.EqualTo((0, 32, string.Empty)), "192 bits in Base64, and nothing else");
            Assert.That(chosen, Is.EqualTo((0, string.Empty)));
            Assert.That((tooShort.Code, tooShort.Output), Is.EqualTo((2, string.Empty)));
            Assert.That(bad.Code, Is.EqualTo(2));
            Assert.That(list.Output, Does.Contain("m-1").And.Contain("m-2").And.Not.Contain("m-3").And.Not.Contain(added.Output.Trim()));
            Assert.That(File.ReadAllText(folder.In("mqtt-clients")), Does.Not.Contain(added.Output.Trim()).And.Not.Contain("a-password-of-my-own"));
            Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.In("mqtt-clients")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), Is.True, "readable by its owner alone");
        });

        Assert.That(await PublishAsync("meters/m-1", "-u", "m-1", "-P", added.Output.Trim()), Is.Zero);
        Assert.That(await PublishAsync("meters/m-2", "-u", "m-2", "-P", "a-password-of-my-own"), Is.Zero);
        Assert.That(await PublishAsync("meters/m-1", "-u", "m-1", "-P", "wrong"), Is.EqualTo(4), "MQTT 3.1.1: bad user name or password");
        Assert.That(await PublishAsync("meters/m-0"), Is.EqualTo(5), "MQTT 3.1.1: not authorized");
        await PublishAsync("meters/m-2", "-u", "m-1", "-P", added.Output.Trim());
        await detector.SignInAsync(folder.Path, "auditor");
        var account = await detector.SettledAsync(a => a.Received >= 3, TimeSpan.FromSeconds(60));
        Assert.That((account.Received, account.Balances), Is.EqualTo((3, true)));
        Assert.That(detector.Output, Does.Contain("name or password is wrong").And.Not.Contain(added.Output.Trim()));
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task Of_a_message_too_large_from_an_external_broker_the_beginning_is_a_dead_letter_in_the_account(CancellationToken cancel)
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        using var folder = new TemporaryFolder();
        await using var mosquitto = await Mosquitto.StartAsync();
        var environment = new Dictionary<string, string> { ["DETECTOR__Mqtt__MaxPayloadBytes"] = "1000" };
        await using var detector = await DetectorProcess.ServeAsync(folder.Path, ServerProcess.FreePort(), 0, environment, "--mqtt-url", mosquitto.Url);
        await detector.SignInAsync(folder.Path, "auditor");
        await detector.UntilAsync(async () => (await detector.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel)).IsSuccessStatusCode, TimeSpan.FromSeconds(60));
        foreach (var payload in new[] { $"[{string.Join(',', Enumerable.Repeat("""{"kw":5}""", 200))}]", """{"ts":"2026-01-01T00:00:00Z","kw":5}""" })
        {
            await using var publish = ServerProcess.Start(program, ["-h", "127.0.0.1", "-p", mosquitto.Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "meters/m-1", "-m", payload]);
            Assert.That(await publish.EndAsync(TimeSpan.FromSeconds(60)), Is.Zero, publish.Output);
        }

        var account = await detector.SettledAsync(a => a.Received == 2, TimeSpan.FromSeconds(60));
        var letters = await DetectorProcess.RunAsync(["dead-letters", "list", "--format", "json", "--data", folder.Path]);
        using var list = JsonDocument.Parse(letters.Output);
        var letter = list.RootElement.EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That((account.Stored, account.DeadLettered, account.Balances), Is.EqualTo((1, 1, true)));
            Assert.That(letter.GetProperty("topic").GetString(), Is.EqualTo("$oversized/1801/meters/m-1"));
            Assert.That(letter.GetProperty("bytes").GetInt32(), Is.EqualTo(1000));
            Assert.That(letter.GetProperty("reason").GetString(), Does.Contain("1801").And.Contain("Mqtt:MaxPayloadBytes"));
        });
    }

    private static string At(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    private static HttpClient Trusting(TestAuthority authority)
    {
        var handler = new SocketsHttpHandler();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority.RootFile));
        handler.SslOptions.CertificateChainPolicy = policy;
        return new HttpClient(handler);
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> TokenAsync(string data, IDictionary<string, string> environment)
    {
        var user = await DetectorProcess.RunAsync(["users", "add", "auditor", "--role", "auditor", "--data", data], environment);
        Assert.That(user.Code, Is.Zero, user.Error);
        return (await DetectorProcess.RunAsync(["tokens", "create", "auditor", "--data", data], environment)).Output.Trim();
    }

    private static async Task<(int Code, string Output)> AddByStandardInputAsync(string name, string password, string data, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(DetectorProcess.Program, ["clients", "add", name, "--stdin", "--data", data]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync(password);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, output);
    }
}
