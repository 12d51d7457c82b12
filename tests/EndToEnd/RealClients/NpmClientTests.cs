// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd.RealClients;

/// <summary>The npm packages <c>mqtt</c> and <c>sparkplug-client</c>, run by node, publish into the running service.</summary>
internal sealed class NpmClientTests
{
    private NodeClients _clients = null!;

    [OneTimeSetUp]
    public async Task InstallAsync() => _clients = await NodeClients.InstallAsync(Path.Combine(Requires.Repository(), "tests", "EndToEnd", "RealClients"));

    [OneTimeTearDown]
    public void Remove() => _clients?.Dispose();

    [TestCase(4)]
    [TestCase(5)]
    [CancelAfter(120_000)]
    public async Task What_the_package_mqtt_publishes_is_stored_as_published(int version, CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort());
        await detector.SignInAsync(data.Path, "admin");
        var load = StoredReading.Load(500, 75);
        var singles = load.Select((r, n) => new Message("meters/singles", r.Json, 1 + (n % 2), Gzip: false));
        var batches = load.Chunk(50).Select((c, n) => new Message("meters/batches", $"[{string.Join(',', c.Select(r => r.Json))}]", 1, Gzip: n % 2 == 0));
        await File.WriteAllTextAsync(_clients.In("messages.json"), JsonSerializer.Serialize(singles.Concat(batches), DetectorProcess.Json), cancel);

        var (code, output) = await _clients.RunAsync("mqtt-publish.js", Text(detector.MqttPort), Text(version), _clients.In("messages.json"));

        Assert.That(code, Is.Zero, output);
        var account = await detector.SettledAsync(a => a.Stored >= 1_000, TimeSpan.FromSeconds(30));
        Assert.That(account, Is.EqualTo(new Account(1_000, 1_000, 0, 0, 0, 0)));
        await StoredReading.AreAsync(detector, "singles", load, cancel);
        await StoredReading.AreAsync(detector, "batches", load, cancel);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task Edge_node_of_sparkplug_client_is_asked_for_its_birth_and_all_it_sent_is_stored(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["DETECTOR__Codecs__Mappings__0__Profile"] = "sparkplug-b" };
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        await detector.SignInAsync(data.Path, "admin");
        double[] unborn = [20.25, 21.5, 19.75];
        double[] born = [.. Enumerable.Range(0, 300).Select(n => 30 + (n * 0.125))]; // beyond 256, where the sequence begins again
        await File.WriteAllTextAsync(
            _clients.In("plan.json"), JsonSerializer.Serialize(new { unborn, birth = 24.5, born, start = StoredReading.Number(0, 0).Ts.ToUnixTimeMilliseconds() }), cancel);

        var (code, output) = await _clients.RunAsync("sparkplug-publish.js", Text(detector.MqttPort), _clients.In("plan.json"));

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("asked for its birth"));
        var before = await detector.SettledAsync(a => a.Stored >= 301, TimeSpan.FromSeconds(30));
        Assert.That(before, Is.EqualTo(new Account(304, 301, 0, 0, 3, 0)), "by alias before the birth: kept as dead letters");
        using var all = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await detector.Http.PostAsync(new Uri("/api/v1/dead-letters/replay", UriKind.Relative), all, cancel);
        answer.EnsureSuccessStatusCode();
        var after = await detector.SettledAsync(a => a.Stored >= 304, TimeSpan.FromSeconds(30));
        Assert.That(after, Is.EqualTo(new Account(304, 304, 0, 0, 0, 0)), "the birth has come: what was before it is read");
        double[] sent = [.. unborn, 24.5, .. born];
        await StoredReading.AreAsync(detector, "plant:gateway:feeder-meter", sent.Select((kilowatts, n) => StoredReading.Number(n, kilowatts)), cancel);
        var gaps = (await StoredReading.OfAsync(detector, "plant:gateway:feeder-meter", cancel)).Where(r => r.Quality.Contains("sequence_gap"));
        Assert.That(gaps, Is.Empty, "nothing was lost, so no gap is told");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Message(string Topic, string Payload, int Qos, bool Gzip);
}
